// A closed account in the calls of requesters, on the wire: as that of a worker whom mail does not reach, and no call
// brings back who he was [hits 13, 14; qualifications 2].
import { expect, test } from 'vitest'
import { CheckLedger } from '../../src/operations/operator/CheckLedger.ts'
import { operator } from '../../src/operations/operation.ts'
import { closeAccount } from '../../src/operations/worker/CloseAccount.ts'
import { checkLedger } from '../support/ledger-audit.ts'
import { onBothDatabases } from '../support/market.ts'
import { createHIT, work } from '../support/steps.ts'

onBothDatabases('a closed account', (market) => {
  test('in every call that names its worker', async () => {
    const client = await market().requester()
    const email = `gone.${Math.trunc(market().clock.now())}@example.org`
    const worker = await market().worker({ name: 'Zyxwvut Gone', email })
    const { workerId: WorkerId } = worker
    const [first, second, third] = [await createHIT(client), await createHIT(client), await createHIT(client)]
    const approved = await work(worker, first)
    const rejected = await work(worker, second)
    const untouched = await work(worker, third)
    const { QualificationType } = await client.call('CreateQualificationType', {
      Name: `Birds ${WorkerId}`,
      Description: 'Knows birds.',
      QualificationTypeStatus: 'Active',
    })
    const QualificationTypeId = QualificationType!.QualificationTypeId!
    expect(
      await closeAccount(
        [market().market.runner],
        { kind: 'worker', workerId: WorkerId },
        {
          email,
          givesUp: true,
          wallNow: market().clock.now(),
        },
      ),
    ).toBeUndefined()

    const granted = { QualificationTypeId, WorkerId, IntegerValue: 1, SendNotification: true }
    const answers = [
      await client.call('ApproveAssignment', { AssignmentId: approved, RequesterFeedback: 'fine' }),
      await client.call('RejectAssignment', { AssignmentId: rejected, RequesterFeedback: 'no' }),
      await client.call('SendBonus', {
        WorkerId,
        AssignmentId: approved,
        BonusAmount: '0.25',
        Reason: 'thanks',
      }),
      await client.call('AssociateQualificationWithWorker', granted),
      await client.call('GetQualificationScore', { QualificationTypeId, WorkerId }),
      await client.call('ListWorkersWithQualificationType', { QualificationTypeId, Status: 'Granted' }),
      await client.call('DisassociateQualificationFromWorker', {
        QualificationTypeId,
        WorkerId,
        Reason: 'r',
      }),
      await client.call('CreateWorkerBlock', { WorkerId, Reason: 'r' }),
      await client.call('ListWorkerBlocks', {}),
      await client.call('DeleteWorkerBlock', { WorkerId }),
      await client.call('NotifyWorkers', { Subject: 's', MessageText: 't', WorkerIds: [WorkerId] }),
      await client.call('GetAssignment', { AssignmentId: untouched }),
      await client.call('ListAssignmentsForHIT', { HITId: third.HITId }),
      await client.call('ListBonusPayments', { AssignmentId: approved }),
    ]
    const text = JSON.stringify(answers)
    expect(text).toContain(WorkerId)
    for (const trace of ['Zyxwvut', email]) expect(text).not.toContain(trace)
    // What he is owed goes on: his work is approved by itself, and the books agree.
    await market().advance(40 * 86_400)
    const { Assignment } = await client.call('GetAssignment', { AssignmentId: untouched })
    expect(Assignment?.AssignmentStatus).toBe('Approved')
    await checkLedger(market())
    expect(await market().market.runner.run(CheckLedger, operator, {})).toEqual({ problems: [] })
  })
})
