// What the outbox holds against what the model expects: each event once, in the order of its HIT, and none while
// nobody wanted to hear of it [notifications 4].
import assert from 'node:assert/strict'
import * as outbox from '../../src/store/outbox.ts'
import type { ToldDocument } from '../support/notifications.ts'
import type { World } from './world.ts'

const pageSize = 50

/** Compares everything that was written since the last comparison. Nothing may be due. */
export async function compareEvents(world: World): Promise<void> {
  const told = new Map<string, string[]>()
  for (const { document, hitId } of await newMessages(world)) {
    const { Events } = JSON.parse(document) as ToldDocument
    assert.equal(Events.length, 1)
    const { EventType, EventTimestamp, HITGroupId, HITId, HITTypeId, AssignmentId, WorkerId, Answer } =
      Events[0]!
    assert.equal(HITId, hitId)
    const type = world.model.types.get(HITTypeId!)!
    type.groupId ||= HITGroupId!
    assert.equal(HITGroupId, type.groupId)
    assert.equal(
      Answer !== undefined,
      EventType === 'AssignmentSubmitted',
      'an answer is told with a submission',
    )
    const ofAssignment = AssignmentId === undefined ? '' : ` ${AssignmentId} of ${WorkerId}`
    const events = told.get(hitId) ?? []
    told.set(hitId, events)
    events.push(`${EventType}${ofAssignment} of type ${HITTypeId} at ${EventTimestamp}`)
  }
  const expected = world.model.told
  for (const part of parts)
    assert.deepEqual(sorted(told, part), sorted(expected, part), `events: ${part.name}`)
  expected.clear()
}

const isAcceptance = (event: string) => event.startsWith('AssignmentAccepted ')
const assignmentOf = (event: string) => / (\w+) of /.exec(event)?.[1] ?? ''

/**
 * What of a HIT's events must be in order. Whoever accepts from a group does not wait for what is overdue in the HIT that
 * he gets, so an acceptance may come before an event of another assignment that happened a moment earlier.
 */
const parts = [
  function acceptances(events: readonly string[]) {
    return events.filter(isAcceptance)
  },
  function others(events: readonly string[]) {
    return events.filter((event) => !isAcceptance(event))
  },
  function ofEachAssignment(events: readonly string[]) {
    return Object.entries(Object.groupBy(events, assignmentOf)).sort(([a], [b]) => (a < b ? -1 : 1))
  },
]

function sorted(told: ReadonlyMap<string, string[]>, partOf: (events: readonly string[]) => unknown) {
  const byHIT = [...told].sort(([a], [b]) => (a < b ? -1 : 1))
  return byHIT.map(([hitId, events]) => [hitId, partOf(events)] as const)
}

/** Messages since the last comparison, oldest first. */
async function newMessages(world: World): Promise<outbox.Message[]> {
  const { market, lastMessage } = world
  const found: outbox.Message[] = []
  for (;;) {
    const page = await market.market.store.read(0, (tx) => outbox.list(tx, found.at(-1)?.id, pageSize))
    const news = page.filter(({ id }) => id > lastMessage)
    found.push(...news)
    if (news.length < pageSize) break
  }
  world.lastMessage = found[0]?.id ?? lastMessage
  return found.reverse()
}
