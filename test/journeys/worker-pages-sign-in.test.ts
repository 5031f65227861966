// Signing in and out, and that nobody but the worker himself can act with his session: forms, links and returns.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFaults, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'

const missing = await browserMissing()
const password = 'correct horse battery'

let site: WorkerSite
let addresses = 0
beforeAll(async () => {
  // As behind a proxy, so that each test comes from an address of its own.
  site = await startWorkerSite({ KEMPELEN_TRUSTED_PROXIES: '127.0.0.1,::1' })
})
afterAll(() => site.stop())

const newAddress = () => `10.1.${Math.floor(addresses / 200)}.${(addresses++ % 200) + 1}`

interface Reply {
  status: number
  location: string | null
  cookie: string
  retryAfter: string | null
  text: string
}

async function send(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(site.address + path, { redirect: 'manual', ...init })
  const { status, headers } = response
  return {
    status,
    location: headers.get('location'),
    cookie: headers.get('set-cookie') ?? '',
    retryAfter: headers.get('retry-after'),
    text: await response.text(),
  }
}

const postForm = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  send(path, { method: 'POST', body: new URLSearchParams(fields), headers })

const signIn = (email: string, given: string, from = newAddress(), more: Record<string, string> = {}) =>
  postForm('/ap/signin', { email, password: given, ...more }, { 'X-Forwarded-For': from })

let workers = 0
async function newWorker(): Promise<{ workerId: string; email: string }> {
  const email = `worker${++workers}@example.com`
  return { email, workerId: await site.createWorker({ email, password }) }
}

/** A worker who is signed in: his cookie, and the token of his forms. */
async function signedIn(): Promise<{ workerId: string; email: string; cookie: string; token: string }> {
  const worker = await newWorker()
  const cookie = (await signIn(worker.email, password)).cookie.split(';')[0] ?? ''
  const page = await send('/tasks', { headers: { Cookie: cookie } })
  const token = /name="csrf-token" content="([^"]+)"/.exec(page.text)?.[1] ?? ''
  return { ...worker, cookie, token }
}

const isSignedIn = async (cookie: string) =>
  (await send('/tasks', { headers: { Cookie: cookie } })).status === 200

describe('a password [design 7]', () => {
  test('that is right signs in, whatever the letters of the e-mail', async () => {
    const { email, workerId } = await newWorker()
    const reply = await signIn(` ${email.toUpperCase()} `, password, newAddress(), { return_to: '/earnings' })
    expect([reply.status, reply.location]).toEqual([303, '/earnings'])
    const page = await send('/tasks', { headers: { Cookie: reply.cookie.split(';')[0] ?? '' } })
    expect(page.text).toContain(workerId)
  })

  test('that is wrong, of an unknown worker, or of one without any, is refused in the same words', async () => {
    const { email } = await newWorker()
    await site.createWorker({ email: 'without@example.com' })
    const replies = [
      await signIn(email, 'wrong'),
      await signIn(email, ''),
      await signIn('without@example.com', ''),
      await signIn('without@example.com', 'anything'),
      await signIn('nobody@example.com', 'anything'),
    ]
    for (const { status, cookie, text } of replies) {
      expect([status, cookie]).toEqual([422, ''])
      expect(text).toContain('That e-mail and password do not fit together.')
    }
    const withoutMail = replies.map(({ text }) => text.replace(/value="[^"]*@[^"]*"/, ''))
    expect(new Set(withoutMail).size).toBe(1)
    expect(replies[0]?.text).toContain(`value="${email}"`)
    expect(replies[0]?.text).not.toContain('wrong')
  })

  test('takes as long for an unknown worker as for a known one', async () => {
    const { email } = await newWorker()
    const timed = async (who: string) => {
      const start = performance.now()
      await signIn(who, 'wrong')
      return performance.now() - start
    }
    // In turn, and the shortest of each: other work on the machine lengthens some of them.
    let [known, unknown] = [Infinity, Infinity]
    for (let i = 0; i < 8; i++) {
      known = Math.min(known, await timed(email))
      unknown = Math.min(unknown, await timed('nobody.at.all@example.com'))
    }
    // Without the work of argon2id an answer takes a few milliseconds.
    expect(unknown / known).toBeGreaterThan(0.4)
    expect(unknown / known).toBeLessThan(2.5)
  })

  const isThrottled = ({ status, text, retryAfter, cookie }: Reply) => {
    expect([status, cookie]).toEqual([429, ''])
    expect(text).toContain('Too many attempts')
    expect(text).toMatch(/Wait 1[45] minutes(, \d+ seconds?)?, then try again\./)
    expect(Number(retryAfter)).toBeGreaterThan(14 * 60)
  }

  test('is not asked for any more after ten failures of an account, from wherever', async () => {
    const { email } = await newWorker()
    for (let i = 0; i < 10; i++) expect((await signIn(email, 'wrong')).status).toBe(422)
    isThrottled(await signIn(email, password))
    expect((await signIn((await newWorker()).email, password)).status).toBe(303)
  })

  test('is not asked for any more after fifty failures from an address; the mistakes of one worker do not lock out his lab', async () => {
    const address = newAddress()
    const colleague = await newWorker()
    for (let i = 0; i < 10; i++) await signIn('mistaken@example.com', 'wrong', address)
    expect((await signIn(colleague.email, password, address)).status).toBe(303)
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => signIn(`guessed${i}@example.com`, 'wrong', address)),
    )
    isThrottled(await signIn(colleague.email, password, address))
    expect((await signIn(colleague.email, password)).status).toBe(303)
  })

  test('many attempts at once are all counted', async () => {
    const { email } = await newWorker()
    const statuses = await Promise.all(Array.from({ length: 14 }, () => signIn(email, 'wrong')))
    expect(statuses.filter(({ status }) => status === 422)).toHaveLength(10)
    expect(statuses.filter(({ status }) => status === 429)).toHaveLength(4)
  })
})

