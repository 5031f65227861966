// Opening an account and coming back to it, by HTTP: who may, what is refused, and that no page tells who has one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { application, startAccountSite, type AccountSite } from '../support/account-site.ts'
import { startMailServer } from '../support/smtp.ts'

const password = 'correct horse battery'
let made = 0
const newAddress = () => `newcomer${++made}@example.org`

let site: AccountSite
beforeAll(async () => {
  site = await startAccountSite()
})
afterAll(() => site.stop())

/** Opens an account by its confirmed address. */
async function open(email: string): Promise<{ cookie: string }> {
  await site.post('/sign-up', application(email))
  const { cookie } = await site.post(await site.pathInMail(email), {})
  return { cookie }
}

describe('signing up', () => {
  test('ends with the confirmed address: no account before, a signed-in worker after', async () => {
    const email = newAddress()
    const sent = await site.post('/sign-up', application(email))
    expect([sent.status, sent.location, sent.cookie]).toEqual([303, '/mail-sent', ''])
    expect((await site.post('/ap/signin', { email, password })).status).toBe(422)
    const path = await site.pathInMail(email)
    // Programs look through mail.
    expect((await site.get(path)).text).toContain('Create my account')
    const opened = await site.post(path, {})
    expect([opened.status, opened.location]).toEqual([303, '/projects?notice=Welcome'])
    const account = await site.get('/account', { Cookie: opened.cookie })
    expect(account.text).toContain('Ada Lovelace')
    expect(account.text).toContain('Pennsylvania, United States')
    const used = await site.post(path, {})
    expect([used.status, used.cookie]).toEqual([403, ''])
    const later = await site.post('/ap/signin', { email: email.toUpperCase(), password })
    expect([later.status, await site.isSignedIn(later.cookie)]).toEqual([303, true])
  })

  test('with an address that has an account gets the same answer; the mail says it', async () => {
    const email = newAddress()
    await open(email)
    const free = await site.post('/sign-up', application(newAddress()))
    const known = await site.post(
      '/sign-up',
      application(email.toUpperCase(), { password: 'another password' }),
    )
    expect(known).toEqual(free)
    expect((await site.mailTo(email))[0]).toMatchObject({ subject: 'You have an account already' })
    expect((await site.post('/ap/signin', { email, password: 'another password' })).status).toBe(422)
  })

  test('takes as long for an address that has an account', async () => {
    const known = newAddress()
    await open(known)
    const timed = async (email: string) => {
      const start = performance.now()
      await site.post('/sign-up', application(email))
      return performance.now() - start
    }
    // In turn, and the shortest of each: other work on the machine lengthens some of them.
    let [withAccount, without] = [Infinity, Infinity]
    for (let i = 0; i < 4; i++) {
      withAccount = Math.min(withAccount, await timed(known))
      without = Math.min(without, await timed(newAddress()))
    }
    expect(withAccount / without).toBeGreaterThan(0.4)
    expect(withAccount / without).toBeLessThan(2.5)
  })

  const long = 'a'.repeat(101)
  test.each<[string, Record<string, string>, string]>([
    ['no address', { email: '' }, 'Enter an e-mail address'],
    ['an address that is none', { email: 'ada' }, 'Enter an e-mail address'],
    ['a header in the address', { email: 'a@example.org\r\nBcc: b@example.org' }, 'Enter an e-mail address'],
    ['two addresses', { email: 'a@example.org,b@example.org' }, 'Enter an e-mail address'],
    ['an address with a name', { email: 'A <a@example.org>' }, 'Enter an e-mail address'],
    ['a quoted address', { email: '"a"@example.org' }, 'Enter an e-mail address'],
    ['an endless address', { email: `${'a'.repeat(250)}@example.org` }, 'Enter an e-mail address'],
    ['a short password', { password: 'ninechars' }, 'needs 10 characters'],
    ['a password of few letters with many bytes', { password: '🐦🐦🐦🐦🐦' }, 'needs 10 characters'],
    ['an endless password', { password: 'a'.repeat(1001) }, 'too long'],
    [
      'the address as password',
      { email: 'somebody@example.org', password: 'Somebody@example.org' },
      'must not be',
    ],
    ['no name', { name: ' ' }, 'Enter a name'],
    ['an endless name', { name: long }, 'Enter a name'],
    ['a name of two lines', { name: 'Ada\nBcc: x@example.org' }, 'Enter a name'],
    ['no country', { country: '', state: '' }, 'Choose the country'],
    ['a country that is none', { country: 'ZZ', state: '' }, 'Choose the country'],
    ['a state that is none', { state: 'XX' }, 'Choose the country'],
    ['no age', { adult: '' }, 'must be 18'],
    ['no consent', { terms: '' }, 'only if you agree'],
  ])('with %s is refused beside the field, and what was typed stays', async (_, changes, words) => {
    const fields = application('refused@example.org', changes)
    for (const box of ['adult', 'terms']) if (fields[box] === '') delete fields[box]
    const reply = await site.post('/sign-up', fields)
    expect([reply.status, reply.cookie]).toEqual([422, ''])
    expect(reply.text).toContain(words)
    expect(reply.text.match(/class="field-error"/g)).toHaveLength(1)
    if (changes.name === undefined) expect(reply.text).toContain('value="Ada Lovelace"')
    expect(reply.text).not.toContain(password)
    expect(await site.mailTo('refused@example.org')).toEqual([])
  })

  test('a state is only taken with the United States', async () => {
    const email = newAddress()
    await site.post('/sign-up', application(email, { country: 'FR', state: 'PA' }))
    const { cookie } = await site.post(await site.pathInMail(email), {})
    expect((await site.get('/account', { Cookie: cookie })).text).toMatch(/<dd>France<\/dd>/)
  })

  test('what was typed is shown as text, never as a page', async () => {
    const name = '"><script>alert(1)</script>'
    const { text } = await site.post('/sign-up', application('', { name }))
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('&lt;script&gt;alert')
  })

  test.each([{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://example.org' }, { Origin: 'null' }])(
    'from a page of another site (%o) does nothing [design 7]',
    async (headers) => {
      const email = newAddress()
      expect((await site.post('/sign-up', application(email), headers)).status).toBe(403)
      expect((await site.post('/password-reset', { email }, headers)).status).toBe(403)
      expect(await site.mailTo(email)).toEqual([])
    },
  )

  test('fills nobody’s mailbox: five mails in a quarter of an hour, from wherever', async () => {
    const email = newAddress()
    for (let i = 0; i < 5; i++) expect((await site.post('/sign-up', application(email))).status).toBe(303)
    for (const [path, fields] of [
      ['/sign-up', application(email)],
      ['/password-reset', { email }],
    ] as const) {
      const reply = await site.post(path, fields)
      expect([reply.status, Number(reply.retryAfter) > 14 * 60]).toEqual([429, true])
      expect(reply.text).toContain('Too many attempts')
      expect(reply.text).toContain(`value="${email}"`)
    }
    expect(await site.mailTo(email)).toHaveLength(5)
  })

  test('fills no database: one machine asks fifty times', async () => {
    const from = { 'X-Forwarded-For': '10.250.0.1' }
    const ask = () => site.post('/password-reset', { email: newAddress() }, from)
    const replies = await Promise.all(Array.from({ length: 55 }, ask))
    expect(replies.filter(({ status }) => status === 303)).toHaveLength(50)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(5)
  })
})

describe('who may sign up', () => {
  test('by invitation: with a link of the operator, once, each for one', async () => {
    const invited = await startAccountSite('demo', { KEMPELEN_SIGN_UP: 'invitation' })
    const none = await invited.get('/sign-up')
    expect([none.status, none.text]).toEqual([403, expect.stringContaining('You need an invitation')])
    expect((await invited.post('/sign-up', application('a@example.org'))).status).toBe(403)
    expect((await invited.get('/')).text).not.toContain('href="/sign-up"')
    const { invitations } = await invited.control('invitations', { count: 2, days: 1 })
    const [first, second] = (invitations as { url: string }[]).map(({ url }) => new URL(url).pathname)
    const page = await invited.get(first!)
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Create an account')])
    const token = first!.split('/').at(-1)!
    const fields = application('a@example.org', { invitation: token })
    expect((await invited.post('/sign-up', fields)).status).toBe(303)
    expect((await invited.post(await invited.pathInMail('a@example.org'), {})).status).toBe(303)
    for (const reply of [await invited.get(first!), await invited.post('/sign-up', fields)])
      expect([reply.status, reply.text]).toEqual([
        403,
        expect.stringContaining('This invitation does not work'),
      ])
    const listed = await invited.control('invitations')
    expect((listed.invitations as { state: string }[]).map(({ state }) => state).toSorted()).toEqual([
      'open',
      'used',
    ])
    const open = (listed.invitations as { state: string; invitationId: string }[]).find(
      ({ state }) => state === 'open',
    )!
    await invited.control(`invitations/${open.invitationId}/revoke`, {})
    expect((await invited.get(second!)).status).toBe(403)
    await invited.stop()
  })

  test('an invitation for one address is for that one', async () => {
    const invited = await startAccountSite('demo', { KEMPELEN_SIGN_UP: 'invitation' })
    const { invitations } = await invited.control('invitations', { email: 'Ada@Example.org' })
    const path = new URL((invitations as { url: string }[])[0]!.url).pathname
    expect((await invited.get(path)).text).toContain('value="ada@example.org"')
    const invitation = path.split('/').at(-1)!
    const other = await invited.post('/sign-up', application('other@example.org', { invitation }))
    expect([other.status, other.text]).toEqual([422, expect.stringContaining('for another address')])
    expect((await invited.post('/sign-up', application('ada@EXAMPLE.org', { invitation }))).status).toBe(303)
    await invited.stop()
  })

  test('closed: nobody, an invitation or not', async () => {
    const closed = await startAccountSite('demo', { KEMPELEN_SIGN_UP: 'closed' })
    const { invitations } = await closed.control('invitations', {})
    const path = new URL((invitations as { url: string }[])[0]!.url).pathname
    for (const reply of [
      await closed.get('/sign-up'),
      await closed.get(path),
      await closed.post('/sign-up', application('a@example.org', { invitation: path.split('/').at(-1)! })),
    ])
      expect([reply.status, reply.text]).toEqual([403, expect.stringContaining('No new accounts')])
    await closed.stop()
  })
})

describe('a server in real use', () => {
  test('without mail: by invitation, at once, the same answer for every address; the operator helps with passwords', async () => {
    const real = await startAccountSite('serve')
    const { invitations } = await real.control('invitations', { count: 2 })
    const [one, other] = (invitations as { url: string }[]).map(({ url }) =>
      new URL(url).pathname.split('/').at(-1)!,
    )
    const first = await real.post('/sign-up', application('a@example.org', { invitation: one! }))
    expect([first.status, first.location]).toEqual([303, '/ap/signin?notice=SignedUp'])
    const again = application('a@example.org', { invitation: other!, password: 'another password' })
    expect(await real.post('/sign-up', again)).toEqual(first)
    const { cookie } = await real.signedIn('a@example.org', password)
    expect(await real.isSignedIn(cookie)).toBe(true)
    expect((await real.get('/password-reset')).text).toContain('Ask the people who run it')

    const workerId = /class="worker-id">(\w+)</.exec(
      (await real.get('/account', { Cookie: cookie })).text,
    )![1]!
    const { url } = await real.control(`workers/${workerId}/password-reset`, {})
    const path = new URL(String(url)).pathname
    const saved = await real.post(path, { password: 'a brand new one' })
    expect([saved.status, saved.location]).toEqual([303, '/ap/signin?notice=PasswordChanged'])
    expect(await real.isSignedIn(cookie)).toBe(false)
    expect(
      (await real.post('/ap/signin', { email: 'a@example.org', password: 'a brand new one' })).status,
    ).toBe(303)
    await real.stop()
  })

  test('with mail: the way comes by mail, and is nowhere else in plain text', async () => {
    const mailServer = await startMailServer()
    const real = await startAccountSite('serve', {
      KEMPELEN_SIGN_UP: 'open',
      KEMPELEN_SMTP_URL: mailServer.url,
      KEMPELEN_MAIL_FROM: 'mturk@example.org',
    })
    await real.post('/sign-up', application('a@example.org'))
    await real.running.markets.get('production')!.sender.flush()
    const [mail] = mailServer.received
    expect(mail).toMatchObject({ to: ['a@example.org'], headers: { subject: 'Confirm your address' } })
    const path = /\/sign-up\/confirm\/[\w-]+/.exec(mail!.body.replaceAll('=\r\n', ''))![0]
    const seen = JSON.stringify([await real.control('mail'), await real.control('outbox')])
    expect(seen).toContain('a@example.org')
    expect(seen).not.toContain(path.split('/').at(-1)!)
    expect((await real.post(path, {})).status).toBe(303)
    await real.stop()
    await mailServer.close()
  })
})

describe('a forgotten password', () => {
  test('is replaced by a mailed address, once; the old sessions end', async () => {
    const email = newAddress()
    const { cookie } = await open(email)
    const asked = await site.post('/password-reset', { email: ` ${email.toUpperCase()} ` })
    expect([asked.status, asked.location]).toEqual([303, '/mail-sent'])
    const path = await site.pathInMail(email)
    expect((await site.get(path)).text).toContain(email)
    const short = await site.post(path, { password: 'short' })
    expect([short.status, short.text]).toEqual([422, expect.stringContaining('needs 10 characters')])
    const saved = await site.post(path, { password: 'a brand new one' })
    expect([saved.status, saved.location, saved.cookie]).toEqual([
      303,
      '/ap/signin?notice=PasswordChanged',
      '',
    ])
    expect(await site.isSignedIn(cookie)).toBe(false)
    expect((await site.post('/ap/signin', { email, password })).status).toBe(422)
    expect((await site.post('/ap/signin', { email, password: 'a brand new one' })).status).toBe(303)
    for (const reply of [await site.get(path), await site.post(path, { password: 'once more, again' })])
      expect([reply.status, reply.text]).toEqual([403, expect.stringContaining('This address does not work')])
  })

  test('of an address without an account gets the same answer; the mail says it', async () => {
    const known = newAddress()
    await open(known)
    const stranger = newAddress()
    const replies = [
      await site.post('/password-reset', { email: known }),
      await site.post('/password-reset', { email: stranger }),
    ]
    expect(replies[0]).toEqual(replies[1])
    expect((await site.mailTo(stranger))[0]?.subject).toBe('There is no account with this address')
  })

  test.each(['x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '%00', '..%2f..%2faccount', `${'a'.repeat(5000)}`])(
    'a forged address (%s) does nothing',
    async (token) => {
      for (const path of [
        `/password-reset/${token}`,
        `/sign-up/confirm/${token}`,
        `/account/email/${token}`,
      ]) {
        const reply = await site.post(path, { password: 'a brand new one' })
        expect([path, reply.status, reply.cookie]).toEqual([path, 403, ''])
      }
    },
  )

  test('an address of one kind does nothing of another', async () => {
    const email = newAddress()
    await open(email)
    await site.post('/password-reset', { email })
    const token = (await site.pathInMail(email)).split('/').at(-1)!
    for (const path of [`/sign-up/confirm/${token}`, `/account/email/${token}`, `/sign-in/${token}`])
      expect((await site.post(path, {})).status).toBe(403)
    expect((await site.post(`/password-reset/${token}`, { password: 'a brand new one' })).status).toBe(303)
  })
})
