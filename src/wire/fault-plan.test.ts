import { describe, expect, test } from 'vitest'
import { FaultPlan } from './fault-plan.ts'

describe('ordered faults [design 7]', () => {
  test('come as often as ordered, in their order, for their operation alone', () => {
    const plan = new FaultPlan()
    plan.add('GetHIT', 2, 'ServiceFault')
    plan.add('GetHIT', 1, 'ThrottlingException')
    plan.add('CreateHIT', 1, 'drop after commit')
    const next = (operation: string, times: number) =>
      Array.from({ length: times }, () => plan.next(operation))
    expect(next('ListHITs', 1)).toEqual([undefined])
    expect(next('GetHIT', 4)).toEqual(['ServiceFault', 'ServiceFault', 'ThrottlingException', undefined])
    expect(next('CreateHIT', 2)).toEqual(['drop after commit', undefined])
  })

  test('are forgotten at once', () => {
    const plan = new FaultPlan()
    plan.add('GetHIT', 5, 'ServiceFault')
    plan.clear()
    expect(plan.next('GetHIT')).toBeUndefined()
  })
})
