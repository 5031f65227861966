// What requesters brought in is history: what would change it is refused, and changes nothing (docs/decisions/0013).
import { expect, test } from 'vitest'
import { broughtWork } from '../../../test/support/imports.ts'
import { externalQuestion, onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT } from '../../../test/support/steps.ts'
import type { OperationName } from '../../model/operations.ts'

onBothDatabases('changes to imported work', (market) => {
  const history =
    'It is history that was brought in from the real service: it can be read here, and nothing else.'
  const state = (code: string, message: string) => ({
    status: 400,
    type: 'RequestError',
    message,
    code: `AWS.MechanicalTurk.${code}`,
  })
  const hitState = state('InvalidHITState', `This HIT is currently in the state 'Reviewable'.  ${history}`)
  const assignmentState = state('InvalidAssignmentState', history)
  type Names = (what: string) => string

  test.each([
    ['CreateAdditionalAssignmentsForHIT', (id) => ({ HITId: id('HIT'), NumberOfAdditionalAssignments: 1 })],
    ['UpdateExpirationForHIT', (id) => ({ HITId: id('HIT'), ExpireAt: 0 })],
    ['UpdateHITReviewStatus', (id) => ({ HITId: id('HIT') })],
    ['UpdateHITReviewStatus', (id) => ({ HITId: id('HIT'), Revert: true })],
    ['DeleteHIT', (id) => ({ HITId: id('HIT') })],
  ] as [OperationName, (id: Names) => object][])('%s [hits 11.5]', async (operation, inputOf) => {
    const { client, name } = await broughtWork(market())
    expect(await refusalOf(market(), client, operation, inputOf(name))).toEqual(hitState)
  })

  test('UpdateHITTypeOfHIT, to a type of this market and to an imported one [hits 12.11]', async () => {
    const { client, name } = await broughtWork(market())
    const { HITTypeId } = await createHIT(client)
    const update = (type: string, HITId: string) =>
      refusalOf(market(), client, 'UpdateHITTypeOfHIT', { HITId, HITTypeId: type })
    expect(await update(HITTypeId!, name('HIT'))).toEqual(hitState)
    expect(await update(name('TYPE'), name('HIT'))).toEqual(noType(name('TYPE')))
  })

  test.each([
    ['ApproveAssignment', {}],
    ['ApproveAssignment', { OverrideRejection: true }],
    ['RejectAssignment', { RequesterFeedback: 'no' }],
    ['GetFileUploadURL', { QuestionIdentifier: 'file' }],
  ] as [OperationName, object][])('%s with %j [hits 11.5]', async (operation, more) => {
    const { client, name } = await broughtWork(market())
    const input = { AssignmentId: name('ASSIGNMENT'), ...more }
    expect(await refusalOf(market(), client, operation, input)).toEqual(assignmentState)
  })

  test('SendBonus, to the worker of then and to one of this market [hits 9.5]', async () => {
    const { client, name } = await broughtWork(market())
    const input = { BonusAmount: '1.00', Reason: 'a rare bird', AssignmentId: name('ASSIGNMENT') }
    const { workerId } = await market().worker()
    for (const WorkerId of [name('WORKER'), workerId])
      expect(await refusalOf(market(), client, 'SendBonus', { ...input, WorkerId })).toEqual(assignmentState)
    const WorkerId = name('NOBODY')
    const nowhere = { ...input, WorkerId, AssignmentId: name('NOWHERE') }
    expect(await refusalOf(market(), client, 'SendBonus', nowhere)).toEqual(
      refused.value('WorkerId', WorkerId),
    )
  })

  const noType = (id: string) =>
    refused.value(
      'HITTypeId',
      id,
      'It is the type of HITs that were brought in from the real service; make one with CreateHITType',
    )

  test('no HIT is made of an imported type; who did not bring it hears that there is none [hits 12.3]', async () => {
    const { client, name } = await broughtWork(market())
    const input = {
      HITTypeId: name('TYPE'),
      LifetimeInSeconds: 3600,
      MaxAssignments: 1,
      Question: externalQuestion,
    }
    const create = (by: TestClient) => refusalOf(market(), by, 'CreateHITWithHITType', input)
    expect(await create(client)).toEqual(noType(name('TYPE')))
    expect(await create(await market().requester())).toEqual(refused.value('HITTypeId', name('TYPE')))
  })
})
