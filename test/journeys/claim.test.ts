// A worker claims the id that he had at the real service: the code from the operator's call, the form by HTTP on both
// databases, and the page in a browser (docs/decisions/0013).
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { server as limits } from '../../src/limits.ts'
import { onBothSites } from '../support/both-sites.ts'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { importsOf } from '../support/imports.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { signInTo, type SiteAnswer } from '../support/site-session.ts'
import { findFaults, looks, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const { requesterId } = demo

const bring = (site: WorkerSite, ...ids: string[]) => {
  const imports = importsOf({ market: site.server.running.markets.get('production')! }, requesterId, 'AX')
  return Promise.all(ids.map((id) => imports.worker({ worker_id: id })))
}

async function codeOf(site: WorkerSite, id: string): Promise<string> {
  const { body } = await control(site.address, `imports/codes?requester=${requesterId}`)
  return (body.codes as { workerId: string; code: string }[]).find(({ workerId }) => workerId === id)!.code
}

interface Visitor {
  workerId: string
  get(path: string): Promise<SiteAnswer>
  claim(earlierId: string, code: string): Promise<{ status: number; location: string; text: string }>
}

async function visitor(site: WorkerSite): Promise<Visitor> {
  const workerId = await site.createWorker()
  const link = await fetch(await site.signInLink(workerId), { redirect: 'manual' })
  const Cookie = link.headers.get('set-cookie')!.split(';')[0]!
  const session = await signInTo(site, workerId)
  const page = await (await fetch(`${site.address}/account/claim`, { headers: { Cookie } })).text()
  const token = /name="csrf-token" content="([^"]+)"/.exec(page)![1]!
  return {
    workerId,
    get: session.get,
    async claim(earlierId, code) {
      const body = new URLSearchParams({ earlier_id: earlierId, code, authenticity_token: token })
      const init = { method: 'POST', redirect: 'manual', headers: { Cookie }, body } as const
      const response = await fetch(`${site.address}/account/claim`, init)
      const { status, headers } = response
      return { status, location: headers.get('location') ?? '', text: await response.text() }
    },
  }
}

onBothSites(
  (site) => {
    test('by HTTP: refused beside the field with what was typed, then done, then refused to another', async () => {
      const code = await codeOf(site(), 'AX1')
      const worker = await visitor(site())
      const wrong = await worker.claim('AX1', 'AAAA-BBBB')
      expect(wrong.status).toBe(422)
      for (const text of ['This code does not fit', 'value="AX1"', 'value="AAAA-BBBB"'])
        expect(wrong.text).toContain(text)
      expect((await worker.claim('not an id', code)).text).toContain('letters and digits only')
      const done = await worker.claim(' ax1 ', ` ${code.toLowerCase()} `)
      expect(done).toMatchObject({ status: 303, location: `/account/claim?claimed=${requesterId}` })
      const page = await worker.get(done.location)
      expect(page.text).toContain('AX1 is yours')
      expect((await worker.claim('AX1', code)).status).toBe(303)
      const other = await visitor(site())
      expect((await other.claim('AX1', code)).text).toContain('Another worker has claimed this ID')
    })

    test('codes cannot be tried without end', async () => {
      const worker = await visitor(site())
      for (let i = 0; i < limits.signIn.failures; i++)
        expect((await worker.claim('AX2', `WRONG${i}`)).status).toBe(422)
      const refused = await worker.claim('AX2', await codeOf(site(), 'AX2'))
      expect(refused.status).toBe(429)
      expect(refused.text).toContain('Too many attempts')
    })

    test('codes are listed for a requester who exists', async () => {
      const ask = async (query: string) => (await control(site().address, `imports/codes${query}`)).status
      expect(await ask('')).toBe(400)
      expect(await ask('?requester=ANOBODY')).toBe(404)
      const { body } = await control(site().address, `imports/codes?requester=${requesterId}&after=AX1`)
      expect(body).toEqual({ codes: [{ workerId: 'AX2', code: await codeOf(site(), 'AX2') }] })
    })
  },
  (site) => bring(site, 'AX1', 'AX2'),
)

const missing = await browserMissing()

describeUnless(missing, 'in a browser', () => {
  let site: WorkerSite
  let browser: Browser
  beforeAll(async () => {
    site = await startWorkerSite()
    browser = await launchBrowser()
    await bring(site, 'AB360', 'AB1280', 'AB360D', 'AB1280D')
  })
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  test.each(looks)('the ways to it and through it, $width wide, dark: $dark', async (look) => {
    const id = `AB${look.width}${look.dark ? 'D' : ''}`
    const page = await site.open(browser, await site.createWorker(), look)
    for (const path of ['/qualifications/assigned', '/account']) {
      await page.goto(site.address + path)
      await page.getByRole('link', { name: 'Claim your earlier worker ID' }).click()
      expect(new URL(page.url()).pathname).toBe('/account/claim')
    }
    expect(await findFaults(page)).toEqual([])
    await page.getByLabel('Earlier worker ID').fill(id)
    await page.getByLabel('Code', { exact: true }).fill('0000-0000-0000-0000')
    await page.getByRole('button', { name: 'Claim this ID' }).click()
    await page.getByText('This code does not fit').waitFor()
    expect(await page.getByLabel('Earlier worker ID').inputValue()).toBe(id)
    expect(await page.getByLabel('Code', { exact: true }).getAttribute('aria-invalid')).toBe('true')
    expect(await findFaults(page)).toEqual([])
    await page.getByLabel('Code', { exact: true }).fill(await codeOf(site, id))
    await page.getByRole('button', { name: 'Claim this ID' }).click()
    await page.getByText(`${id} is yours`).waitFor()
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
  })

  test('without scripts', async () => {
    await bring(site, 'ABPLAIN')
    const page = await site.open(browser, await site.createWorker(), { width: 360, javaScript: false })
    await page.goto(`${site.address}/account/claim`)
    await page.getByLabel('Earlier worker ID').fill('ABPLAIN')
    await page.getByLabel('Code', { exact: true }).fill(await codeOf(site, 'ABPLAIN'))
    await page.getByRole('button', { name: 'Claim this ID' }).click()
    await page.getByText('ABPLAIN is yours').waitFor()
    await page.context().close()
  })
})
