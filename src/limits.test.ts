// Amazon's business limits are written down twice on purpose: here from the specification, there for the program.
import { expect, test } from 'vitest'
import { market, server } from './limits.ts'

const second = 1000
const day = 24 * 3600 * second

test('the business limits are those of the real service [hits 4, 5, 6, 9, 10; websites 1.9, 1.13; qualifications 6, 7]', () => {
  expect(market).toEqual({
    titleLength: 128,
    descriptionLength: 2000,
    keywordsLength: 1000,
    annotationLength: 255,
    feedbackLength: 1024,
    reasonLength: 4096,
    questionBytes: 65_535,
    layoutBytes: 1_048_576,
    subjectLength: 200,
    messageLength: 4096,
    notifiedWorkers: 100,
    requirements: 10,
    assignmentDuration: { minimum: 30, maximum: 31_536_000 },
    autoApprovalDelay: { minimum: 0, maximum: 2_592_000, default: 2_592_000 },
    lifetime: { minimum: 30, maximum: 31_536_000 },
    assignments: { minimum: 1, maximum: 1_000_000_000 },
    expirationIncrement: { minimum: 60, maximum: 31_536_000 },
    blocks: 100_000,
    pageSize: 10,
    assignmentsWithHigherFee: 10,
    tokenLifetime: day,
    overrideWindow: 30 * day,
    bonusWindow: 183 * day,
    disposalAge: 120 * day,
    expireNowTolerance: 5 * second,
    queue: 25,
    acceptsPerDay: 3800,
    qualificationNameLength: 200,
    testDuration: { minimum: 1, maximum: 2_147_483_647 },
    retryDelay: { minimum: 0, maximum: 2_147_483_647 },
    destinationLength: 2000,
    eventDocumentBytes: 262_144,
    reviewPolicy: {
      score: { minimum: 0, maximum: 101 },
      agreementScore: { minimum: 1, maximum: 100 },
      extendedAssignments: { minimum: 2, maximum: 25, default: 5 },
      extendedTime: { minimum: 60, maximum: 31_536_000 },
      questionIdBytes: 255,
      comparedLength: 256,
      pageSize: 100,
    },
    approvedBeforePaid: 8 * 3600 * second,
  })
})

test('our own bounds fit each other', () => {
  // Clients give up after 30 s at the earliest, and must hear from us before [wire 1.1].
  expect(server.requestTimeout).toBeLessThan(30 * second)
  // A proxy must close an idle connection first; 60 s is the longest that is usual.
  expect(server.keepAliveTimeout).toBeGreaterThan(60 * second)
  // One system batch is what the design lets one transaction touch.
  expect(server.systemBatch).toBe(250)
  // A body that is refused for its length can still be read to its end.
  for (const bytes of [
    server.apiBodyBytes,
    server.submitBodyBytes,
    server.controlBodyBytes,
    server.formBodyBytes,
  ])
    expect(bytes).toBeLessThanOrEqual(server.drainBytes)
  // A question of the greatest size, each byte escaped, fits into a body.
  expect(market.questionBytes * 6).toBeLessThan(server.apiBodyBytes)
  // Work that competes is tried again, but not for ever.
  expect(server.attempts).toBeGreaterThanOrEqual(3)
  expect(server.attempts).toBeLessThanOrEqual(10)
})
