// Runs a simulation: random steps of many actors in the program and in the model, the clock turned between them, and
// at the end the books checked. A failure tells the seed and the last steps.
import assert from 'node:assert/strict'
import { cents } from '../../src/domain/money.ts'
import { isFault } from '../../src/domain/fault.ts'
import { CheckLedger } from '../../src/operations/operator/CheckLedger.ts'
import { Deposit } from '../../src/operations/operator/Deposit.ts'
import { GetLedger } from '../../src/operations/operator/GetLedger.ts'
import { SetWorkerState } from '../../src/operations/operator/SetWorkerState.ts'
import { GetEarnings } from '../../src/operations/worker/GetEarnings.ts'
import { ListQueue } from '../../src/operations/worker/ListQueue.ts'
import type { TestMarket } from '../support/market.ts'
import { nextStep } from './actions.ts'
import { getBalance, listAssignments, listHITs } from './lists.ts'
import { balanceCents, payoutCents } from './model-payout.ts'
import type { ModelMarket } from './model.ts'
import { createRandom } from './random.ts'
import { compareEvents } from './events.ts'
import { catchUp, createWorld, placeOf, take, type World } from './world.ts'

const operator = { kind: 'operator' } as const
const tail = 25

export interface SimulationResult {
  hits: number
  assignments: number
  /** How often each kind of step was answered with success and with which refusals. */
  answers: Map<string, Map<string, number>>
  /** How often policies did what, with which end. */
  reviews: Map<string, number>
}

/** Runs `actions` steps. Throws at the first answer that the model did not predict. */
export async function simulate(market: TestMarket, seed: number, actions: number): Promise<SimulationResult> {
  const world = await createWorld(market, createRandom(seed))
  const log: string[] = []
  try {
    for (let i = 0; i < actions; i++) await act(world, log, i)
    await turnClock(world, 0, true)
    log.push('everything is compared at the end')
    for (const requester of world.requesters) await compareRequester(world, requester.model.id)
    await compareMoney(world)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(
      `simulation with KEMPELEN_SEED=${seed} failed at action ${log.length}: ${message}\n` +
        `the last actions:\n${log.slice(-tail).join('\n')}`,
      { cause: error },
    )
  }
  const { model, answers } = world
  return { hits: model.hits.size, assignments: model.assignments.size, answers, reviews: reviewsOf(model) }
}

function reviewsOf({ hits }: ModelMarket): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { reports } of hits.values()) {
    for (const level of ['Assignment', 'HIT'] as const) {
      for (const line of reports[level].actions) {
        const [name, , ...end] = line.split(' ')
        const kind = [level, name, ...end].join(' ')
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
      }
    }
  }
  return counts
}

async function act(world: World, log: string[], i: number): Promise<void> {
  const { random } = world
  // Busy hours, in which queues fill and tokens repeat, take turns with quiet months.
  const isBusy = i % 500 < 300
  // Hardly anything happens at the very same moment: in which order that would be carried out nobody has promised.
  if (!random.once(20)) await turnClock(world, 1, false)
  if (random.once(isBusy ? 25 : 8)) {
    const milliseconds = isBusy ? random.integer(1, 600_000) : stepOfTime(world)
    const withTimers = random.once(2)
    log.push(`${i}: the clock moves ${milliseconds / 1000} s, ${withTimers ? 'timers run' : 'no timers'}`)
    return turnClock(world, milliseconds, withTimers)
  }
  if (random.once(60)) {
    const requester = random.of(world.requesters)
    const amount = random.of([1, 50, 1000, 20_000])
    log.push(`${i}: ${requester.model.id} gets ${amount} cents`)
    return deposit(world, requester.model.id, amount)
  }
  if (random.once(100)) return changeWorker(world, log, i)
  if (random.once(60)) {
    const worker = random.of(world.workers)
    // Most of the time he may work.
    worker.suspended = !worker.suspended && random.once(2)
    log.push(`${i}: ${worker.id} is ${worker.suspended ? '' : 'not '}suspended`)
    const state = { workerId: worker.id, suspended: worker.suspended }
    await world.market.market.runner.run(SetWorkerState, operator, state)
    return
  }
  if (random.once(25)) {
    const requester = random.of(world.requesters)
    log.push(`${i}: everything of ${requester.model.id} is compared`)
    return compareRequester(world, requester.model.id)
  }
  const step = nextStep(world)
  if (step === undefined) return
  log.push(`${i}: ${step.text}`)
  await take(world, step)
  if (!world.model.isLate) await compareEvents(world)
}

/** What the operator says of a worker becomes something else. */
async function changeWorker({ market, model, random, workers }: World, log: string[], i: number) {
  const { id } = random.of(workers)
  const worker = model.workers.get(id)!
  worker.masters = random.once(3)
  worker.adult = random.once(2)
  worker.home = random.of(['US/CA', 'US/PA', 'US', 'GB', 'IN', worker.home])
  const { masters, adult, home } = worker
  log.push(`${i}: ${id} is ${masters ? '' : 'no '}master, ${adult ? '' : 'not '}adult, in ${home}`)
  const state = { workerId: id, masters, adult, ...placeOf(home) }
  assert.ok(!isFault(await market.market.runner.run(SetWorkerState, operator, state)))
}

