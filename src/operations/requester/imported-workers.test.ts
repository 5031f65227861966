// Worker ids that only the imports of a requester know: she may give and take scores and blocks, and nobody else knows
// them (docs/decisions/0013).
import { describe, expect, test } from 'vitest'
import { importsOf } from '../../../test/support/imports.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { messagesOf } from '../../../test/support/messages.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import type { OperationName } from '../../model/operations.ts'
import * as blocks from '../../store/blocks.ts'

let files = 0

onBothDatabases('imported worker ids', (market) => {
  /** A requester, a type of hers, and a worker id that she brought; `claimed` is who has claimed it. */
  const laboratory = async (claimed?: string) => {
    const client = await market().requester()
    const WorkerId = `AOLD${files++}`
    const imports = importsOf(market(), client.requesterId, '')
    await imports.worker({ worker_id: WorkerId, ...(claimed && { claimed_by: claimed, claimed_at: 1 }) })
    const { QualificationType } = await client.call('CreateQualificationType', {
      Name: `Ornithologist ${files}`,
      Description: 'Knows birds',
      QualificationTypeStatus: 'Active',
    })
    return { client, WorkerId, QualificationTypeId: QualificationType!.QualificationTypeId! }
  }

  const scores = async (client: TestClient, QualificationTypeId: string) => {
    const { Qualifications } = await client.call('ListWorkersWithQualificationType', { QualificationTypeId })
    return Qualifications?.map(({ WorkerId, IntegerValue }) => `${WorkerId} ${IntegerValue}`)
  }

  test('a score is given, changed, read, listed and taken away [qualifications 3.6 to 3.9]', async () => {
    const { client, WorkerId, QualificationTypeId } = await laboratory()
    const one = { WorkerId, QualificationTypeId }
    expect(await client.refusal('GetQualificationScore', one)).toEqual(refused.noQualification)
    await client.call('AssociateQualificationWithWorker', { ...one, IntegerValue: 80 })
    await client.call('AssociateQualificationWithWorker', { ...one, IntegerValue: 81 })
    const { Qualification } = await client.call('GetQualificationScore', one)
    expect(Qualification).toMatchObject({ WorkerId, IntegerValue: 81, Status: 'Granted' })
    expect(await scores(client, QualificationTypeId)).toEqual([`${WorkerId} 81`])
    await client.call('DisassociateQualificationFromWorker', { ...one, Reason: 'Forgot them.' })
    expect(await client.refusal('GetQualificationScore', one)).toEqual(
      refused.qualificationState('Qualification', 'Granted'),
    )
    expect(await scores(client, QualificationTypeId)).toEqual([])
    expect(await messagesOf(market(), WorkerId), 'nobody is written to').toEqual([])
  })

  test('a block is made, its reason replaced, listed and lifted [hits 13]', async () => {
    const { client, WorkerId } = await laboratory()
    await client.call('CreateWorkerBlock', { WorkerId, Reason: 'Guessed.' })
    await client.call('CreateWorkerBlock', { WorkerId, Reason: 'Guessed twice.' })
    expect((await client.call('ListWorkerBlocks', {})).WorkerBlocks).toEqual([
      { WorkerId, Reason: 'Guessed twice.' },
    ])
    await client.call('DeleteWorkerBlock', { WorkerId })
    await client.call('DeleteWorkerBlock', { WorkerId })
    expect((await client.call('ListWorkerBlocks', {})).WorkerBlocks).toEqual([])
    expect(await messagesOf(market(), WorkerId), 'nobody is written to').toEqual([])
  })

  test('a block of an id that is known no more is lifted once [hits 13]', async () => {
    const { client } = await laboratory()
    const WorkerId = `AGONE${files}`
    const block = { requesterId: client.requesterId, workerId: WorkerId, reason: 'Guessed.', blockedAt: 1 }
    await market().market.store.write(1, (tx) => blocks.put(tx, block), { keep: () => true })
    await client.call('DeleteWorkerBlock', { WorkerId })
    expect((await client.call('ListWorkerBlocks', {})).WorkerBlocks).toEqual([])
    expect(await refusalOf(market(), client, 'DeleteWorkerBlock', { WorkerId })).toEqual(
      refused.value('WorkerId', WorkerId),
    )
  })

  test('who has claimed the id is told of it as of his own [hits 13, qualifications 3.6]', async () => {
    const { workerId } = await market().worker()
    const { client, WorkerId, QualificationTypeId } = await laboratory(workerId)
    await client.call('AssociateQualificationWithWorker', { WorkerId, QualificationTypeId, IntegerValue: 80 })
    await client.call('DisassociateQualificationFromWorker', { WorkerId, QualificationTypeId })
    await client.call('CreateWorkerBlock', { WorkerId, Reason: 'Guessed.' })
    const told = await messagesOf(market(), workerId)
    expect(told.map(({ kind }) => kind)).toEqual(['block', 'qualification', 'qualification'])
  })

  describe('who has claimed the id is its worker, whichever of both ids is said', () => {
    const claimed = async () => {
      const { workerId } = await market().worker()
      return { workerId, ...(await laboratory(workerId)) }
    }

    test('his score is read and taken away [qualifications 3.7, 3.8]', async () => {
      const { client, workerId, WorkerId, QualificationTypeId } = await claimed()
      await client.call('AssociateQualificationWithWorker', {
        WorkerId,
        QualificationTypeId,
        IntegerValue: 80,
      })
      const his = { WorkerId: workerId, QualificationTypeId }
      const { Qualification } = await client.call('GetQualificationScore', his)
      expect(Qualification).toMatchObject({ ...his, IntegerValue: 80 })
      await client.call('DisassociateQualificationFromWorker', his)
      for (const id of [WorkerId, workerId])
        expect(await client.refusal('GetQualificationScore', { ...his, WorkerId: id })).toEqual(
          refused.qualificationState('Qualification', 'Granted'),
        )
    })

    test('what he was given himself comes first [qualifications 3.8]', async () => {
      const { client, workerId, WorkerId, QualificationTypeId } = await claimed()
      for (const [id, IntegerValue] of [
        [WorkerId, 80],
        [workerId, 7],
      ] as const)
        await client.call('AssociateQualificationWithWorker', {
          ...{ WorkerId: id, QualificationTypeId, IntegerValue },
        })
      const one = { WorkerId: workerId, QualificationTypeId }
      const { Qualification } = await client.call('GetQualificationScore', one)
      expect(Qualification).toMatchObject({ IntegerValue: 7 })
      await client.call('DisassociateQualificationFromWorker', one)
      expect(await scores(client, QualificationTypeId)).toEqual([`${WorkerId} 80`])
    })

    test('his block is lifted [hits 13]', async () => {
      for (const [blocked, lifted] of [
        ['WorkerId', 'workerId'],
        ['workerId', 'WorkerId'],
      ] as const) {
        const made = await claimed()
        await made.client.call('CreateWorkerBlock', { WorkerId: made[blocked], Reason: 'Guessed.' })
        await made.client.call('DeleteWorkerBlock', { WorkerId: made[lifted] })
        expect((await made.client.call('ListWorkerBlocks', {})).WorkerBlocks).toEqual([])
      }
    })

    test('he is written to, once [hits 14]', async () => {
      const { client, workerId, WorkerId } = await claimed()
      const write = (...WorkerIds: string[]) =>
        client.call('NotifyWorkers', { Subject: 'Birds', MessageText: 'There are more.', WorkerIds })
      const stranger = await market().requester()
      for (const ids of [[WorkerId], [workerId], [WorkerId, workerId]])
        expect((await write(...ids)).NotifyWorkersFailureStatuses).toEqual([])
      expect(await messagesOf(market(), workerId)).toHaveLength(3)
      const { NotifyWorkersFailureStatuses: failures } = await stranger.call('NotifyWorkers', {
        ...{ Subject: 'Birds', MessageText: 'There are more.', WorkerIds: [WorkerId, workerId] },
      })
      expect(failures).toHaveLength(2)
    })
  })

  test('for others there is no such worker', async () => {
    const { WorkerId } = await laboratory()
    const { client, QualificationTypeId } = await laboratory()
    for (const [operation, input] of [
      ['AssociateQualificationWithWorker', { WorkerId, QualificationTypeId }],
      ['CreateWorkerBlock', { WorkerId, Reason: 'Guessed.' }],
      ['DeleteWorkerBlock', { WorkerId }],
    ] as [OperationName, object][])
      expect(await refusalOf(market(), client, operation, input), operation).toEqual(
        refused.value('WorkerId', WorkerId),
      )
    expect(
      await refusalOf(market(), client, 'DisassociateQualificationFromWorker', {
        WorkerId,
        QualificationTypeId,
      }),
    ).toEqual(refused.noQualification)
  })

  test('a message to him is a failure of his inside the answer [hits 14]', async () => {
    const { client, WorkerId } = await laboratory()
    const input = { Subject: 'Birds', MessageText: 'There are more.', WorkerIds: [WorkerId] }
    expect((await client.call('NotifyWorkers', input)).NotifyWorkersFailureStatuses).toEqual([
      {
        NotifyWorkersFailureCode: 'HardFailure',
        NotifyWorkersFailureMessage:
          'Cannot send a notification to a worker who has not done any work for you',
        WorkerId,
      },
    ])
    expect(await messagesOf(market(), WorkerId)).toEqual([])
  })
})
