// `kempelen payouts`: what workers asked to be paid, and what became of it [websites 1.10].
import { server } from '../limits.ts'
import { nextPage, Refused, valueOf, type Command, type OperatorCalls, type Output } from './command.ts'
import { readResults, writePayouts } from './payout-file.ts'
import { writePrivate } from './private-file.ts'
import { readText } from './read-text.ts'
import { table } from './table.ts'

/** A payout as the call answers it. */
export interface ShownPayout {
  payoutId: string
  workerId: string
  amount: string
  state: string
  method: string
  details?: string
  requestedAt: string
  note?: string
}

/** What is to be noted of a payout. */
export interface Settling {
  payoutId: string
  result: 'paid' | 'failed'
  note?: string
}

interface Settled {
  payoutId: string
  result: 'paid' | 'failed'
  outcome: 'done' | 'already' | 'refused'
  state?: string
  message?: string
}

const states = { value: 'STATE', meaning: 'only those that are requested, paid, failed or cancelled' }

const list: Command = {
  name: 'payouts list',
  summary: 'Show what workers asked to be paid, newest first',
  arguments: [],
  options: { state: states, before: { value: 'ID', meaning: 'only what is older than this payout' } },
  async run(calls, given) {
    const payouts = (await calls.get('payouts', {
      state: valueOf(given, 'state'),
      before: valueOf(given, 'before'),
    })) as ShownPayout[]
    if (payouts.length === 0) return { json: payouts, text: 'There are no payouts.' }
    const rows = payouts.map(({ payoutId, workerId, amount, state, method, requestedAt, note }) => [
      requestedAt,
      payoutId,
      state,
      `$${amount}`,
      workerId,
      note === undefined ? method : `${method}: ${note.replaceAll(/\s+/g, ' ')}`,
    ])
    const isCut = payouts.length === server.controlPage
    const more = isCut ? `\n\n${nextPage('payouts list', given, 'before', payouts.at(-1)!.payoutId)}` : ''
    return { json: payouts, text: table(rows) + more }
  },
}

/** All payouts of a state, the oldest first, with where the money goes. */
async function listAll(calls: OperatorCalls, state: string): Promise<ShownPayout[]> {
  const all: ShownPayout[] = []
  for (;;) {
    const query = { state, details: '1', before: all.at(-1)?.payoutId }
    const page = (await calls.get('payouts', query)) as ShownPayout[]
    all.push(...page)
    if (page.length < server.controlPage) return all.reverse()
  }
}

const exportAll: Command = {
  name: 'payouts export',
  summary: 'Write the payouts that are to be made, with where the money goes, as a CSV table',
  arguments: [],
  options: {
    state: { ...states, meaning: `${states.meaning}; requested by default` },
    file: { value: 'FILE', meaning: 'where to write it, for you alone to read; printed by default' },
  },
  async run(calls, given) {
    const payouts = await listAll(calls, valueOf(given, 'state') ?? 'requested')
    const text = await writePayouts(payouts)
    const file = valueOf(given, 'file')
    if (file === undefined) return { json: payouts, text: text.trimEnd() }
    await writePrivate(file, [text])
    return { json: payouts, text: `${countOf(payouts.length)} written to ${file}.` }
  },
}

const several = { name: 'PAYOUT', meaning: 'the id of a payout, or several with spaces between', several: true } // prettier-ignore

const paid: Command = {
  name: 'payouts paid',
  summary: 'Note that payouts were paid, or read from a file which ones were paid and which failed',
  arguments: [several],
  options: {
    note: { value: 'TEXT', meaning: 'what the workers are told, such as the number of the transfer' },
    file: {
      value: 'FILE',
      meaning: 'a table from export, with result (paid or failed) and note filled in; - is standard input',
    },
  },
  async run(calls, given) {
    const file = valueOf(given, 'file')
    const note = valueOf(given, 'note')
    if ((file === undefined) === (given.arguments.length === 0))
      throw new Refused('Say which ones: kempelen payouts paid PAYOUT, or --file FILE.')
    if (file === undefined) return settle(calls, settlingsOf(given.arguments, 'paid', note))
    if (note !== undefined) throw new Refused('The notes stand in the file: leave --note out.')
    const { settlings, left } = await readResults(await readText(file))
    return settle(calls, settlings, left)
  },
}

const failed: Command = {
  name: 'payouts failed',
  summary: 'Note that payouts could not be paid: the money is the workers’ again',
  arguments: [several],
  options: { reason: { value: 'TEXT', meaning: 'why, as the workers are told', required: true } },
  async run(calls, given) {
    if (given.arguments.length === 0) throw new Refused('Say which ones: kempelen payouts failed PAYOUT.')
    return settle(calls, settlingsOf(given.arguments, 'failed', valueOf(given, 'reason')))
  },
}

const settlingsOf = (ids: readonly string[], result: Settling['result'], note: string | undefined) =>
  [...new Set(ids)].map((payoutId): Settling => ({ payoutId, result, ...(note !== undefined && { note }) }))

async function settle(calls: OperatorCalls, settlings: readonly Settling[], left = 0): Promise<Output> {
  const results: Settled[] = []
  for (let from = 0; from < settlings.length; from += server.controlPage) {
    const payouts = settlings.slice(from, from + server.controlPage)
    const answer = (await calls.post('payouts/settle', { payouts })) as { results: Settled[] }
    results.push(...answer.results)
  }
  const refused = results.filter(({ outcome }) => outcome === 'refused').length
  const lines = results.length === 0 ? [] : [table(results.map((one) => [one.payoutId, tell(one)])), '']
  const without = left === 0 ? '' : ` ${left === 1 ? '1 line has' : `${left} lines have`} no result.`
  return {
    json: { results },
    text: [...lines, summaryOf(results) + without].join('\n'),
    ...(refused > 0 && { problem: `${countOf(refused)} could not be settled so: see the list.` }),
  }
}

function tell({ result, outcome, message }: Settled): string {
  if (outcome === 'done') return result
  return outcome === 'already' ? `was ${result} already` : `not ${result}: ${message}`
}

function summaryOf(results: readonly Settled[]): string {
  const count = (outcome: Settled['outcome'], result?: Settled['result']) =>
    results.filter((one) => one.outcome === outcome && one.result === (result ?? one.result)).length
  const counts = [
    [count('done', 'paid'), 'paid'],
    [count('done', 'failed'), 'failed'],
    [count('already'), 'settled before'],
    [count('refused'), 'refused'],
  ] as const
  const said = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
  return said.length === 0 ? 'Nothing was changed.' : `${said.join(', ')}.`
}

const countOf = (number: number) => (number === 1 ? '1 payout' : `${number} payouts`)

const request: Command = {
  name: 'payouts request',
  summary: 'Ask for what is left on a closed account, to be paid like the others',
  arguments: [{ name: 'WORKER', meaning: 'the worker who has closed it' }],
  options: {
    amount: { value: 'DOLLARS', meaning: 'such as 5.00; all that there is by default' },
    method: { value: 'TEXT', meaning: 'how you pay it; Other by default' },
  },
  async run(calls, given) {
    const payout = (await calls.post('payouts', {
      workerId: given.arguments[0]!,
      amount: valueOf(given, 'amount'),
      method: valueOf(given, 'method'),
    })) as ShownPayout
    return { json: payout, text: `${payout.payoutId}  $${payout.amount}` }
  },
}

export const payoutCommands: readonly Command[] = [list, exportAll, paid, failed, request]
