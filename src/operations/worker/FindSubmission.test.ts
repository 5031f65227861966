import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { accept, createHIT } from '../../../test/support/steps.ts'
import { must } from '../../../test/support/worker-calls.ts'
import { question, questionForm } from '../../domain/question/examples.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { canBeEdited } from '../editing.ts'
import { operator, read, type WorkerCaller } from '../operation.ts'
import { SetRequesterState } from '../operator/SetRequesterState.ts'
import { FindSubmission } from './FindSubmission.ts'
import { FindTask } from './FindTask.ts'
import { SubmitAssignment } from './SubmitAssignment.ts'

onBothDatabases('FindSubmission', (market) => {
  const Question = questionForm(question('field', '<FreeTextAnswer/>'))
  const CanBeEdited = read<WorkerCaller, Assignment, { may: boolean }>(
    'CanBeEdited',
    async (tx, _, assignment) => ({ may: await canBeEdited(tx, assignment, tx.now) }),
  )

  test('finds the work and what was answered, where that may be changed', async () => {
    const client = await market().requester('10.00')
    const { requesterId } = client
    await market().market.runner.run(SetRequesterState, operator, { requesterId, allowsEdits: true })
    const hit = await createHIT(client, { Question })
    const worker = await market().worker()
    const assignmentId = await accept(worker, hit)
    const offers = async () => {
      const { assignment } = await must(market(), worker, FindTask, { assignmentId })
      return (await must(market(), worker, CanBeEdited, assignment)).may
    }
    expect(await offers()).toBe(false)
    const answers = [{ kind: 'FreeText' as const, identifier: 'field', text: 'é' }]
    await must(market(), worker, SubmitAssignment, { assignmentId, answers })
    expect(await offers()).toBe(true)
    const found = await must(market(), worker, FindSubmission, { assignmentId })
    expect(found).toMatchObject({ answers, task: { assignment: { id: assignmentId, state: 'Submitted' } } })
    await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    expect(await offers()).toBe(false)
  })
})
