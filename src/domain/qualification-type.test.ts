import { describe, expect, test } from 'vitest'
import {
  canChangeQualificationType,
  canRequire,
  isGone,
  searchTextOf,
  sortKeyOf,
  type QualificationType,
  type QualificationTypeStatus,
} from './qualification-type.ts'
import { isSystemType, mastersTypes, systemType } from './qualification.ts'
import { findSystemType, listSystemTypes } from './system-qualification-types.ts'

const typeIn = (status: QualificationTypeStatus): QualificationType => ({
  id: '3T',
  requesterId: 'R',
  name: 'Name',
  description: 'Description',
  keywords: undefined,
  status,
  test: undefined,
  testDuration: undefined,
  answerKey: undefined,
  retryDelay: undefined,
  autoGrantedValue: undefined,
  createdAt: 0,
})

describe('a qualification type [qualifications 2.1]', () => {
  test.each([
    ['Active', true, true, false],
    ['Inactive', true, false, false],
    ['Disposing', false, false, false],
    ['Disposed', false, false, true],
  ] as const)('that is %s', (status, mayChange, mayRequire, gone) => {
    const type = typeIn(status)
    const fault = 'InvalidQualificationTypeState'
    expect(canChangeQualificationType(type)).toEqual(
      mayChange ? undefined : { fault, allowed: 'Active,Inactive' },
    )
    expect(canRequire(type)).toEqual(mayRequire ? undefined : { fault, allowed: 'Active' })
    expect(isGone(type)).toBe(gone)
  })

  test('stands in lists where the code points of its name put it [qualifications 3.4]', () => {
    const names = ['', ' ', '10', '9', 'B', 'a', 'aa', 'b', 'é', 'ſ', '\uffff', '🐦']
    const sorted = names.toReversed().sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1))
    expect(sorted).toEqual(names)
  })

  test('is searched in all its texts, in one case', () => {
    expect(searchTextOf({ name: 'Ŝanĝo', description: 'B', keywords: 'C, d' })).toBe('ŝanĝo\nb\nc, d')
    expect(searchTextOf({ name: 'A', description: 'B', keywords: undefined })).toBe('a\nb\n')
  })
})

describe('the types of the system [qualifications 5]', () => {
  test('are those that requirements know', () => {
    for (const id of [...Object.values(systemType), ...mastersTypes]) {
      expect(isSystemType(id)).toBe(true)
      expect(findSystemType(id)?.id).toBe(id)
    }
    expect(findSystemType('3T')).toBeUndefined()
  })

  test('are listed but for retired ones and the other environment’s Masters', () => {
    const [production, sandbox] = (['production', 'sandbox'] as const).map((environment) =>
      listSystemTypes(environment).map(({ id }) => id),
    )
    expect(production).toHaveLength(9)
    expect(production).toContain('2F1QJWKUDD8XADTFD2Q0G6UTO95ALH')
    expect(sandbox).toContain('2ARFPLSP75KLA8M8DH1HTEQVJT3SY6')
    const others = (ids: string[]) => ids.filter((id) => !mastersTypes.has(id))
    expect(others(production!).sort()).toEqual(Object.values(systemType).sort())
    expect(others(sandbox!).sort()).toEqual(Object.values(systemType).sort())
  })
})
