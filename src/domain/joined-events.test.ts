import { expect, test } from 'vitest'
import { joinedDocument, joinEvents, type WaitingEvent } from './joined-events.ts'
import { eventDocument } from './notification.ts'

interface Event extends WaitingEvent {
  id: string
}

/** `H1` is an event of that HIT of type T; `H1/U` of type U; `H1!` is sealed; `H1@R` is of requester R. */
function event(text: string, index: number): Event {
  const [, hitId = '', hitTypeId = 'T', requesterId = 'A', version = '2014-08-15', seal] =
    /^(\w+)(?:\/(\w+))?(?:@(\w+))?(?:~([\d-]+))?(!)?$/.exec(text)!
  const head = { documentId: `d${index}`, requesterId, sourceAccount: '123456789012', version }
  const document = eventDocument(head, { kind: 'HITCreated', timestamp: `${index}`, hitId, hitTypeId })
  return { id: `${index}`, requesterId, hitId, hitTypeId, document, isSealed: seal !== undefined }
}

/** The documents as the places of their events. */
const joined = (texts: string, limit: number) =>
  joinEvents(texts.split(' ').map(event), limit).map(({ first, others }) =>
    [first, ...others].map(({ id }) => id).join(' '),
  )

test.each([
  ['one type shares a document, HITs of it too', 'H1 H1 H2 H1', 10, ['0 1 2 3']],
  ['as many as may', 'H1 H2 H3 H4 H5', 2, ['0 1', '2 3', '4']],
  ['with a limit of one nothing is joined', 'H1 H1', 1, ['0', '1']],
  ['two types do not share [notifications 5.4]', 'H1 H2/U H3', 10, ['0 2', '1']],
  ['nor two requesters', 'H1 H2@B H3', 10, ['0 2', '1']],
  ['nor two versions', 'H1 H2~2006-05-05 H3', 10, ['0 2', '1']],
  ['a HIT that changed its type stays in order', 'H1 H1/U H1', 10, ['0', '1', '2']],
  ['and others behind it go on from there', 'H1 H1/U H1 H2', 10, ['0', '1', '2 3']],
  ['and the second type likewise', 'H1 H2/U H1 H1/U H2', 10, ['0 2', '1 3', '4']],
  ['a sealed document is joined by nothing', 'H1! H1 H2', 10, ['0', '1 2']],
  ['and what is behind it does not come before it', 'H1 H2! H3 H1', 10, ['0', '1', '2 3']],
  ['nothing', 'H1', 10, ['0']],
])('%s: %s', (_, texts, limit, documents) => {
  expect(joined(texts, limit)).toEqual(documents)
})

test('a document that would be too long for a queue is not joined [notifications 5.4]', () => {
  const long = { ...event('H1', 0), document: '' }
  const document = JSON.stringify({ Events: [{ Answer: 'ŝ'.repeat(60_000) }], EventDocVersion: 'v' })
  const all = Array.from({ length: 5 }, (_, i) => ({ ...long, id: `${i}`, document }))
  const sizes = joinEvents(all, 10).map((one) => Buffer.byteLength(joinedDocument(one)))
  expect(sizes).toHaveLength(3)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(262_144)
})

test('the joined document has the first one’s id and members in order [notifications 5.3, 5.4]', () => {
  const [one] = joinEvents(['H1', 'H2'].map(event), 10)
  expect(joinedDocument(one!)).toBe(
    '{"Events":[{"EventType":"HITCreated","EventTimestamp":"0","HITId":"H1","HITTypeId":"T"},' +
      '{"EventType":"HITCreated","EventTimestamp":"1","HITId":"H2","HITTypeId":"T"}],' +
      '"EventDocId":"d0","SourceAccount":"123456789012","CustomerId":"A","EventDocVersion":"2014-08-15"}',
  )
  const [alone] = joinEvents([event('H1', 0)], 10)
  expect(joinedDocument(alone!)).toBe(alone!.first.document)
})
