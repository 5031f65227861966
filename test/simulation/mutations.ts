// Ways to break one act of the market each, from outside: between operations and store a statement is left out, done
// twice, or done with another value. Statements are known by the names of their parameters.
import type { Run } from '../support/recorded-store.ts'

type Parameters = Record<string, unknown>

/** What becomes of a run that a mutation meets: `undefined` lets it be. */
export type Outcome =
  | { kind: 'leave out'; answer: unknown }
  | { kind: 'twice'; again: Parameters }
  | { kind: 'instead'; parameters: Parameters }
  | { kind: 'answer'; change: (rows: unknown[]) => unknown[] }

export interface Mutation {
  name: string
  meet(run: Run): Outcome | undefined
}

export const has = ({ parameters }: Run, ...names: string[]) => names.every((name) => name in parameters)
export const isWrite = ({ statement }: Run) => statement.kind === 'write'

/** The statements by what they do. */
const statements = {
  transfer: (run: Run) => has(run, 'debit', 'credit', 'kind'),
  credit: (run: Run) => has(run, 'id', 'amount', 'room'),
  debit: (run: Run) =>
    isWrite(run) && has(run, 'id', 'amount') && !has(run, 'room') && !has(run, 'kind') && !has(run, 'state'),
  worker: (run: Run) => has(run, 'balance', 'held', 'accepted', 'id'),
  newHIT: (run: Run) => has(run, 'slots_held', 'pick'),
  hit: (run: Run) => has(run, 'slots_held', 'status') && !has(run, 'pick'),
  move: (run: Run) => has(run, 'from', 'to', 'approved_at'),
  newAssignment: (run: Run) => has(run, 'accepted_at', 'deadline'),
  group: (run: Run) => isWrite(run) && has(run, 'workerId', 'hitTypeId', 'change'),
  type: (run: Run) => isWrite(run) && has(run, 'id', 'added'),
  day: (run: Run) => isWrite(run) && has(run, 'day', 'earned'),
  batch: (run: Run) => isWrite(run) && has(run, 'hitTypeId', 'reviewed_seconds'),
  token: (run: Run) => isWrite(run) && has(run, 'token', 'object_id'),
  block: (run: Run) => has(run, 'blocked_at', 'reason'),
  unblock: (run: Run) =>
    isWrite(run) && has(run, 'requesterId', 'workerId') && Object.keys(run.parameters).length === 2,
  isBlocked: (run: Run) =>
    !isWrite(run) && has(run, 'requesterId', 'workerId') && Object.keys(run.parameters).length === 2,
  bonus: (run: Run) => has(run, 'granted_at', 'assignment_id'),
  answer: (run: Run) => has(run, 'assignment_id', 'document'),
  offer: (run: Run) => has(run, 'hitTypeId', 'workerId', 'from'),
  page: (run: Run) => !isWrite(run) && has(run, 'limit', 'time', 'id'),
  dueList: (run: Run) =>
    !isWrite(run) && has(run, 'now', 'limit') && Object.keys(run.parameters).length === 2,
  overdue: (run: Run) =>
    !isWrite(run) && has(run, 'hitId', 'now') && Object.keys(run.parameters).length === 2,
  overdueOfRequester: (run: Run) =>
    !isWrite(run) && has(run, 'requesterId', 'now', 'limit') && !has(run, 'time'),
} satisfies Record<string, (run: Run) => boolean>

type Name = keyof typeof statements
type When = (parameters: Parameters) => boolean
/** A statement by its name above, or by what tells it. */
type Which = Name | ((run: Run) => boolean)

const isOne = (which: Which, run: Run) => (typeof which === 'string' ? statements[which](run) : which(run))

const always: When = () => true

export const leaveOut = (name: string, of: Which, when = always, answer: unknown = 1): Mutation => ({
  name,
  meet: (run) => (isOne(of, run) && when(run.parameters) ? { kind: 'leave out', answer } : undefined),
})

