import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { operator } from '../operation.ts'
import { SetWorkerState, type WorkerChange } from './SetWorkerState.ts'

onBothDatabases('SetWorkerState', (market) => {
  const run = (change: WorkerChange) => market().market.runner.run(SetWorkerState, operator, change)
  const shown = (workerId: string) =>
    market().market.store.read(0, async (tx) => {
      const { suspended, locale } = (await workers.find(tx, workerId))!
      const { masters, adult } = await workerAccounts.find(tx, workerId)
      return { suspended, locale, masters, adult }
    })

  test('what is named changes, what is left out stays [qualifications 5, websites 1.13]', async () => {
    const { workerId } = await market().worker()
    const before = { suspended: false, locale: undefined, masters: false, adult: false }
    const steps: [Omit<WorkerChange, 'workerId'>, object][] = [
      [{ masters: true }, { masters: true }],
      [{ adult: true }, { adult: true }],
      [{ country: 'US', subdivision: 'PA' }, { locale: { country: 'US', subdivision: 'PA' } }],
      [{ suspended: true }, { suspended: true }],
      [{ masters: false }, { masters: false }],
      // The state of the old country says nothing about the new one.
      [{ country: 'GB' }, { locale: { country: 'GB' } }],
      [
        { adult: false, suspended: false },
        { adult: false, suspended: false },
      ],
    ]
    let wanted: object = before
    for (const [change, changed] of steps) {
      expect(await run({ workerId, ...change })).toEqual({})
      wanted = { ...wanted, ...changed }
      expect(await shown(workerId)).toEqual(wanted)
    }
  })

  test.each([
    { country: 'us' },
    { country: 'GB', subdivision: 'PA' },
    { country: 'US', subdivision: 'XX' },
    { subdivision: 'PA' },
  ])('a place that is none changes nothing: %j [qualifications 4.3]', async (place) => {
    const { workerId } = await market().worker({ country: 'IN' })
    const before = await changesIn(market())
    expect(await run({ workerId, masters: true, ...place })).toMatchObject({
      fault: 'InvalidInput',
      member: 'country',
    })
    expect(await shown(workerId)).toMatchObject({ locale: { country: 'IN' }, masters: false })
    expect(await changesIn(market())).toBe(before)
  })

  test('nobody who does not exist', async () => {
    expect(await run({ workerId: 'ANOBODY', masters: true })).toEqual({
      fault: 'WorkerDoesNotExist',
      workerId: 'ANOBODY',
    })
  })
})
