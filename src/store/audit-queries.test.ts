// A market in order has nothing to tell; each kind of disorder, made straight in the tables, is told by its question.
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { deposit, hold, payment, withEscrow } from '../domain/ledger.ts'
import { cents } from '../domain/money.ts'
import { post } from '../operations/acts/post.ts'
import {
  ids,
  onBothStores,
  sampleAssignment,
  sampleHIT,
  sampleType,
  usualNow,
  type TestStore,
} from '../../test/support/stores.ts'
import * as assignments from './assignments.ts'
import * as counts from './audit-counts.ts'
import * as money from './audit-queries.ts'
import * as record from './audit-record.ts'
import * as bonuses from './bonuses.ts'
import * as hitTypes from './hit-types.ts'
import * as hits from './hits.ts'
import { write } from './prepared.ts'
import type { MarketTables } from './schema.ts'
import type { Read, Write } from './tx.ts'
import * as workerAccounts from './worker-accounts.ts'
import * as workerBatches from './worker-batches.ts'
import * as workerDays from './worker-days.ts'
import * as workerGroups from './worker-groups.ts'

const questions = {
  sum: async (tx: Read) => [await money.sumOfAccounts(tx)].filter((total) => total !== 0),
  balances: money.listWrongBalances,
  payments: money.listWrongPayments,
  bonuses: money.listWrongBonuses,
  escrow: counts.listWrongEscrow,
  'HIT counters': counts.listWrongHITCounters,
  'worker counters': counts.listWrongWorkerCounters,
  groups: counts.listWrongGroupCounts,
  types: counts.listWrongTypeCounts,
  days: record.listWrongDays,
  batches: record.listWrongBatches,
} satisfies Record<string, (tx: Read) => Promise<unknown[]>>

type Question = keyof typeof questions

async function ask(tx: Read): Promise<Partial<Record<Question, unknown[]>>> {
  const answers: Partial<Record<Question, unknown[]>> = {}
  for (const [name, question] of Object.entries(questions)) {
    const found = await question(tx)
    if (found.length > 0) answers[name as Question] = found
  }
  return answers
}

interface Sound {
  requesterId: string
  workerId: string
  typeId: string
  hitId: string
  openId: string
  approvedId: string
  bonusId: string
}

/** One HIT of four assignments: one open, one approved, one rejected, one free, and a bonus. */
async function buildSound(tx: Write): Promise<Sound> {
  const requesterId = ids.person()
  const workerId = ids.person()
  const type = sampleType({ requesterId })
  const counters = { maxAssignments: 4, firstAssignments: 4, pending: 1, submitted: 2, reviewed: 2 }
  const bare = sampleHIT({ requesterId, hitTypeId: type.id, escrow: cents(0), ...counters })
  const of = (worker: string) =>
    sampleAssignment({ hitId: bare.id, hitTypeId: type.id, requesterId, workerId: worker })
  const [open, approved, rejected] = [of(workerId), of(ids.person()), of(ids.person())]
  const bonus = { id: ids.entity(tx.now), requesterId, workerId, amount: cents(50), fee: cents(10) }
  const paid = payment(bare, approved.id, approved.workerId)
  const held = [...hold(bare, cents(36)), ...paid]
  await hitTypes.addUnlessEqual(tx, type, ids.person())
  await hitTypes.addHIT(tx, type.id)
  await post(tx, [...deposit(requesterId, cents(1000), 'x'), ...held], tx.now)
  await hits.add(tx, withEscrow(bare, held))
  for (const one of [open, approved, rejected]) {
    await assignments.add(tx, one)
    await workerGroups.addToDone(tx, one.workerId, type.id, 1)
  }
  const submittedAt = usualNow + 60_000
  await assignments.move(tx, 'open', { ...approved, state: 'Approved', submittedAt })
  await assignments.move(tx, 'open', { ...rejected, state: 'Rejected', submittedAt })
  await workerAccounts.count(tx, workerId, { accepted: 1, held: 1, bonuses: 50 })
  await workerAccounts.count(tx, approved.workerId, {
    accepted: 1,
    submitted: 1,
    approved: 1,
    rewards: 10,
  })
  // This one came with a record of five earlier pieces.
  const rejecter = { accepted: 6, submitted: 6, approved: 4, rejected: 2 }
  await workerAccounts.count(tx, rejected.workerId, rejecter)
  const { bonusPayment } = await import('../domain/ledger.ts')
  await post(tx, bonusPayment(bonus), tx.now)
  const done = { submitted: 1, seconds: 60, reviewed_seconds: 60 }
  const [good, bad] = [
    { ...done, approved: 1, rewards: 10 },
    { ...done, rejected: 1 },
  ]
  await workerDays.count(tx, workerId, '2026-01-01', { bonuses: 50 })
  await workerDays.count(tx, approved.workerId, '2026-01-01', good)
  await workerDays.count(tx, approved.workerId, '2026-01-02', { earned: 10 })
  await workerDays.count(tx, rejected.workerId, '2026-01-01', bad)
  await workerBatches.count(tx, workerId, type.id, 1, { bonuses: 50 })
  await workerBatches.count(tx, approved.workerId, type.id, 1, good)
  await workerBatches.count(tx, rejected.workerId, type.id, 1, bad)
  const row = { ...bonus, hitId: bare.id, assignmentId: open.id, reason: '', grantedAt: 1 }
  await bonuses.add(tx, row)
  const typeId = type.id
  return {
    requesterId,
    workerId,
    typeId,
    hitId: bare.id,
    openId: open.id,
    approvedId: approved.id,
    bonusId: bonus.id,
  }
}