/** Milliseconds: from a blink to months, and often the very moment at which something falls due, or one beside it. */
function stepOfTime({ random, model }: World): number {
  const second = 1000
  const day = 86_400 * second
  if (random.once(3)) {
    const moments = [...model.hits.values()].map(({ nextAt }) => nextAt).filter(Number.isFinite)
    if (moments.length > 0) {
      const soonest = random.once(2) ? Math.min(...moments) : random.of(moments)
      const wait = soonest - model.now + random.of([-1, 0, 1])
      // Years of waiting for one HIT would leave nothing to do.
      if (wait < 40 * day) return Math.max(0, wait)
    }
  }
  return random.of([
    random.integer(1, 1500),
    random.integer(1, 90) * second,
    random.integer(1, 240) * 60 * second,
    random.integer(1, 48) * 3600 * second,
    random.once(3) ? random.integer(1, 45) * day : random.integer(1, 3) * day,
    random.once(6) ? random.integer(90, 200) * day : 100,
  ])
}

async function turnClock(world: World, milliseconds: number, withTimers: boolean): Promise<void> {
  const { market, model } = world
  model.passTime(milliseconds)
  market.clock.set(model.now)
  // A review that time brings about depends on the money of its moment, so it must not come late.
  if (!withTimers && !model.needsTimers) return
  await catchUp(world)
  await compareMoney(world)
  await compareEvents(world)
}

async function deposit({ market, model }: World, requesterId: string, amountCents: number): Promise<void> {
  const output = await market.market.runner.run(Deposit, operator, {
    requesterId,
    amount: cents(amountCents),
  })
  assert.ok(!isFault(output))
  model.requesters.get(requesterId)!.depositedCents += amountCents
}

/** All HITs, and the assignments of each that has any, as the API shows them; and the balance. */
async function compareRequester(world: World, requesterId: string): Promise<void> {
  const requester = world.requesters.find(({ model }) => model.id === requesterId)!
  await take(world, listHITs(world, requester))
  await take(world, getBalance(world, requester))
  for (const hit of world.model.hitsOf(requester.model)) {
    if (hit.disposed || hit.assignments.length === 0 || world.random.once(2)) continue
    await take(world, listAssignments(world.model, requester, hit.id, []))
  }
}

/** After the timers: every balance and counter is exact, and the books are right. */
async function compareMoney(world: World): Promise<void> {
  const { market, model } = world
  const { runner } = market.market
  const report = await runner.run(CheckLedger, operator, {})
  assert.deepEqual(report, { problems: [] })
  const ledger = await runner.run(GetLedger, operator, {})
  assert.ok(!isFault(ledger))
  const available = new Map(ledger.requesters.map((one) => [one.id, Number(one.available)]))
  let deposits = 0
  for (const requester of model.requesters.values()) {
    deposits += requester.depositedCents
    assert.equal(
      available.get(requester.id) ?? 0,
      model.availableCents(requester),
      `balance of ${requester.id}`,
    )
  }
  assert.equal(Number(ledger.fees), model.feesCents)
  assert.equal(Number(ledger.outside), deposits - payoutCents(model, 'paid'))
  assert.equal(Number(ledger.payouts), payoutCents(model, 'requested'))
  for (const worker of model.workers.values()) await compareWorker(world, worker.id)
}

async function compareWorker({ market, model }: World, workerId: string): Promise<void> {
  const { runner } = market.market
  const earnings = await runner.run(GetEarnings, operator, { workerId })
  assert.ok(!isFault(earnings))
  const { account } = earnings
  const {
    id,
    masters,
    adult,
    suspended: _,
    home: __,
    rewardCents,
    bonusCents,
    ...counters
  } = model.workers.get(workerId)!
  const { accepted, returned, abandoned, submitted, approved, rejected, held } = account
  assert.deepEqual({ accepted, returned, abandoned, submitted, approved, rejected, held }, counters)
  assert.deepEqual(
    [account.workerId, account.masters, account.adult, Number(account.rewards), Number(account.bonuses)],
    [id, masters, adult, rewardCents, bonusCents],
  )
  assert.equal(Number(account.balance), balanceCents(model, model.workers.get(workerId)!))
  const queue = await runner.run(ListQueue, { kind: 'worker', workerId }, {})
  assert.ok(!isFault(queue))
  const open = [...model.assignments.values()].filter(
    (assignment) => assignment.workerId === workerId && assignment.state === 'open',
  )
  assert.deepEqual(queue.map(({ assignment }) => assignment.id).sort(), open.map((one) => one.id).sort())
  const deadlines = queue.map(({ assignment }) => assignment.deadline)
  assert.deepEqual(
    deadlines,
    deadlines.toSorted((a, b) => a - b),
  )
}