export const twice = (
  name: string,
  of: Which,
  when = always,
  again: (p: Parameters) => Parameters = (p) => p,
): Mutation => ({
  name,
  meet: (run) =>
    isOne(of, run) && when(run.parameters) ? { kind: 'twice', again: again(run.parameters) } : undefined,
})

export const instead = (
  name: string,
  of: Which,
  change: (p: Parameters) => Parameters,
  when = always,
): Mutation => ({
  name,
  meet: (run) =>
    isOne(of, run) && when(run.parameters)
      ? { kind: 'instead', parameters: { ...run.parameters, ...change(run.parameters) } }
      : undefined,
})

export const answering = (
  name: string,
  of: Which,
  change: (rows: unknown[]) => unknown[],
  when = always,
): Mutation => ({
  name,
  meet: (run) => (isOne(of, run) && when(run.parameters) ? { kind: 'answer', change } : undefined),
})

const kind =
  (...kinds: string[]): When =>
  (p) =>
    kinds.includes(String(p.kind))
const to =
  (...states: string[]): When =>
  (p) =>
    states.includes(String(p.to))
const raises =
  (counter: string): When =>
  (p) =>
    Number(p[counter]) > 0
export const plus = (member: string, by: number) => (p: Parameters) => ({ [member]: Number(p[member]) + by })
export const anew = (p: Parameters) => ({ ...p, id: `${String(p.id)}X` })

/** Money that does not go where it should. */
const money: Mutation[] = [
  ...['deposit', 'hold', 'release', 'reward', 'fee', 'bonus', 'bonus fee'].map((of) =>
    leaveOut(`a ${of} is not written`, 'transfer', kind(of)),
  ),
  twice('a reward is paid twice', 'transfer', kind('reward'), anew),
  twice('a fee is paid twice', 'transfer', kind('fee'), anew),
  twice('a bonus is paid twice', 'transfer', kind('bonus'), anew),
  instead('a fee is a cent more', 'transfer', plus('amount', 1), kind('fee')),
  instead('a reward goes to the fees', 'transfer', () => ({ credit: 'fees' }), kind('reward')),
  leaveOut('the requester does not pay', 'debit'),
  twice('the requester pays twice', 'debit'),
  leaveOut('the requester gets nothing back', 'credit'),
  twice('the requester gets it back twice', 'credit'),
  instead(
    'the worker gets no reward',
    'worker',
    (p) => ({ rewards: 0, balance: p.bonuses }),
    raises('rewards'),
  ),
  instead(
    'the worker gets his reward twice',
    'worker',
    (p) => ({ rewards: Number(p.rewards) * 2, balance: Number(p.balance) + Number(p.rewards) }),
    raises('rewards'),
  ),
  instead(
    'the worker gets no bonus',
    'worker',
    (p) => ({ bonuses: 0, balance: p.rewards }),
    raises('bonuses'),
  ),
  instead('the balance does not follow the reward', 'worker', () => ({ balance: 0 }), raises('rewards')),
  instead('the escrow of a new HIT is a cent more', 'newHIT', plus('escrow', 1)),
  instead('the escrow of a HIT is a cent more', 'hit', plus('escrow', 1)),
  instead('the fee of a new HIT is a cent less', 'newHIT', plus('fee', -1)),
  leaveOut('a bonus is not listed', 'bonus'),
]

/** Counters that are not kept. */
const counters: Mutation[] = [
  ...['accepted', 'returned', 'abandoned', 'submitted', 'approved', 'rejected', 'held'].map((counter) =>
    instead(
      `${counter} is not counted`,
      'worker',
      () => ({ [counter]: 0 }),
      (p) => p[counter] !== 0,
    ),
  ),
  instead(
    'an override leaves the rejection',
    'worker',
    () => ({ rejected: 0 }),
    (p) => p.rejected === -1,
  ),
  ...['pending', 'submitted', 'reviewed'].map((counter) =>
    instead(`a HIT counts one ${counter} less`, 'hit', plus(counter, -1), raises(counter)),
  ),
  leaveOut('what a worker has had of a group is not counted', 'group'),
  leaveOut('what a worker gives back stays counted', 'group', (p) => p.change === -1),
  leaveOut('the HITs of a type are not counted', 'type'),
  leaveOut('what a worker did on a day is not counted', 'day'),
  leaveOut('what a worker did of a batch is not counted', 'batch'),
]