/** Adds `by` to a number of the row whose `key` is `id`. */
function shift<T extends keyof MarketTables & string>(
  table: T,
  column: string,
  key: string,
  by: number,
  and = sql<boolean>`1 = 1`,
) {
  return write<{ id: string }, unknown>(({ db }, p) =>
    db
      .updateTable(table as 'hit')
      .set({ [column]: sql`${sql.ref(column)} + ${sql.lit(by)}` } as never)
      .where(key as 'id', '=', p.id)
      .where(and),
  )
}

const setState = (state: string) =>
  write<{ id: string }, unknown>(({ db }, p) =>
    db
      .updateTable('assignment')
      .set({ state: sql.lit(state) })
      .where('id', '=', p.id),
  )

const remove = (kind: string) =>
  write<{ id: string }, unknown>(({ db }, p) =>
    db.deleteFrom('transfer').where('reference', '=', p.id).where('kind', '=', sql.lit(kind)),
  )

const of = (kind: string) => sql<boolean>`kind = ${sql.lit(kind)}`

type Disorder = [name: string, row: keyof Sound, change: ReturnType<typeof setState>, told: Question[]]

const disorders: Disorder[] = [
  [
    'a requester has a cent more',
    'requesterId',
    shift('requester_account', 'available', 'requester_id', 1),
    ['sum', 'balances'],
  ],
  [
    'a worker has a cent less',
    'workerId',
    shift('worker_account', 'balance', 'worker_id', -1),
    ['sum', 'balances'],
  ],
  ['an escrow has a cent more', 'hitId', shift('hit', 'escrow', 'id', 1), ['sum', 'balances', 'escrow']],
  ['a hold is a cent more', 'hitId', shift('transfer', 'amount', 'reference', 1, of('hold')), ['balances']],
  [
    'a reward is a cent more',
    'approvedId',
    shift('transfer', 'amount', 'reference', 1, of('reward')),
    ['balances', 'payments', 'worker counters', 'days'],
  ],
  [
    'a reward is missing',
    'approvedId',
    remove('reward'),
    ['balances', 'payments', 'worker counters', 'days'],
  ],
  ['a fee is missing', 'approvedId', remove('fee'), ['sum', 'balances', 'payments']],
  [
    'open work is taken for approved',
    'openId',
    setState('Approved'),
    ['payments', 'HIT counters', 'worker counters'],
  ],
  [
    'approved work is taken for rejected',
    'approvedId',
    setState('Rejected'),
    ['payments', 'worker counters', 'days', 'batches'],
  ],
  [
    'approved work is taken for returned',
    'approvedId',
    setState('returned'),
    ['payments', 'HIT counters', 'worker counters', 'groups', 'days', 'batches'],
  ],
  ['a bonus is a cent more', 'bonusId', shift('bonus', 'amount', 'id', 1), ['bonuses', 'batches']],
  ['the fee of a bonus is a cent more', 'bonusId', shift('bonus', 'fee', 'id', 1), ['bonuses']],
  ['a bonus fee is missing', 'bonusId', remove('bonus fee'), ['sum', 'balances', 'bonuses']],
  ['a HIT counts more pending', 'hitId', shift('hit', 'pending', 'id', 1), ['HIT counters']],
  ['a HIT counts less submitted', 'hitId', shift('hit', 'submitted', 'id', -1), ['HIT counters']],
  ['a HIT counts more reviewed', 'hitId', shift('hit', 'reviewed', 'id', 1), ['escrow', 'HIT counters']],
  [
    'a HIT gave away too many slots',
    'hitId',
    shift('hit', 'max_assignments', 'id', -2),
    ['escrow', 'HIT counters'],
  ],
  [
    'a worker counts more accepted',
    'workerId',
    shift('worker_account', 'accepted', 'worker_id', 1),
    ['worker counters'],
  ],
  [
    'a worker counts more held',
    'workerId',
    shift('worker_account', 'held', 'worker_id', 1),
    ['worker counters'],
  ],
  [
    'a worker counts more returned',
    'workerId',
    shift('worker_account', 'returned', 'worker_id', 1),
    ['worker counters'],
  ],
  [
    'a worker counts more abandoned',
    'workerId',
    shift('worker_account', 'abandoned', 'worker_id', 1),
    ['worker counters'],
  ],
  [
    'a worker counts more approved',
    'workerId',
    shift('worker_account', 'approved', 'worker_id', 1),
    ['worker counters'],
  ],
  [
    'a worker counts more rejected',
    'workerId',
    shift('worker_account', 'rejected', 'worker_id', 1),
    ['worker counters'],
  ],
  [
    'a worker counts more rewards',
    'workerId',
    shift('worker_account', 'rewards', 'worker_id', 1),
    ['worker counters'],
  ],
  [
    'a worker counts more bonuses',
    'workerId',
    shift('worker_account', 'bonuses', 'worker_id', 1),
    ['worker counters'],
  ],
  ['a group counts more done', 'workerId', shift('worker_group', 'done', 'worker_id', 1), ['groups']],
  ...['submitted', 'approved', 'rejected', 'rewards', 'bonuses', 'earned', 'seconds', 'reviewed_seconds'].map(
    (counter): Disorder => [
      `a day counts more ${counter}`,
      'workerId',
      shift('worker_day', counter, 'worker_id', 1),
      ['days'],
    ],
  ),
  ...['submitted', 'approved', 'rejected', 'rewards', 'bonuses'].map((counter): Disorder => [
    `a batch counts more ${counter}`,
    'workerId',
    shift('worker_batch', counter, 'worker_id', 1),
    ['batches'],
  ]),
  ['a type counts more HITs', 'typeId', shift('hit_type', 'hits', 'id', 1), ['types']],
]

