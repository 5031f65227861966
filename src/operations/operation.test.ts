import { expect, test } from 'vitest'
import { requesterWrite } from './operation.ts'

const caller = { kind: 'requester', requesterId: 'AREQUESTER' } as const

// Any operation does: what the audit names is told from input and output alone.
const { subject } = requesterWrite('CreateHIT', () => Promise.resolve({}))

test.each([
  [{ AssignmentId: 'A1', WorkerId: 'W1' }, {}, 'A1'],
  [{ HITId: 'H1', HITTypeId: 'T1' }, {}, 'H1'],
  [{ HITTypeId: 'T1' }, { HIT: { HITId: 'H1' } }, 'H1'],
  [{}, { HITTypeId: 'T1' }, 'T1'],
  [{ HITTypeId: 'T1' }, {}, 'T1'],
  [{ QualificationRequestId: 'Q1' }, {}, 'Q1'],
  [{ QualificationTypeId: 'Q1', WorkerId: 'W1' }, {}, 'Q1'],
  [{ Name: 'Birds' }, { QualificationType: { QualificationTypeId: 'Q1' } }, 'Q1'],
  [{ WorkerId: 'W1' }, {}, 'W1'],
  [{}, {}, 'AREQUESTER'],
])('the audit of a call with %j that gave %j names %s [design 4]', (input, output, named) => {
  expect(subject(caller, input as never, output as never)).toBe(named)
})
