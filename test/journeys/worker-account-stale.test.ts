// What once proved who somebody is must not count when it is out of date: by HTTP, on a server that asks for consent.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { application, startAccountSite, type AccountSite, type Reply } from '../support/account-site.ts'

const password = 'correct horse battery'
const folder = mkdtempSync(join(tmpdir(), 'kempelen-stale-'))
const file = join(folder, 'terms.txt')
let made = 0

const start = (words: string) => {
  writeFileSync(file, words)
  return startAccountSite('demo', { KEMPELEN_TERMS: file, KEMPELEN_DATA: join(folder, 'data') })
}

let site: AccountSite
beforeAll(async () => {
  site = await start('Be kind.')
})
afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

const fieldsOf = ({ text }: Reply) =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  )

/** A worker who was shown the terms, and the fields of that page. */
async function asked() {
  const email = `stale${++made}@example.org`
  const { workerId } = await site.control('workers', { email, password, name: 'Ada' })
  const fields = fieldsOf(await site.post('/ap/signin', { email, password, return_to: '/tasks' }))
  return { email, workerId: String(workerId), agree: () => site.post('/terms', { ...fields, terms: '1' }) }
}

const refused = (reply: Reply) =>
  expect([reply.status, reply.cookie, reply.location]).toEqual([303, '', '/ap/signin?return_to=%2Ftasks'])

test('terms that wait for an answer let nobody in once the password was changed [design 7]', async () => {
  const { email, agree } = await asked()
  await site.post('/password-reset', { email })
  await site.post(await site.pathInMail(email), { password: 'a brand new one' })
  refused(await agree())
})

test('nor once the account was closed', async () => {
  const { email, agree } = await asked()
  const other = await site.post('/ap/signin', { email, password })
  const { cookie } = await site.post('/terms', { ...fieldsOf(other), terms: '1' })
  const page = await site.get('/account', { Cookie: cookie })
  const token = /name="csrf-token" content="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const fields = { authenticity_token: token, password, sure: '1' }
  expect((await site.post('/account/close', fields, { Cookie: cookie })).location).toBe(
    '/?notice=AccountClosed',
  )
  refused(await agree())
  expect(await site.isSignedIn(cookie)).toBe(false)
})

test('an address that is confirmed after the terms have changed is asked to agree to the new ones', async () => {
  const email = `stale${++made}@example.org`
  await site.post('/sign-up', application(email))
  const path = await site.pathInMail(email)
  await site.stop()
  site = await start('Be kinder.')
  const confirmed = await site.post(path, {})
  expect([confirmed.status, confirmed.cookie]).toEqual([200, ''])
  expect(confirmed.text).toContain('Be kinder.')
  const agreed = await site.post('/terms', { ...fieldsOf(confirmed), terms: '1' })
  expect([agreed.location, await site.isSignedIn(agreed.cookie)]).toEqual(['/projects?notice=Welcome', true])
})
