import { describe, expect, it } from 'vitest'
import { operationNames, operations } from '../model/operations.ts'
import { retryKey } from './retry.ts'

const call = {
  operation: 'CreateHIT',
  accessKeyId: 'AKIDEXAMPLE',
  bodyHash: 'ab'.repeat(32),
  invocationId: '11111111-2222-4333-8444-555555555555',
} as const

describe('the first answer is remembered for an SDK’s retry [wire 3.7]', () => {
  it('is one name per key, operation, body and call', () => {
    const keys = [
      retryKey(call),
      retryKey({ ...call, operation: 'SendBonus' }),
      retryKey({ ...call, accessKeyId: 'AKIDOTHER' }),
      retryKey({ ...call, bodyHash: 'cd'.repeat(32) }),
      retryKey({ ...call, invocationId: '21111111-2222-4333-8444-555555555555' }),
    ]
    expect(new Set(keys).size).toBe(5)
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(retryKey({ ...call })).toBe(keys[0])
  })

  it('for exactly the 13 operations whose repetition does something again', () => {
    const remembered = operationNames.filter((operation) => retryKey({ ...call, operation }) !== undefined)
    expect(remembered).toHaveLength(13)
    expect(remembered.filter((name) => operations[name].idempotent)).toEqual([])
  })

  it.each([
    undefined,
    '',
    'attempt',
    'a'.repeat(65),
    `${call.invocationId},${call.invocationId}`,
    "' or '1'='1' and more and more and more",
  ])('not for the id %j', (invocationId) => expect(retryKey({ ...call, invocationId })).toBeUndefined())
})
