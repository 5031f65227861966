import { isFault } from '../../domain/fault.ts'
import type { Cursor } from '../../store/cursor.ts'
import * as claims from '../../store/claims.ts'
import * as types from '../../store/qualification-types.ts'
import * as qualifications from '../../store/qualifications.ts'
import type { Read } from '../../store/tx.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { pageMembers, readPage } from '../paging.ts'
import { findWorkerRecord, type KnownWorker } from '../worker-record.ts'
import { createTypeDescriber, systemTypesFor, type TypeForWorker } from './qualification-for-worker.ts'

export interface HeldQuery {
  /** Where to go on, as the page before told; it goes before `offset`. */
  token?: string | undefined
  /** So many from the first. */
  offset?: number
  limit: number
}

export interface HeldPage {
  /** Each has `held`. */
  types: TypeForWorker[]
  /** Over all pages. */
  total: number
  /** Where the next page begins; undefined on the last. */
  next: string | undefined
}

/** A place among those of the system, which stand first: no grant has this time. */
const systemTime = 0

/**
 * What the worker has: what the system computes, then what requesters granted, latest first [websites 1.11].
 * WorkerDoesNotExist, InvalidParameterValue for a token that is none of his.
 */
export const ListQualifications = read<WorkerCaller, HeldQuery, HeldPage>(
  'ListQualifications',
  async (tx, { workerId }, { token, offset = 0, limit }) => {
    const worker = await findWorkerRecord(tx, workerId, [])
    if (isFault(worker)) return worker
    const page = readPage({ NextToken: token, MaxResults: limit }, 'ListQualifications', workerId)
    if (isFault(page)) return page
    const system = (await systemTypesFor(tx, worker)).filter(({ held }) => held !== undefined)
    const { after } = page
    // One more than is shown tells whether there is another page.
    const first = after === undefined ? offset : placeAfter(system, after)
    const head = system.slice(first, first + limit + 1)
    const custom = await listCustom(tx, worker, {
      after: after?.time === systemTime ? undefined : after,
      offset: after === undefined ? Math.max(0, offset - system.length) : 0,
      limit: limit + 1 - head.length,
    })
    const found = [...head, ...custom]
    const shown = found.slice(0, limit)
    const { NextToken } = pageMembers(page, shown, placeOf)
    return {
      types: shown,
      total: system.length + (await countCustom(tx, worker)),
      next: found.length > limit ? NextToken : undefined,
    }
  },
)

function placeAfter(system: readonly TypeForWorker[], { time, id }: Cursor): number {
  return time === systemTime ? system.findIndex((type) => type.id === id) + 1 : system.length
}

function placeOf({ id, owner, held }: TypeForWorker): Cursor {
  return { time: owner === undefined || held === undefined ? systemTime : held.grantedAt, id }
}

/** Throws when a type is missing: types are never taken out. */
async function listCustom(tx: Read, worker: KnownWorker, page: CustomPage): Promise<TypeForWorker[]> {
  const describe = createTypeDescriber(tx, worker.id)
  const found: TypeForWorker[] = []
  for (const { qualificationTypeId } of await listHeld(tx, worker, page)) {
    const type = await types.find(tx, qualificationTypeId)
    if (type === undefined) throw new Error(`a qualification lacks its type ${qualificationTypeId}`)
    found.push(await describe(type))
  }
  return found
}

interface CustomPage {
  after: Cursor | undefined
  offset: number
  limit: number
}

type Held = { qualificationTypeId: string; grantedAt: number }

/** His own and those of the ids that he has claimed in one order; these are few, so a page of each is enough. */
async function listHeld(tx: Read, worker: KnownWorker, page: CustomPage): Promise<Held[]> {
  if (worker.claims.length === 0) return qualifications.listOfWorker(tx, worker.id, page)
  const { after, offset, limit } = page
  const whole = { after, limit: offset + limit }
  const held: Held[] = await qualifications.listOfWorker(tx, worker.id, whole)
  for (const claim of worker.claims) held.push(...(await claims.listValues(tx, claim, worker.id, whole)))
  const inOrder = held.toSorted(
    (one, other) =>
      other.grantedAt - one.grantedAt || (one.qualificationTypeId < other.qualificationTypeId ? -1 : 1),
  )
  return inOrder.slice(offset, offset + limit)
}

async function countCustom(tx: Read, worker: KnownWorker): Promise<number> {
  let count = await qualifications.countGranted(tx, worker.id)
  for (const claim of worker.claims) count += await claims.countValues(tx, claim, worker.id)
  return count
}
