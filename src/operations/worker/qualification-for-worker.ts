// A qualification type as one worker sees it: what it is, what he has of it, and whether he may ask for it
// [websites 1.11, qualifications 2, 10].
import type { Fault } from '../../domain/fault.ts'
import {
  canRequest,
  retryTime,
  stateAt,
  type QualificationRequest,
} from '../../domain/qualification-request.ts'
import { foldCase, searchTextOf, type QualificationType } from '../../domain/qualification-type.ts'
import { systemValue, type QualificationValue } from '../../domain/qualification.ts'
import {
  findSystemType,
  listSystemTypes,
  systemTypesCreatedAt,
  type SystemQualificationType,
} from '../../domain/system-qualification-types.ts'
import * as claims from '../../store/claims.ts'
import * as requests from '../../store/qualification-requests.ts'
import * as qualifications from '../../store/qualifications.ts'
import * as requesters from '../../store/requesters.ts'
import type { Read } from '../../store/tx.ts'
import * as workers from '../../store/workers.ts'
import type { KnownWorker } from '../worker-record.ts'

/** What the worker has of a type. `grantedAt` is epoch milliseconds. */
export interface HeldValue {
  value: Exclude<QualificationValue, undefined>
  grantedAt: number
  /** The id of the real service to which it was granted, when he has claimed that. */
  earlierId?: string
}

/** A qualification type as one worker sees it. Times are epoch milliseconds, spans are seconds. */
export interface TypeForWorker {
  id: string
  name: string
  description: string
  keywords: string | undefined
  /** Whose it is; undefined for the system's own. */
  owner: { id: string; name: string } | undefined
  hasTest: boolean
  /** How long the test may take. */
  testDuration: number | undefined
  /** Whoever asks gets it at once. */
  isAutoGranted: boolean
  /** Whether workers may ask for it at all. */
  isRequestable: boolean
  /** Until a worker may ask again; undefined when he may ask once only. */
  retryDelay: number | undefined
  held: HeldValue | undefined
  /** His latest request, when that is still open: its test has time left, or its owner has not decided. */
  outstanding: QualificationRequest | undefined
  /** When the delay after his latest request ends, while it lasts. */
  retryAt: number | undefined
  /** Why he cannot ask for it now. */
  refusal: Fault | undefined
}

/** One page of a list that is read by numbers. */
export interface TypePage {
  types: TypeForWorker[]
  /** Over all pages. */
  total: number
}

/** Describes types of requesters to a worker; each requester's name is read once. */
export function createTypeDescriber(
  tx: Read,
  workerId: string,
): (type: QualificationType) => Promise<TypeForWorker> {
  const names = new Map<string, string>()
  let own: claims.Claim[] | undefined
  const heldOfType = async (type: QualificationType): Promise<HeldValue | undefined> => {
    const held = await qualifications.find(tx, type.id, workerId)
    if (held !== undefined)
      return held.status === 'Granted' ? { value: held.value, grantedAt: held.grantedAt } : undefined
    own ??= await claims.listOfWorker(tx, workerId)
    const claim = own.find(({ requesterId }) => requesterId === type.requesterId)
    const claimed = claim && (await claims.findValue(tx, claim, workerId, type.id))
    return claimed && { ...claimed, earlierId: claim.workerId }
  }
  return async (type) => {
    const { requesterId } = type
    const name = names.get(requesterId) ?? (await requesters.find(tx, requesterId))?.name ?? ''
    names.set(requesterId, name)
    const latest = await requests.findLatest(tx, type.id, workerId)
    return {
      id: type.id,
      name: type.name,
      description: type.description,
      keywords: type.keywords,
      owner: { id: requesterId, name },
      hasTest: type.test !== undefined,
      testDuration: type.testDuration,
      isAutoGranted: type.autoGrantedValue !== undefined,
      isRequestable: type.status === 'Active',
      retryDelay: type.retryDelay,
      held: await heldOfType(type),
      outstanding: latest && isOutstanding(latest, tx.now) ? latest : undefined,
      retryAt: laterThan(tx.now, latest && retryTime(type, latest)),
      refusal: canRequest(type, latest, tx.now),
    }
  }
}

function isOutstanding(request: QualificationRequest, now: number): boolean {
  const state = stateAt(request, now)
  return state === 'AwaitingTest' || state === 'Submitted'
}

function laterThan(now: number, time: number | undefined): number | undefined {
  return time !== undefined && time > now ? time : undefined
}

/** A type of the system, as a worker sees it. */
function describeSystemType(type: SystemQualificationType, held: HeldValue | undefined): TypeForWorker {
  return {
    id: type.id,
    name: type.name,
    description: type.description,
    keywords: undefined,
    owner: undefined,
    hasTest: false,
    testDuration: undefined,
    isAutoGranted: false,
    isRequestable: false,
    retryDelay: undefined,
    held,
    outstanding: undefined,
    retryAt: undefined,
    refusal: { fault: 'QualificationTypeNotRequestable' },
  }
}

/** A type of the system with the worker's value, also one that lists show no more; undefined when there is none. */
export async function findSystemTypeFor(
  tx: Read,
  worker: KnownWorker,
  id: string,
): Promise<TypeForWorker | undefined> {
  const type = findSystemType(id)
  return type && describeSystemType(type, await heldOf(tx, worker, id))
}

/** The types of the system that lists show and whose texts contain `searched`, each with the worker's value. */
export async function systemTypesFor(tx: Read, worker: KnownWorker, searched = ''): Promise<TypeForWorker[]> {
  const types: TypeForWorker[] = []
  for (const type of listSystemTypes(tx.settings.environment)) {
    if (!searchTextOf({ ...type, keywords: undefined }).includes(foldCase(searched))) continue
    types.push(describeSystemType(type, await heldOf(tx, worker, type.id)))
  }
  return types
}

/** What the system computes is his since he has an account. */
async function heldOf(tx: Read, worker: KnownWorker, id: string): Promise<HeldValue | undefined> {
  const value = systemValue(worker, id)
  if (value === undefined) return undefined
  const account = await workers.find(tx, worker.id)
  return { value, grantedAt: account?.createdAt ?? systemTypesCreatedAt }
}
