// The control API: a test in any language plays everyone but the requester [design 7]. Every route is in this file
// and the two beside it; every refusal is 4xx with the fault's name.
import { Hono, type Context } from 'hono'
import { fromISO, toISO } from '../../clock.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { formatDollars, type Cents } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { GetLedger, ListEscrow } from '../../operations/operator/GetLedger.ts'
import { PutFact } from '../../operations/operator/Facts.ts'
import { isOperationName } from '../../model/operations.ts'
import { readBytes } from '../body.ts'
import { refuseAccess, type ControlAccess } from './guard.ts'
import { BadInput, count, onlyMembers, readObject, requiredText, text, type Body } from './input.ts'
import { addLayouts } from './layouts.ts'
import { addMail } from './mail.ts'
import { addOutbox } from './outbox.ts'
import { addPeople } from './people.ts'
import { addQualifications } from './qualifications.ts'
import { refusal } from './refusals.ts'
import { addWork } from './work.ts'

/** What a call answers: a JSON value, or a refusal. */
export type Answer = object | Fault

type Handler = (market: Market, body: Body, c: Context) => Promise<Answer> | Answer

export interface OperatorRoutesDependencies {
  /** The market of the given name; undefined when this server has none. Without a name the first. */
  marketNamed(environment: string | undefined): Market | undefined
  publicURL(market: Market): string
  /** Told of every unexpected error behind a call. */
  failed(error: unknown): void
}

export interface ControlDependencies extends OperatorRoutesDependencies, ControlAccess {
  /** Brings every market back to its state after start. */
  reset(): Promise<void>
}

export interface Control {
  publicURL(market: Market): string
  /** Wraps a call: access, body, market, refusals. */
  handle(handler: Handler): (c: Context) => Promise<Response>
}

/** Builds the control API as an application of its own, to be mounted at the root. */
export function createControl(dependencies: ControlDependencies): Hono {
  return build(
    dependencies,
    (c) => refuseAccess(c, dependencies),
    (app, control) => {
      addTime(app, control, () => dependencies.reset())
      addOutbox(app, control)
      addPeople(app, control)
      addWork(app, control)
      addQualifications(app, control)
      addLayouts(app, control)
      addMail(app, control)
    },
  )
}

/** Builds the part of it that commands of the operator call, for where nobody else can. */
export function createOperatorRoutes(dependencies: OperatorRoutesDependencies): Hono {
  return build(
    dependencies,
    () => undefined,
    (app, control) => {
      addOutbox(app, control)
      addPeople(app, control)
      addLayouts(app, control)
      addMail(app, control)
    },
  )
}

function build(
  dependencies: OperatorRoutesDependencies,
  refuse: (c: Context) => string | undefined,
  addRoutes: (app: Hono, control: Control) => void,
): Hono {
  const control: Control = {
    publicURL: (market) => dependencies.publicURL(market),
    handle: (handler) => async (c) => {
      const refused = refuse(c)
      if (refused !== undefined) return c.json({ error: 'AccessDenied', message: refused }, 403)
      const market = dependencies.marketNamed(c.req.query('environment'))
      if (market === undefined) return answer(c, badEnvironment)
      try {
        const bytes = await readBytes(c, server.controlBodyBytes)
        if (typeof bytes === 'string') throw new BadInput('body', 'It is too large.')
        const body = c.req.method === 'POST' ? readObject(new TextDecoder().decode(bytes)) : {}
        return answer(c, await handler(market, body, c))
      } catch (error) {
        if (error instanceof BadInput) return answer(c, error.fault)
        throw error
      }
    },
  }
  const app = new Hono()
  app.onError((error, c) => {
    dependencies.failed(error)
    return c.json({ error: 'ServiceFault', message: 'Something went wrong here. It has been logged.' }, 500)
  })
  addRoutes(app, control)
  app.all(
    '/_control/*',
    control.handle((_, __, c) => unknownCall(c)),
  )
  return app
}

/** The calls that only tests need: time, faults, a fresh start; and the look at the ledger. */
function addTime(app: Hono, control: Control, reset: () => Promise<void>): void {
  app.post(
    '/_control/reset',
    control.handle(async () => {
      await reset()
      return {}
    }),
  )
  app.get(
    '/_control/clock',
    control.handle((market) => ({ now: toISO(market.clock.now()) })),
  )
  app.post('/_control/clock', control.handle(turnClock))
  app.post('/_control/faults', control.handle(planFault))
  app.get('/_control/ledger', control.handle(showLedger))
}