describe('a session [design 7]', () => {
  test('is a cookie that only this server gets, and no script', async () => {
    const { email } = await newWorker()
    const { cookie } = await signIn(email, password)
    const [pair, ...attributes] = cookie.split('; ')
    expect(pair).toMatch(/^__Host-worker=[\w-]{40,}$/)
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure'])
  })

  test('is new at each sign-in, and the one before has ended', async () => {
    const { email } = await newWorker()
    const first = (await signIn(email, password)).cookie.split(';')[0] ?? ''
    const again = await postForm(
      '/ap/signin',
      { email, password },
      { Cookie: first, 'X-Forwarded-For': newAddress() },
    )
    const second = again.cookie.split(';')[0] ?? ''
    expect(second).not.toBe(first)
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true])
  })

  test('ends with signing out, on the server too', async () => {
    const { cookie, token } = await signedIn()
    const reply = await postForm('/sign-out', { authenticity_token: token }, { Cookie: cookie })
    expect([reply.status, reply.location]).toEqual([303, '/?notice=SignedOut'])
    expect(reply.cookie).toMatch(/^__Host-worker=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(await isSignedIn(cookie)).toBe(false)
  })

  test('that nobody began is none', async () => {
    expect(await isSignedIn('__Host-worker=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toBe(false)
    expect(await isSignedIn('__Host-worker=')).toBe(false)
  })
})

describe('a one-time address [design 7]', () => {
  test('works once', async () => {
    const { workerId } = await newWorker()
    const path = new URL(await site.signInLink(workerId)).pathname
    const first = await send(path)
    expect([first.status, first.location]).toEqual([303, '/'])
    expect(await isSignedIn(first.cookie.split(';')[0] ?? '')).toBe(true)
    const second = await send(path)
    expect([second.status, second.cookie]).toEqual([403, ''])
    expect(second.text).toContain('This sign-in address does not work')
  })

  test.each([
    ['a look ahead', { method: 'HEAD' }],
    ['a prefetch', { headers: { 'Sec-Purpose': 'prefetch', 'Sec-Fetch-Site': 'none' } }],
    ['a link of another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['a form of another site', { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } }],
  ])('is not used up by %s', async (_, init) => {
    const path = new URL(await site.signInLink((await newWorker()).workerId)).pathname
    expect((await send(path, init)).cookie).toBe('')
    const button = await send(path, { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } })
    expect(button.status).toBe(303)
  })
})

describe('forms [design 7; websites 1.6]', () => {
  const strangers: [
    string,
    (own: { token: string; other: string }) => [Record<string, string>, Record<string, string>],
  ][] = [
    ['without a token', () => [{}, {}]],
    ['with an empty token', () => [{ authenticity_token: '' }, {}]],
    ['with a token that is none', () => [{ authenticity_token: 'x.y' }, {}]],
    ["with another worker's token", ({ other }) => [{ authenticity_token: other }, {}]],
    ['of another site', ({ token }) => [{ authenticity_token: token }, { 'Sec-Fetch-Site': 'cross-site' }]],
    ['of a neighbour', ({ token }) => [{ authenticity_token: token }, { 'Sec-Fetch-Site': 'same-site' }]],
    ['of another origin', ({ token }) => [{ authenticity_token: token }, { Origin: 'https://example.org' }]],
    ['of a page in a sandbox', ({ token }) => [{ authenticity_token: token }, { Origin: 'null' }]],
  ]

  test.each(strangers)('%s are refused, and nothing has happened', async (_, make) => {
    const own = await signedIn()
    const { token: other } = await signedIn()
    const held = await site.createHIT()
    const wanted = await site.createHIT({ Title: `Wanted ${Math.random()}` })
    const { assignmentId } = await site.accept(own.workerId, held.HITId)
    const [fields, headers] = make({ token: own.token, other })
    const paths = [
      '/sign-out',
      `/projects/${wanted.HITGroupId}/tasks/accept_random`,
      `/projects/${held.HITGroupId}/tasks/${held.HITId}?assignment_id=${assignmentId}`,
    ]
    for (const path of paths) {
      const reply = await postForm(path, { _method: 'delete', ...fields }, { Cookie: own.cookie, ...headers })
      expect([path, reply.status]).toEqual([path, 403])
      expect(reply.text).toContain('The form was not sent from this page')
    }
    expect(await isSignedIn(own.cookie)).toBe(true)
    expect(await site.stateOf(assignmentId)).toBe('open')
    const queue = await send('/tasks', { headers: { Cookie: own.cookie } })
    expect(queue.text).toContain('HITs Queue (1)')
  })

  test.each([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'null' },
    { Origin: 'https://example.org' },
  ])(
    'the sign-in form is refused with %o: nobody is signed in as somebody else [design 7]',
    async (headers) => {
      const { email } = await newWorker()
      const reply = await postForm(
        '/ap/signin',
        { email, password },
        { ...headers, 'X-Forwarded-For': newAddress() },
      )
      expect([reply.status, reply.cookie]).toEqual([403, ''])
      expect(reply.text).toContain('Please sign in again')
    },
  )

  test('a program may send the token of any page as a header [websites 1.6]', async () => {
    const { cookie, token, workerId } = await signedIn()
    const hit = await site.createHIT()
    const { assignmentId } = await site.accept(workerId, hit.HITId)
    const path = `/projects/${hit.HITGroupId}/tasks/${hit.HITId}?assignment_id=${assignmentId}`
    const reply = await postForm(path, { _method: 'delete' }, { Cookie: cookie, 'X-CSRF-Token': token })
    expect([reply.status, reply.location]).toEqual([302, '/tasks?notice=Returned'])
    expect(await site.stateOf(assignmentId)).toBe('returned')
  })
})

