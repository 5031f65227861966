// The nine lists that boto3 pages through, each filled entry by entry from inside the server, so that a hundred entries
// of each are there at once. Every list belongs to a requester of its own.
import { isFault, type Fault } from '../../src/domain/fault.ts'
import type { Market } from '../../src/market.ts'
import type { OperationInput } from '../../src/model/operations.ts'
import type { Caller, WriteOperation } from '../../src/operations/operation.ts'
import { operator } from '../../src/operations/operation.ts'
import { CreateWorker } from '../../src/operations/operator/CreateWorker.ts'
import { AssociateQualificationWithWorker } from '../../src/operations/requester/AssociateQualificationWithWorker.ts'
import { CreateHIT } from '../../src/operations/requester/CreateHIT.ts'
import { CreateQualificationType } from '../../src/operations/requester/CreateQualificationType.ts'
import { CreateWorkerBlock } from '../../src/operations/requester/CreateWorkerBlock.ts'
import { SendBonus } from '../../src/operations/requester/SendBonus.ts'
import { UpdateExpirationForHIT } from '../../src/operations/requester/UpdateExpirationForHIT.ts'
import { AcceptHIT } from '../../src/operations/worker/AcceptHIT.ts'
import { RequestQualification } from '../../src/operations/worker/RequestQualification.ts'
import { SubmitAssignment } from '../../src/operations/worker/SubmitAssignment.ts'
import { aHIT } from './market.ts'

/** The most entries that a list is given. */
export const most = 101

/** What the entries of lists are made in and of. */
export interface Ground {
  market: Market
  requesterId: string
  /** As many workers as there are entries at most. */
  workerIds: readonly string[]
}

/** A list that is there and grows. */
export interface OpenList {
  /** What a call for the list must say. */
  parameters: object
  /** Adds the entry of the number, from 0; answers what tells it from the others, and its name where that orders. */
  add(number: number): Promise<string | { id: string; name: string }>
}

export interface WalkedList {
  operation: string
  /** The member that tells entries apart. */
  identity: string
  /** By the time at which they were added, or by name; equal ones by id. */
  order: 'oldest first' | 'newest first' | 'name'
  /** Whether the id that orders entries of one moment cannot be seen. */
  hidesId?: boolean
  /** Whether the time that orders entries is kept in whole seconds. */
  wholeSeconds?: boolean
  open(ground: Ground): Promise<OpenList>
}

type Must = <C extends Caller, I, O, K>(
  operation: WriteOperation<C, I, O, K>,
  caller: C,
  input: I,
) => Promise<Exclude<O, Fault>>

function acting({ market, requesterId }: Ground) {
  const must: Must = async (operation, caller, input) => {
    const output = await market.runner.run(operation, caller, input)
    if (isFault(output)) throw new Error(`${operation.name} was refused: ${JSON.stringify(output)}`)
    return output as never
  }
  const requester = { kind: 'requester', requesterId } as const
  return {
    must,
    requester,
    createHIT: async (changes: Partial<OperationInput<'CreateHIT'>> = {}) =>
      (await must(CreateHIT, requester, aHIT(changes))).HIT!.HITId!,
    createType: async (Name: string) => {
      const input = { Name, Description: 'Knows birds.', QualificationTypeStatus: 'Active' } as const
      return (await must(CreateQualificationType, requester, input)).QualificationType!.QualificationTypeId!
    },
    async accept(workerId: string, hitId: string) {
      return (await must(AcceptHIT, { kind: 'worker', workerId }, { hitId })).id
    },
    async submit(workerId: string, assignmentId: string) {
      const answers = [{ kind: 'FreeText', identifier: 'species', text: 'wren' }] as const
      await must(SubmitAssignment, { kind: 'worker', workerId }, { assignmentId, answers })
    },
  }
}

/** A number below `most` for each: entries are not added in the order in which what they are made of was made. */
const shuffled = (number: number) => (number * 37) % most

