// The control API's calls that only a test needs: a fresh start, the clock, and faults to come.
import type { Hono } from 'hono'
import { fromISO, toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import type { Market } from '../../market.ts'
import { isOperationName } from '../../model/operations.ts'
import { operator } from '../../operations/operation.ts'
import { PutFact } from '../../operations/operator/Facts.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, count, onlyMembers, requiredText, text, type Body } from './input.ts'

/** Adds the calls about a fresh start, time and faults. */
export function addTesting(app: Hono, control: Control, reset: () => Promise<void>): void {
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
