// Every address of the site with parameters that no page of ours makes: what is wrong is a page that says so, never a
// failure of the server, and nothing of another worker is shown.
import { beforeAll, expect, test } from 'vitest'
import { createWebApp, type WebDependencies } from '../../src/web/app.tsx'
import { CreateQualificationTypeCommand } from '@aws-sdk/client-mturk'
import { onBothSites } from '../support/both-sites.ts'
import { signedIn } from '../support/form-work.ts'
import { load, requesterOf } from '../support/site-session.ts'
import type { WorkerSite } from '../support/worker-site.ts'

/** The paths that answer GET, as the list of routes has them; `:name` stands for one part. */
const routes = createWebApp({} as WebDependencies)
  .routes.filter(({ method, path }) => method === 'GET' && path !== '/static/:name')
  .map(({ path }) => path)
const paths = [...new Set(routes)]

/** Parts of paths, as they stand in an address. */
const parts = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%EF%BF%BF',
  '%',
  '%zz',
  '..%2f..%2fetc%2fpasswd',
  "'%20or%201=1--",
  '-1',
  'NaN',
  '9'.repeat(400),
  'x'.repeat(8000),
  '__proto__',
  'constructor',
  '3'.repeat(30),
  '2026-02-30',
  '2026-03-08',
  '2026-11-01',
  '0000-01-01',
  '9999-12-31',
  '-0001-01-01',
  '%F0%9F%92%A9',
  'a.json.json',
]

/** Values of parameters. */
const values = [
  ...['', '0', '-1', '-0', '1e309', 'NaN', 'Infinity', '9007199254740993', '99999999999999999999999'],
  ...[
    '0x10',
    '1.5',
    ' 1 ',
    '+1',
    '%00',
    'a%00b',
    '%ED%A0%80',
    '%FF%FE',
    '%',
    '%zz',
    "'",
    '%22%3E%3Cscript%3E',
  ],
  ...['__proto__', 'constructor', 'toString', '2026-02-30', '2026-03-08', '2026-11-01', '0000-00-00'],
  ...['999999999999999.A', '0.A', '253402300799999.ZZ', '99999-01-01', '%F0%9F%92%A9', 'x'.repeat(4000)],
]

/** Every parameter that a page of the site reads. */
const names = [
  ...['page_number', 'page_size', 'page', 'sort', 'expanded', 'format', 'filters%5Bsearch_term%5D', 'skip'],
  ...[
    'filters%5Bmin_reward%5D',
    'filters%5Bqualified%5D',
    'filters[masters]',
    'filters[favourites]',
    'submitted',
  ],
  ...[
    'notice',
    'assignment_id',
    'auto_accept',
    'from_queue',
    'assignment_state',
    'search',
    'state',
    'requester',
  ],
  ...[
    'from',
    'to',
    'order',
    'after',
    'before',
    'place',
    'next_token',
    'query',
    'return_to',
    'openid.return_to',
  ],
  ...[
    'groupId',
    'assignmentId',
    'hitId',
    'workerId',
    'turkSubmitTo',
    'question',
    'expires',
    'signature',
    'ref',
  ],
  ...[
    'hit_type_message%5Bhit_type_id%5D',
    'assignment_message%5Bassignment_id%5D',
    'hit_type_message[subject]',
  ],
  ...['download', 'environment', 'name', 'alerts', 'qualification_request_id'],
]

