// Many actors at the same moment: what each gets is a matter of luck, but no call fails for want of luck, no slot is
// given twice, nobody is paid twice, and the books are right [hits 12.13, design 4, 6].
import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { CheckLedger } from '../../src/operations/operator/CheckLedger.ts'
import { aHIT, onBothDatabases } from '../support/market.ts'
import { nextStep } from './actions.ts'
import { createRandom } from './random.ts'
import { createWorld, type Step, type World } from './world.ts'

const given = process.env.KEMPELEN_SEED
const seed = given === undefined ? randomInt(2 ** 31) : Number(given)
const rounds = process.env.KEMPELEN_VERIFY === '1' ? 60 : 6
const atOnce = 40

/** Steps that the model, as it stood before the round, thought sensible; together they compete. */
function stepsOfRound(world: World): Step[] {
  return Array.from({ length: atOnce }, () => nextStep(world)).filter((step) => step !== undefined)
}

onBothDatabases('a storm of calls', (market) => {
  test(`leaves the books right, seed ${seed}`, { timeout: 600_000 }, async () => {
    const world = await createWorld(market(), createRandom(seed))
    for (let round = 0; round < rounds; round++) {
      // A quiet hour in which the model learns what there is, then everybody at once, then both begin anew.
      for (let i = 0; i < 60; i++) {
        const step = nextStep(world)
        const outcome = await step?.perform()
        if (step?.prediction.codes.includes(outcome!.code) && outcome!.code === '') {
          try {
            step.prediction.succeed(outcome!.output as never)
          } catch {
            // What the model does not know of, the storm before has done.
          }
        }
      }
      const outcomes = await Promise.all(stepsOfRound(world).map((step) => step.perform()))
      expect(outcomes.map(({ code }) => code)).not.toContain('ThrottlingException')
      await market().advance(round % 2 === 0 ? 45 : 86_400)
      world.model.passTime(market().clock.now() - world.model.now)
      const report = await market().market.runner.run(CheckLedger, { kind: 'operator' }, {})
      expect(report).toEqual({ problems: [] })
    }
  })

  test('gives each slot of one HIT to one worker, and approves each once', async () => {
    const client = await market().requester('100.00')
    const workers = await Promise.all(Array.from({ length: 24 }, () => market().worker()))
    const { HIT: made } = await client.call('CreateHIT', aHIT({ MaxAssignments: 9 }))
    const { HITId = '', HITGroupId = '' } = made!
    const accepted = await Promise.all(workers.map((worker) => worker.accept({ groupId: HITGroupId })))
    const ids = accepted.filter((answer) => answer.startsWith('3'))
    expect(ids).toHaveLength(9)
    expect(accepted.filter((answer) => answer === 'NoMoreHITs')).toHaveLength(15)
    await Promise.all(
      accepted.map((id, i) => (id.startsWith('3') ? workers[i]!.submit(id) : Promise.resolve(''))),
    )
    // Each is approved, rejected, and approved again at once: one of the three wins, except that an approval may
    // follow a rejection by no override.
    const answers = await Promise.all(
      ids.flatMap((AssignmentId) => [
        client.send('ApproveAssignment', JSON.stringify({ AssignmentId })),
        client.send('RejectAssignment', JSON.stringify({ AssignmentId, RequesterFeedback: '' })),
        client.send('ApproveAssignment', JSON.stringify({ AssignmentId })),
      ]),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9)
    const { HIT } = await client.call('GetHIT', { HITId })
    expect(HIT).toMatchObject({ NumberOfAssignmentsCompleted: 9, NumberOfAssignmentsAvailable: 0 })
    const report = await market().market.runner.run(CheckLedger, { kind: 'operator' }, {})
    expect(report).toEqual({ problems: [] })
  })
})