export const walkedLists: readonly WalkedList[] = [
  {
    operation: 'ListHITs',
    identity: 'HITId',
    order: 'newest first',
    open: (ground) => {
      const { createHIT } = acting(ground)
      return Promise.resolve({ parameters: {}, add: () => createHIT() })
    },
  },
  {
    operation: 'ListReviewableHITs',
    identity: 'HITId',
    order: 'newest first',
    // The Expiration of a HIT that expires by a call [hits 5.6].
    wholeSeconds: true,
    async open(ground) {
      const { must, requester, createHIT } = acting(ground)
      const ids: string[] = []
      for (let number = 0; number < most; number++) ids.push(await createHIT())
      return {
        parameters: {},
        async add(number) {
          const HITId = ids[shuffled(number)]!
          await must(UpdateExpirationForHIT, requester, { HITId, ExpireAt: 0 })
          return HITId
        },
      }
    },
  },
  {
    operation: 'ListHITsForQualificationType',
    identity: 'HITId',
    order: 'newest first',
    async open(ground) {
      const { createHIT, createType } = acting(ground)
      const QualificationTypeId = await createType('Knows birds')
      const QualificationRequirements = [{ QualificationTypeId, Comparator: 'Exists' }] as const
      return {
        parameters: { QualificationTypeId },
        // Registered types and others are in one list.
        add: (number) => createHIT({ QualificationRequirements, Title: `Birds ${number % 3}` }),
      }
    },
  },
  {
    operation: 'ListAssignmentsForHIT',
    identity: 'AssignmentId',
    order: 'oldest first',
    async open(ground) {
      const { createHIT, accept, submit } = acting(ground)
      const HITId = await createHIT({ MaxAssignments: most })
      const ids: string[] = []
      for (const workerId of ground.workerIds) ids.push(await accept(workerId, HITId))
      return {
        parameters: { HITId },
        async add(number) {
          const which = shuffled(number)
          await submit(ground.workerIds[which]!, ids[which]!)
          return ids[which]!
        },
      }
    },
  },
  {
    operation: 'ListBonusPayments',
    identity: 'Reason',
    order: 'oldest first',
    hidesId: true,
    async open(ground) {
      const { must, requester, createHIT, accept, submit } = acting(ground)
      const HITId = await createHIT()
      const WorkerId = ground.workerIds[0]!
      const AssignmentId = await accept(WorkerId, HITId)
      await submit(WorkerId, AssignmentId)
      return {
        parameters: { HITId },
        async add(number) {
          const Reason = `bird ${shuffled(number)}`
          await must(SendBonus, requester, { WorkerId, AssignmentId, BonusAmount: '0.01', Reason })
          return Reason
        },
      }
    },
  },
  {
    operation: 'ListWorkerBlocks',
    identity: 'WorkerId',
    order: 'oldest first',
    open: (ground) => {
      const { must, requester } = acting(ground)
      return Promise.resolve({
        parameters: {},
        async add(number) {
          const WorkerId = ground.workerIds[shuffled(number)]!
          await must(CreateWorkerBlock, requester, { WorkerId, Reason: 'A test.' })
          return WorkerId
        },
      })
    },
  },
  {
    operation: 'ListQualificationTypes',
    identity: 'QualificationTypeId',
    order: 'name',
    open: (ground) => {
      const { createType } = acting(ground)
      const words = ['wren', 'Zilpzalp', 'Ärgervogel', 'amsel', '🐦', '7 owls']
      return Promise.resolve({
        parameters: { MustBeRequestable: true, MustBeOwnedByCaller: true },
        async add(number) {
          const name = `${words[number % words.length]} ${shuffled(number)}`
          return { id: await createType(name), name }
        },
      })
    },
  },
  {
    operation: 'ListQualificationRequests',
    identity: 'QualificationRequestId',
    order: 'oldest first',
    async open(ground) {
      const { must, createType } = acting(ground)
      const types = [await createType('Knows birds'), await createType('Knows songs')]
      return {
        parameters: {},
        async add(number) {
          const workerId = ground.workerIds[shuffled(number)]!
          const target = { qualificationTypeId: types[number % types.length]! }
          return (await must(RequestQualification, { kind: 'worker', workerId }, target)).request.id
        },
      }
    },
  },
  {
    operation: 'ListWorkersWithQualificationType',
    identity: 'WorkerId',
    order: 'oldest first',
    async open(ground) {
      const { must, requester, createType } = acting(ground)
      const QualificationTypeId = await createType('Knows birds')
      return {
        parameters: { QualificationTypeId },
        async add(number) {
          const WorkerId = ground.workerIds[shuffled(number)]!
          await must(AssociateQualificationWithWorker, requester, { QualificationTypeId, WorkerId })
          return WorkerId
        },
      }
    },
  },
]

/** Makes the workers of a ground. */
export async function createWorkers(market: Market): Promise<string[]> {
  const made = await Promise.all(
    Array.from({ length: most }, () => market.runner.run(CreateWorker, operator, { name: 'Test Worker' })),
  )
  return made.map((worker) => {
    if (isFault(worker)) throw new Error(worker.fault)
    return worker.workerId
  })
}