const both = (body: (stores: () => { production: TestStore }) => void) => onBothStores('the audit', body)

both((stores) => {
  test('has nothing to tell of a market in order [design 6]', async () => {
    const { production } = stores()
    expect(await production.read(ask)).toEqual({})
    const answers = await production.discard(async (tx) => {
      await buildSound(tx)
      await buildSound(tx)
      return ask(tx)
    })
    expect(answers).toEqual({})
  })

  describe('tells', () => {
    test.for(disorders)('that %s', async ([, row, change, told]) => {
      const answers = await stores().production.discard(async (tx) => {
        const sound = await buildSound(tx)
        expect(await tx.change(change, { id: sound[row] })).toBeGreaterThan(0)
        return ask(tx)
      })
      expect(Object.keys(answers).toSorted()).toEqual(told.toSorted())
    })
  })

  test('tells of a second payment for the same work', async () => {
    const answers = await stores().production.discard(async (tx) => {
      const { hitId, approvedId, workerId } = await buildSound(tx)
      const hit = (await hits.find(tx, hitId))!
      await post(tx, payment(hit, approvedId, workerId), tx.now)
      return ask(tx)
    })
    expect(answers.payments).toMatchObject([{ rewards: 2, fees: 2, rewardCents: 20, dueRewardCents: 10 }])
  })

  test('names what is wrong with its figures, and at most a hundred of each kind', async () => {
    const answers = await stores().production.discard(async (tx) => {
      const all: Sound[] = []
      for (let i = 0; i < 101; i++) all.push(await buildSound(tx))
      for (const { hitId } of all) await tx.change(shift('hit', 'escrow', 'id', 5), { id: hitId })
      return { ...(await ask(tx)), first: all[0]!.hitId }
    })
    expect(answers.sum).toEqual([505])
    expect(answers.escrow).toHaveLength(100)
    expect(answers.escrow![0]).toEqual({ hitId: answers.first, escrow: 29, due: 24 })
    expect(answers.balances![0]).toEqual({ account: `escrow:${answers.first}`, kept: 29, moved: 24 })
  })
})
