// `kempelen payouts` as an operator uses it, through the server's socket and on the file alone [websites 1.10].
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { globalAgent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApproveAssignmentCommand } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWorkerSite, type WorkerSite } from '../../test/support/worker-site.ts'
import { cents } from '../domain/money.ts'
import { isFault } from '../domain/fault.ts'
import { CancelPayout } from '../operations/worker/CancelPayout.ts'
import { closeAccount } from '../operations/worker/CloseAccount.ts'
import { RequestPayout } from '../operations/worker/RequestPayout.ts'
import { SetPayoutMethod } from '../operations/worker/SetPayoutMethod.ts'
import { runCommand } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'kempelen-payouts-'))
let site: WorkerSite
let workerId: string
let isServed = true

const run = (...words: string[]) => runCommand(['payouts', ...words], { KEMPELEN_DATA: folder })
const market = () => site.server.running.markets.get('production')!

async function json(...words: string[]): Promise<Record<string, unknown>[]> {
  const { code, out, errors } = await run(...words, '--json')
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return JSON.parse(out) as Record<string, unknown>[]
}

async function setDetails(details: string): Promise<void> {
  const sealed = market().secrets.encrypt(details)
  const caller = { kind: 'worker', workerId } as const
  await market().runner.run(SetPayoutMethod, caller, { kind: 'Bank transfer', details: sealed })
}

/** Asks for a payout of so many dollars; answers its id. */
async function ask(dollars: number): Promise<string> {
  const caller = { kind: 'worker', workerId } as const
  const payout = await market().runner.run(RequestPayout, caller, { amount: cents(dollars * 100) })
  if (isFault(payout)) throw new Error(payout.fault)
  return payout.id
}

/** Writes a table to a new file. */
function tableOf(text: string): string {
  const file = join(mkdtempSync(join(folder, 'table-')), 'payouts.csv')
  writeFileSync(file, text)
  return file
}

const stateOf = async (id: string) =>
  (await json('list')).find(({ payoutId }) => payoutId === id)?.state as string | undefined