describe('accepting by GET [design 7; websites 1.5]', () => {
  test.each([
    [{}, true],
    [{ 'Sec-Fetch-Site': 'same-origin' }, true],
    [{ 'Sec-Fetch-Site': 'none' }, true],
    [{ 'Sec-Fetch-Site': 'same-site' }, false],
    [{ 'Sec-Fetch-Site': 'cross-site' }, false],
    [{ Origin: 'https://example.org' }, false],
    [{ Origin: 'null' }, false],
    [{ 'Sec-Fetch-Site': 'same-origin', 'Sec-Purpose': 'prefetch' }, false],
    [{ 'Sec-Fetch-Site': 'none', 'Sec-Purpose': 'prefetch;prerender' }, false],
    [{ Purpose: 'prefetch' }, false],
    [{ 'X-Moz': 'prefetch' }, false],
    [{ 'X-Purpose': 'preview' }, false],
  ])('with %o is carried out: %s', async (headers, done) => {
    const { cookie } = await signedIn()
    const hit = await site.createHIT({ Title: `By GET ${Math.random()}` })
    const reply = await send(`/projects/${hit.HITGroupId}/tasks/accept_random?ref=w_pl_prvw`, {
      headers: { Cookie: cookie, ...headers },
    })
    const queue = await send('/tasks', { headers: { Cookie: cookie } })
    expect(queue.text).toContain(`HITs Queue (${done ? 1 : 0})`)
    if (done) expect(reply.location).toMatch(/^\/projects\/\w+\/tasks\/\w+\?assignment_id=\w+&ref=w_pl_prvw$/)
    else expect([reply.status, reply.text]).toEqual([200, expect.stringContaining('Accept this HIT?')])
  })

  test('is not carried out by HEAD', async () => {
    const { cookie } = await signedIn()
    const hit = await site.createHIT()
    await send(`/projects/${hit.HITGroupId}/tasks/accept_random`, {
      method: 'HEAD',
      headers: { Cookie: cookie },
    })
    expect((await send('/tasks', { headers: { Cookie: cookie } })).text).toContain('HITs Queue (0)')
  })
})