const badEnvironment: Fault = {
  fault: 'InvalidInput',
  member: 'environment',
  explanation: 'This server does not have that environment.',
}

function unknownCall(c: Context): Fault {
  return {
    fault: 'InvalidInput',
    member: 'address',
    explanation: `There is no call ${c.req.method} ${c.req.path}.`,
  }
}

function answer(c: Context, value: Answer): Response {
  if (!isFault(value)) return c.json(value)
  const { status, body } = refusal(value)
  return c.json(body, status)
}

const latest = fromISO('9999-12-31T23:59:59Z')!

/** Moves the market's clock forward; all that fell due has happened before the answer. */
async function turnClock(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'advance', 'set')
  const advance = count(body, 'advance')
  const set = text(body, 'set')
  if ((advance === undefined) === (set === undefined)) {
    throw new BadInput(
      'advance',
      'Give either advance (seconds) or set (a time such as 2026-12-01T00:00:00Z).',
    )
  }
  const now = market.clock.now()
  const time = set === undefined ? now + (advance ?? 0) * 1000 : fromISO(set)
  if (time === undefined) throw new BadInput('set', 'It must be a time such as 2026-12-01T00:00:00Z.')
  if (time < now) throw new BadInput('set', `The clock only goes forward; it shows ${toISO(now)}.`)
  if (time > latest) throw new BadInput('advance', 'The clock ends with the year 9999.')
  market.clock.set(time)
  const name = `clock offset ${market.settings.environment}` as const
  const kept = await market.runner.run(PutFact, operator, { name, value: String(market.clock.offset) })
  if (isFault(kept)) return kept
  await market.timers.catchUp()
  return { now: toISO(market.clock.now()) }
}

const plannable = ['ServiceFault', 'ThrottlingException', 'drop after commit'] as const

function planFault(market: Market, body: Body): Answer {
  onlyMembers(body, 'operation', 'times', 'fault')
  const operation = requiredText(body, 'operation')
  if (!isOperationName(operation)) throw new BadInput('operation', 'The API has no operation of this name.')
  const fault = plannable.find((known) => known === body.fault)
  if (fault === undefined) throw new BadInput('fault', `It must be one of: ${plannable.join(', ')}.`)
  market.faults.add(operation, count(body, 'times') ?? 1, fault)
  return {}
}

async function showLedger(market: Market, _: Body, c: Context): Promise<Answer> {
  const requesterId = c.req.query('requesterId')
  if (requesterId !== undefined) return showEscrow(market, requesterId, c)
  const balances = await market.runner.run(GetLedger, operator, {})
  if (isFault(balances)) return balances
  const { requesters, workers, escrow, fees, outside } = balances
  const sum =
    [
      ...requesters.map((row) => row.available),
      ...workers.map((row) => row.balance),
      escrow.amount,
      fees,
    ].reduce<bigint>((total, amount) => total + amount, 0n) - outside
  return {
    accounts: [
      ...requesters.map((row) => ({ account: `requester:${row.id}`, balance: formatDollars(row.available) })),
      ...workers.map((row) => ({ account: `worker:${row.id}`, balance: formatDollars(row.balance) })),
      { account: 'escrow', count: escrow.hits, balance: formatDollars(escrow.amount) },
      { account: 'fees', balance: formatDollars(fees) },
      { account: 'outside', balance: signed(0n - outside) },
    ],
    sum: signed(sum),
  }
}

async function showEscrow(market: Market, requesterId: string, c: Context): Promise<Answer> {
  const page = { requesterId, after: c.req.query('after') ?? '', limit: 100 }
  const hits = await market.runner.run(ListEscrow, operator, page)
  if (isFault(hits)) return hits
  const last = hits.at(-1)
  return {
    hits: hits.map(({ id, status, escrow }) => ({ hitId: id, status, escrow: formatDollars(escrow) })),
    ...(hits.length === page.limit && last && { next: last.id }),
  }
}

function signed(amount: bigint): string {
  return amount < 0n ? `-${formatDollars(-amount as Cents)}` : formatDollars(amount as Cents)
}