beforeAll(async () => {
  site = await startWorkerSite({ KEMPELEN_DATA: folder })
  workerId = await site.createWorker()
  const hit = await site.createHIT({ Reward: '900.00', MaxAssignments: 1 })
  const { assignmentId } = await site.accept(workerId, hit.HITId)
  await site.submit(assignmentId)
  await site.client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
}, 60_000)
afterAll(async () => {
  if (isServed) await site?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('while the server runs', () => {
  test('nothing is nothing, and an export of it is the line of names', async () => {
    expect(await run('list')).toEqual({ code: 0, out: 'There are no payouts.', errors: '' })
    expect((await run('export')).out).toBe(
      'payout_id,worker_id,amount,method,details,requested_at,state,result,note',
    )
  })

  test('lists name what was asked for, of one state or all, and never where the money goes', async () => {
    await setDetails('IBAN 12345')
    const id = await ask(12)
    const { out } = await run('list', '--state', 'requested')
    expect(out).toMatch(new RegExp(`^  \\S+Z  ${id}  requested  \\$12\\.00  ${workerId}  Bank transfer$`))
    expect(await json('list')).toEqual([
      {
        payoutId: id,
        workerId,
        amount: '12.00',
        state: 'requested',
        method: 'Bank transfer',
        automatic: false,
        requestedAt: expect.stringMatching(/Z$/),
      },
    ])
    expect(await json('list', '--state', 'paid')).toEqual([])
    expect(await run('list', '--state', 'payed')).toEqual({
      code: 1,
      out: '',
      errors: 'state: It must be requested, paid, failed, cancelled.',
    })
    expect((await run('paid', id)).code).toBe(0)
  })

  test('a table has the oldest first and no cell that a spreadsheet would carry out', async () => {
    const all: string[] = []
    for (const details of [
      '=HYPERLINK("http://evil.example")',
      '+49 30 1',
      '-1',
      '@SUM(A1)',
      'Name, "Bank"\nCity',
    ]) {
      await setDetails(details)
      all.push(await ask(2))
    }
    const file = join(folder, 'export.csv')
    expect((await run('export', '--file', file)).out).toBe(`5 payouts written to ${file}.`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    expect(text.match(/^3[A-Z0-9]{29}/gm)).toEqual(all)
    expect(text).toContain(`,"'=HYPERLINK(""http://evil.example"")",`)
    for (const cell of [",'+49 30 1,", ",'-1,", ",'@SUM(A1),", ',"Name, ""Bank""\nCity",'])
      expect(text).toContain(cell)
    expect(text).toBe(`${(await run('export')).out}\n`)
    // What was filled in is not written over.
    expect(await run('export', '--file', file)).toMatchObject({
      code: 1,
      errors: `${file} exists already: name another file, or move it away.`,
    })
    expect((await run('failed', ...all, '--reason', 'Test')).out).toContain('5 failed.')
  })

  test('paid, paid again, failed after that: each has its answer, and the money moves once', async () => {
    const [one, two] = [await ask(3), await ask(4)]
    const first = await run('paid', one, two, '--note', 'Transfer 1')
    expect(first).toEqual({ code: 0, errors: '', out: `  ${one}  paid\n  ${two}  paid\n\n2 paid.` })
    const second = await run('paid', one, one)
    expect(second).toEqual({ code: 0, errors: '', out: `  ${one}  was paid already\n\n1 settled before.` })
    const third = await run('failed', one, '3NONE', '--reason', 'No')
    expect(third).toEqual({
      code: 1,
      errors: '2 payouts could not be settled so: see the list.',
      out:
        `  ${one}  not failed: Payout ${one} is paid already.\n` +
        `  3NONE                           not failed: There is no payout 3NONE.\n\n2 refused.`,
    })
    const [payout] = await json('list', '--state', 'paid')
    expect(payout).toMatchObject({ payoutId: two, note: 'Transfer 1' })
  })

  test('a table settles what it says, once, however often it is read', async () => {
    await setDetails('IBAN 12345')
    const ids = [await ask(2), await ask(3), await ask(4)] as const
    const filled = (await run('export')).out
      .replace(/(requested),,/, '$1,paid,Transfer 7')
      .replace(/(requested),,/, '$1, FAILED ,"No such account,\nask the bank"')
    const file = tableOf(`\ufeff${filled}\r\n${filled.split('\n')[1]!}\n`)
    expect(await run('paid', '--file', file)).toEqual({
      code: 0,
      errors: '',
      out: `  ${ids[0]}  paid\n  ${ids[1]}  failed\n\n1 paid, 1 failed. 1 line has no result.`,
    })
    expect((await run('paid', '--file', file)).out).toContain('2 settled before. 1 line has no result.')
    const [first, second] = await json('list', '--before', ids[2])
    expect([second, first]).toMatchObject([
      { payoutId: ids[0], state: 'paid', note: 'Transfer 7' },
      { payoutId: ids[1], state: 'failed', note: 'No such account,\nask the bank' },
    ])
    const caller = { kind: 'worker', workerId } as const
    await market().runner.run(CancelPayout, caller, { payoutId: ids[2] })
    const late = tableOf(`Payout_ID;Result\n${ids[2]};paid\n`)
    expect(await run('paid', '--file', late)).toMatchObject({
      code: 1,
      out: expect.stringContaining(`not paid: Payout ${ids[2]} is cancelled already.`),
    })
  })

  test.for([
    ['id,result\nX,paid', 'The file has no column payout_id. The first line names the columns.'],
    [
      'payout_id,resullt\nX,paid',
      'The file has no column result. Is it "resullt"? The first line names the columns.',
    ],
    [
      'payout_id,result\n#,payd',
      'Line 2: the result "payd" is neither paid nor failed. Did you mean "paid"? Nothing was changed.',
    ],
    [
      'payout_id,result\n#,paid\n#,failed',
      /^Line 3: payout 3\w+ is failed here and paid above\. Nothing was changed\.$/,
    ],
    ['payout_id,result\n#,paid\n,paid', 'Line 3 has no id of a payout in payout_id. Nothing was changed.'],
    [
      `payout_id,result,note\n#,paid,${'x'.repeat(1001)}`,
      'Line 2: the note has more than 1000 characters. Nothing was changed.',
    ],
    ['payout_id,result,result\n#,failed,paid', 'The file has two columns result: leave one of them.'],
    ['payout_id,details,result\n#,a,paid,failed', /^The file is not a table in CSV: /],
    ['payout_id,result\n"#,paid', /^The file is not a table in CSV: /],
    ['', 'The file has no column payout_id. The first line names the columns.'],
  ] as const)('a table that is not understood is refused as a whole: %j', async ([text, sentence]) => {
    const id = await ask(1)
    const { code, out, errors } = await run('paid', '--file', tableOf(text.replaceAll('#', id)))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    if (typeof sentence === 'string') expect(errors).toBe(sentence)
    else expect(errors).toMatch(sentence)
    expect(await stateOf(id)).toBe('requested')
  })

  test.for([
    [['paid'], 1, 'Say which ones: kempelen payouts paid PAYOUT, or --file FILE.'],
    [['paid', '3A', '--file', 'x'], 1, 'Say which ones: kempelen payouts paid PAYOUT, or --file FILE.'],
    [['paid', '--file', 'x', '--note', 'y'], 1, 'The notes stand in the file: leave --note out.'],
    [['failed', '--reason', 'x'], 1, 'Say which ones: kempelen payouts failed PAYOUT.'],
    [['failed', '3A'], 2, 'payouts failed needs --reason TEXT: why, as the workers are told.'],
    [['pay', '3A'], 2, 'There is no command "payouts pay". Did you mean "payouts paid"? See: kempelen help'],
    [['paid', '3A', '--fiel', 'x'], 2, 'payouts paid has no option --fiel. Did you mean "--file"?'],
    [['export', '3A'], 2, '"3A" is too much: kempelen payouts export [--state STATE] [--file FILE]'],
  ] as const)('%j is refused with a sentence', async ([words, code, errors]) => {
    expect(await run(...words)).toEqual({ code, out: '', errors })
  })

  test('what is left on a closed account is asked for by the operator', async () => {
    const sentence = 'workerId: The account is open: its worker asks for his money himself.'
    expect(await run('request', workerId)).toEqual({ code: 1, out: '', errors: sentence })
    const gone = await site.createWorker()
    const hit = await site.createHIT({ Reward: '7.00', MaxAssignments: 1 })
    const { assignmentId } = await site.accept(gone, hit.HITId)
    await site.submit(assignmentId)
    const caller = { kind: 'worker', workerId: gone } as const
    const { runner, wallClock } = market()
    const input = { email: undefined, givesUp: false, wallNow: wallClock.now() }
    expect(await closeAccount([runner], caller, input)).toBeUndefined()
    // He is paid for what he did, whenever it is reviewed.
    await site.client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
    const { out } = await run('request', gone, '--amount', '2.00', '--method', 'Cheque')
    expect(out).toMatch(/^3[A-Z0-9]{29} {2}\$2\.00$/)
    const last = (await json('export')).at(-1)
    expect(last).toMatchObject({ workerId: gone, amount: '2.00', method: 'Cheque' })
    expect((await run('request', gone)).out).toContain('$5.00')
    expect((await run('request', gone)).code).toBe(1)
    const ids = (await json('export')).map(({ payoutId }) => String(payoutId))
    expect((await run('paid', ...ids)).code).toBe(0)
  })

  test('help says what it takes', async () => {
    const { out } = await run('paid', '--help')
    expect(out).toContain('kempelen payouts paid [PAYOUT…] [--note TEXT] [--file FILE]')
  })
})

describe('beyond one page, and without a server', () => {
  test('more than a call holds are exported and settled, with the file alone', async () => {
    const before = (await json('export')).length
    for (let i = 0; i < 103; i++) await ask(1)
    // Lists go on page by page.
    expect((await run('list')).out).toMatch(/\n\nMore: kempelen payouts list --before 3\w+$/)
    await site.stop()
    isServed = false
    // A command is a process of its own, and knows no connection from before.
    globalAgent.destroy()
    const all = await json('export')
    expect(all).toHaveLength(before + 103)
    expect(all.map(({ requestedAt }) => requestedAt)).toEqual(
      all.map(({ requestedAt }) => requestedAt).toSorted(),
    )
    const file = tableOf(
      `payout_id,result\n${all.map(({ payoutId }) => `${String(payoutId)},paid`).join('\n')}`,
    )
    expect((await run('paid', '--file', file)).out).toContain(`\n\n${before + 103} paid.`)
    expect((await run('paid', '--file', file)).out).toContain(`\n\n${before + 103} settled before.`)
    expect(await json('export')).toEqual([])
  }, 60_000)
})