const leak =
  /node_modules|\bat [\w.<> ]+ \(|\.tsx?:\d+|SQLITE|syntax error|TypeError|RangeError|\bundefined\b/

interface Worker {
  cookie: string
  token: string
}

/** What is wrong with the answers to these addresses; each is one line. */
async function troubles(
  site: WorkerSite,
  worker: Worker | undefined,
  addresses: string[],
): Promise<string[]> {
  const found: string[] = []
  const left = addresses.values()
  const visit = async () => {
    for (const path of left) found.push(...(await troublesAt(site, worker, path)))
  }
  await Promise.all(Array.from({ length: 8 }, visit))
  return found
}

async function troublesAt(site: WorkerSite, worker: Worker | undefined, path: string): Promise<string[]> {
  const found: string[] = []
  const { status, headers, text } = await load(site.address + path, worker && { cookie: worker.cookie })
  const where = path.length > 150 ? `${path.slice(0, 150)}… (${path.length})` : path
  if (status >= 500) found.push(`${status} ${where}`)
  const location = headers.get('location')
  if (location !== null && !/^\/(?!\/)/.test(location)) found.push(`leads away to ${location}: ${where}`)
  const policy = headers.get('content-security-policy') ?? ''
  const isPage = (headers.get('content-type') ?? '').startsWith('text/html') && location === null
  if (isPage && !/frame-ancestors 'none'|^sandbox /.test(policy) && !path.includes('externalSubmit'))
    found.push(`may be framed: ${where}`)
  const spilt = leak.exec(text)
  if (spilt && status >= 400) found.push(`"${spilt[0]}" in the answer to ${where}`)
  return found
}

const filled = (path: string, part: string) => path.replaceAll(/:\w+/g, () => part)

/** Paths that lead to pages which really read their parameters: every id in them is one that this worker may use. */
async function realPaths(site: WorkerSite, workerId: string): Promise<string[]> {
  const hit = await site.createHIT()
  const { assignmentId } = await site.accept(workerId, hit.HITId)
  const done = await site.createHIT()
  const submitted = await site.accept(workerId, done.HITId)
  await site.submit(submitted.assignmentId)
  const { QualificationType: type } = await site.client.send(
    new CreateQualificationTypeCommand({
      Name: 'Birds',
      Description: 'Knows birds',
      QualificationTypeStatus: 'Active',
    }),
  )
  const ids: Record<string, string> = {
    '/requesters/:id': await requesterOf(site),
    '/qualifications/:id': type?.QualificationTypeId ?? '',
  }
  return paths
    .filter((path) => !path.includes('accept_random') && !path.includes('externalSubmit'))
    .map((path) => {
      const start = Object.keys(ids).find((one) => path.startsWith(one))
      const real = start === undefined ? path : path.replace(':id', ids[start]!)
      return real
        .replace(':gid', hit.HITGroupId)
        .replace(/:task$|:hit/, hit.HITId)
        .replace(':task', done.HITId)
        .replace(':assignment', assignmentId)
        .replace(':date', '2026-11-01')
        .replaceAll(/:\w+/g, '3NOTHING')
    })
}

function tour(site: () => WorkerSite, isShort: boolean) {
  let worker: Worker
  let real: string[]
  beforeAll(async () => {
    const workerId = await site().createWorker()
    worker = await signedIn(site(), workerId)
    real = await realPaths(site(), workerId)
  }, 60_000)

  test('odd parts of every path: a page that says what is wrong', { timeout: 60_000 }, async () => {
    const places = paths.filter((path) => path.includes(':'))
    const addresses = (isShort ? parts.slice(0, 8) : parts).flatMap((part) =>
      places.map((path) => filled(path, part)),
    )
    expect(await troubles(site(), worker, addresses)).toEqual([])
    expect(await troubles(site(), undefined, addresses)).toEqual([])
  })

  test('odd values of every parameter', { timeout: 60_000 }, async () => {
    const addresses = real.flatMap((path) =>
      (isShort ? values.filter((value) => /[%\d]{3}/.test(value)) : values).map(
        (value) => `${path}?${names.map((name) => `${name}=${value}`).join('&')}`,
      ),
    )
    const short = addresses.filter(({ length }) => length < 60_000)
    expect(await troubles(site(), worker, short)).toEqual([])
    if (isShort) return
    // What is wrong with the one must not hide the other.
    const alone = real.flatMap((path, place) =>
      names
        .filter((_, index) => (index + place) % 4 === 0)
        .map((name, index) => `${path}?${name}=${values[(index * 7 + place) % values.length]}`),
    )
    expect(
      await troubles(
        site(),
        worker,
        addresses.filter(({ length }) => length < 60_000),
      ),
    ).toEqual([])
    expect(await troubles(site(), worker, alone)).toEqual([])
  })

  test('a parameter twice, as a list, as an object, and 60 KB of it', async () => {
    const queries = [
      names.map((name) => `${name}=1&${name}=2`).join('&'),
      names.map((name) => `${name}[]=1&${name}[a][b]=2`).join('&'),
      `page_number=${'9'.repeat(60_000)}`,
      `search=${'word+'.repeat(12_000)}&filters[search_term]=x`,
      `filters[search_term]=${'%F0%9F%92%A9'.repeat(5000)}`,
      'a&'.repeat(20_000),
    ]
    const addresses = real.flatMap((path) => queries.map((query) => `${path}?${query}`))
    expect(await troubles(site(), worker, addresses)).toEqual([])
  })
}

// What the pages do is the same: only what reaches the database differs, so the second tour is shorter.
onBothSites((site, database) => tour(site, database === 'PostgreSQL'))
