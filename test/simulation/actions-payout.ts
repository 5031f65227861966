// Workers who want to be paid, and the operator who pays them, sometimes twice.
import { cents } from '../../src/domain/money.ts'
import { SettlePayout } from '../../src/operations/operator/SettlePayout.ts'
import { CancelPayout } from '../../src/operations/worker/CancelPayout.ts'
import { RequestPayout } from '../../src/operations/worker/RequestPayout.ts'
import { SetPayoutMethod } from '../../src/operations/worker/SetPayoutMethod.ts'
import type { Action } from './actions.ts'
import { balanceCents, requestPayout, settlePayout } from './model-payout.ts'
import { outcome, type World } from './world.ts'

const operator = { kind: 'operator' } as const

const setMethod: Action = ({ market, model, random, workers }) => {
  const without = workers.filter(({ id }) => !model.payoutMethods.has(id))
  const worker = random.of(without.length > 0 && !random.once(4) ? without : workers)
  const caller = { kind: 'worker', workerId: worker.id } as const
  return {
    text: `${worker.id} says-how-to-be-paid`,
    prediction: { codes: [''], succeed: () => void model.payoutMethods.add(worker.id) },
    perform: async () =>
      outcome(await market.market.runner.run(SetPayoutMethod, caller, { kind: 'Other', details: 'sealed' })),
  }
}

const request: Action = ({ market, model, random, workers }) => {
  const able = workers.filter(({ id }) => model.payoutMethods.has(id))
  const rich = able.filter((one) => balanceCents(model, one) >= 100)
  const worker = random.of(rich.length > 0 && !random.once(4) ? rich : workers)
  const caller = { kind: 'worker', workerId: worker.id } as const
  const balance = balanceCents(model, worker)
  const wanted = random.of([undefined, 100, 100, 99, Math.floor(balance / 2), balance, balance + 1])
  const amount = wanted === undefined ? undefined : cents(wanted)
  return {
    // What fell due may be an approval, and with it a balance.
    isPunctual: true,
    text: `${worker.id} asks-to-be-paid ${wanted ?? 'all'}`,
    prediction: requestPayout(model, worker, wanted),
    perform: async () => outcome(await market.market.runner.run(RequestPayout, caller, { amount })),
  }
}

/** A payout to settle: mostly one that is under way. */
function somePayout({ model, random }: World): string {
  const all = [...model.payouts.values()]
  const open = all.filter(({ state }) => state === 'requested')
  const choice = open.length > 0 && !random.once(4) ? open : all
  return choice.length === 0 || random.once(30) ? 'ABC' : random.of(choice).id
}

const settle: Action = (world) => {
  const payoutId = somePayout(world)
  const result = world.random.of(['paid', 'paid', 'failed'] as const)
  return {
    text: `operator settles-payout ${payoutId} as ${result}`,
    prediction: settlePayout(world.model, payoutId, result),
    perform: async () =>
      outcome(await world.market.market.runner.run(SettlePayout, operator, { payoutId, result })),
  }
}

const cancel: Action = (world) => {
  const { market, model, random, workers } = world
  const payoutId = somePayout(world)
  const owner = model.payouts.get(payoutId)?.workerId
  const worker = workers.find(({ id }) => id === owner && !random.once(6)) ?? random.of(workers)
  const caller = { kind: 'worker', workerId: worker.id } as const
  return {
    text: `${worker.id} cancels-payout ${payoutId}`,
    prediction: settlePayout(model, payoutId, 'cancelled', worker),
    perform: async () => outcome(await market.market.runner.run(CancelPayout, caller, { payoutId })),
  }
}

export const payoutActions: [number, Action][] = [
  [2, setMethod],
  [3, request],
  [2, settle],
  [1, cancel],
]
