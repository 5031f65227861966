import { expect, test } from 'vitest'
import { isOperationName, operationNames, operations } from './operations.ts'
import { boolean, list, optional, required, string, structure, type Shape } from './shape.ts'

test('a description cannot be changed, however deep', () => {
  const thawed: string[] = []
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    if (!Object.isFrozen(value)) thawed.push(path)
    for (const [name, of] of Object.entries(value)) visit(of, `${path}.${name}`)
  }
  visit(operations, 'operations')
  visit(
    structure('S', { A: required(list('L', string('T', { enum: ['a'] }))), B: optional(boolean('B')) }),
    'S',
  )
  expect(thawed).toEqual([])
})

test('members keep the order in which they are written, which is the model’s [wire 2.3]', () => {
  expect(Object.keys(operations.SendBonus.input.members)).toEqual([
    'WorkerId',
    'BonusAmount',
    'AssignmentId',
    'Reason',
    'UniqueRequestToken',
  ])
})

test('only the exact names of the 39 operations are names [wire 1.2]', () => {
  expect(operationNames).toHaveLength(39)
  for (const name of operationNames) expect(isOperationName(name)).toBe(true)
  for (const text of ['', 'gethit', 'GetHIT ', 'Nope', 'constructor', '__proto__', 'toString']) {
    expect(isOperationName(text), text).toBe(false)
  }
})

test('17 operations answer nothing [wire 2.2], 13 are not safe to repeat [wire 3.7]', () => {
  const all = Object.values(operations)
  expect(all.filter(({ output }) => Object.keys(output.members).length === 0)).toHaveLength(17)
  expect(all.filter(({ idempotent }) => !idempotent)).toHaveLength(13)
})

// Only a botocore beside the tests could tell otherwise, and not every machine has one.
test('the constraints are those of the specification, and there are no others [wire 3.5]', () => {
  const constrained: Record<string, unknown> = {}
  const visit = (shape: Shape): void => {
    if (shape.kind === 'list') visit(shape.item)
    if (shape.kind === 'structure') Object.values(shape.members).forEach((member) => visit(member.shape))
    const { kind, name, ...constraints } = shape
    if (kind === 'list' || kind === 'structure' || Object.keys(constraints).length === 0) return
    constrained[name] = 'enum' in constraints ? 'enum' : constraints
  }
  for (const { input, output } of Object.values(operations)) [input, output].forEach(visit)
  expect(constrained).toEqual({
    EntityId: { minimumLength: 1, maximumLength: 64, pattern: '^[A-Z0-9]+$' },
    CustomerId: { minimumLength: 1, maximumLength: 64, pattern: '^A[A-Z0-9]+$' },
    CurrencyAmount: { pattern: '^[0-9]+(\\.)?[0-9]{0,2}$' },
    IdempotencyToken: { minimumLength: 1, maximumLength: 64 },
    PaginationToken: { minimumLength: 1, maximumLength: 255 },
    ResultSize: { minimum: 1, maximum: 100 },
    CountryParameters: { minimumLength: 2, maximumLength: 2 },
    AssignmentStatus: 'enum',
    Comparator: 'enum',
    EventType: 'enum',
    HITAccessActions: 'enum',
    HITReviewStatus: 'enum',
    HITStatus: 'enum',
    NotificationTransport: 'enum',
    NotifyWorkersFailureCode: 'enum',
    QualificationStatus: 'enum',
    QualificationTypeStatus: 'enum',
    ReviewActionStatus: 'enum',
    ReviewPolicyLevel: 'enum',
    ReviewableHITStatus: 'enum',
  })
})