describe('where signing in leads [websites 1.1]', () => {
  test.each([
    ['/projects', '/ap/signin?openid.return_to=%2Fprojects'],
    [
      '/status_details/2026-01-01?page_number=2',
      '/ap/signin?openid.return_to=%2Fstatus_details%2F2026-01-01%3Fpage_number%3D2',
    ],
    ['/projects/3G/tasks/accept_random?ref=x', '/ap/signin?openid.return_to=%2Fprojects%2F3G%2Ftasks'],
  ])('%s asks to sign in first', async (path, location) => {
    const reply = await send(path)
    expect([reply.status, reply.location]).toEqual([302, location])
  })

  test.each([
    ['/projects?page_number=2', '/projects?page_number=2'],
    ['https://example.org/', '/'],
    ['//example.org/', '/'],
    ['/\\example.org/', '/'],
    ['\\\\example.org/', '/'],
    ['/\t/example.org/', '/'],
    [' //example.org', '/'],
    ['/.//example.org', '/'],
    ['/projects/..//example.org', '/'],
    ['javascript:alert(1)', '/'],
    ['/ap/signin?return_to=x', '/'],
    ['/sign-out', '/'],
    ['', '/'],
  ])('return_to %s leads to %s, signed in or not', async (given, location) => {
    const { email, cookie } = await signedIn()
    expect((await signIn(email, password, newAddress(), { return_to: given })).location).toBe(location)
    const query = new URLSearchParams({ return_to: given })
    const reply = await send(`/ap/signin?${query.toString()}`, { headers: { Cookie: cookie } })
    expect(reply.location).toBe(location)
    const amazons = new URLSearchParams({ 'openid.return_to': given })
    expect((await send(`/ap/signin?${amazons.toString()}`, { headers: { Cookie: cookie } })).location).toBe(
      location,
    )
  })
})

describeUnless(missing, 'in a browser', () => {
  test('the e-mail stays after a refusal, the password not, and the worker comes to the page he wanted', async () => {
    const { email, workerId } = await newWorker()
    const browser = await launchBrowser()
    const page = await site.open(browser, undefined, { width: 360 })
    await page.goto(`${site.address}/earnings`)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill('mistyped')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('That e-mail and password do not fit together.').waitFor()
    expect(await findFaults(page)).toEqual([])
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email)
    expect(await page.getByLabel('Password').inputValue()).toBe('')
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Earnings', exact: true }).waitFor()
    await page.getByText(workerId).waitFor()
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('status').getByText('You are signed out').waitFor()
    await page.goto(`${site.address}/tasks`)
    expect(new URL(page.url()).pathname).toBe('/ap/signin')
    await browser.close()
  })

  test('a form of a page that was open while its worker signed in anew says what to do', async () => {
    const { workerId } = await newWorker()
    const hit = await site.createHIT()
    const browser = await launchBrowser()
    const page = await site.open(browser, workerId)
    await page.goto(`${site.address}/projects/${hit.HITGroupId}/tasks`)
    const second = await page.context().newPage()
    await second.goto(await site.signInLink(workerId))
    await page.getByRole('button', { name: 'Accept & Work' }).click()
    await page.getByText('You may have signed in again in another window').waitFor()
    expect(await findFaults(page)).toEqual([])
    await page.goBack()
    await page.reload()
    await page.getByRole('button', { name: 'Accept & Work' }).click()
    await page.waitForURL(/assignment_id=/)
    expect((await control(site.address, `workers/${workerId}`)).status).toBe(200)
    await browser.close()
  })
})