/** States, times and texts that are not kept. */
const states: Mutation[] = [
  instead('rejected work is approved', 'move', () => ({ to: 'Approved' }), to('Rejected')),
  instead('approved work is rejected', 'move', () => ({ to: 'Rejected' }), to('Approved')),
  instead('lost work is given back', 'move', () => ({ to: 'returned' }), to('abandoned')),
  instead(
    'feedback is lost',
    'move',
    () => ({ feedback: null }),
    (p) => p.feedback !== null,
  ),
  instead('the time of approval is a second late', 'move', plus('approved_at', 1000), to('Approved')),
  instead('the time of submission is a second late', 'move', plus('submitted_at', 1000), to('Submitted')),
  instead(
    'auto-approval is a second late',
    'move',
    (p) => ({ ...plus('auto_approval_at', 1000)(p), ...plus('due_at', 1000)(p) }),
    to('Submitted'),
  ),
  instead('submitted work is never due', 'move', () => ({ due_at: null }), to('Submitted')),
  instead('the deadline is a second late', 'newAssignment', (p) => ({
    ...plus('deadline', 1000)(p),
    ...plus('due_at', 1000)(p),
  })),
  instead('open work is never due', 'newAssignment', () => ({ due_at: null })),
  instead(
    'a HIT stays assignable',
    'hit',
    () => ({ status: 'Assignable' }),
    (p) => p.status === 'Unassignable',
  ),
  instead(
    'a HIT is not shown as reviewable',
    'hit',
    () => ({ status: 'Unassignable' }),
    (p) => p.status === 'Reviewable',
  ),
  instead(
    'a deleted HIT stays',
    'hit',
    () => ({ status: 'Reviewable' }),
    (p) => p.status === 'Disposed',
  ),
  instead('a new HIT expires a second late', 'newHIT', plus('expires_at', 1000)),
  instead('a HIT is never due', 'newHIT', () => ({ due_at: null })),
  instead('a HIT has a slot more', 'newHIT', plus('max_assignments', 1)),
  instead(
    'the slots of an expired HIT are held on',
    'hit',
    () => ({ slots_held: 1 }),
    (p) => p.slots_held === 0,
  ),
  leaveOut('a paid token is not remembered', 'token', kind('bonus')),
  leaveOut('a token is not remembered', 'token', kind('create')),
  leaveOut('a token of more assignments is not remembered', 'token', kind('extend')),
  leaveOut('a block is not kept', 'block'),
  instead('the reason of a block is another', 'block', () => ({ reason: 'none' })),
  leaveOut('a block is not taken away', 'unblock'),
  instead('an answer is taken for another', 'answer', (p) => ({ document: `${String(p.document)}X` })),
]

/** What is read is not what is there. */
const reads: Mutation[] = [
  answering('nobody is blocked', 'isBlocked', () => []),
  answering('nothing is offered', 'offer', () => []),
  answering('a page is turned round', 'page', (rows) => rows.toReversed()),
  answering('a page loses its last row', 'page', (rows) => rows.slice(0, -1)),
  answering('timers find nothing', 'dueList', () => []),
  answering('nothing is ever late', 'overdue', () => []),
  answering('nothing of a requester is ever late', 'overdueOfRequester', () => []),
]

export const mutations: readonly Mutation[] = [...money, ...counters, ...states, ...reads]

/** Those that leave a trace in the books for ever, however seldom they happen. */
export const lasting: readonly Mutation[] = [...money, ...counters]
