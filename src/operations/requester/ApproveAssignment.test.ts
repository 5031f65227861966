import { afterEach, expect, test } from 'vitest'
import { onBothDatabases, startTime } from '../../../test/support/market.ts'
import { testAssignmentId, testText } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  expireNow,
  stateOf,
  statusOf,
  submitted,
} from '../../../test/support/steps.ts'

const day = 86_400

onBothDatabases('ApproveAssignment', (market) => {
  afterEach(() => checkLedger(market()))
  testAssignmentId(market, 'ApproveAssignment')
  testText(market, 'ApproveAssignment', 'RequesterFeedback', 1024, async (client) => {
    const { assignmentId } = await submitted(market(), client)
    return { AssignmentId: assignmentId }
  })

  const submittedWork = async (changes = {}, dollars = '10.00') => {
    const client = await market().requester(dollars)
    return { client, ...(await submitted(market(), client, changes)) }
  }
  const rejectedWork = async (changes = {}, dollars = '10.00') => {
    const made = await submittedWork(changes, dollars)
    await made.client.call('RejectAssignment', {
      AssignmentId: made.assignmentId,
      RequesterFeedback: 'No bird.',
    })
    return made
  }

  test.each([
    [{}, 'absent'],
    [{ OverrideRejection: false }, 'false'],
    [{ OverrideRejection: true }, 'true'],
    [{ OverrideRejection: null }, 'null'],
  ] as [object, string][])(
    'submitted work is approved and paid with OverrideRejection %j [hits 7.1]',
    async (more) => {
      const { client, assignmentId, worker, hit } = await submittedWork()
      expect(await balanceOf(client)).toBe('9.88')
      expect(
        await client.call('ApproveAssignment', { AssignmentId: assignmentId, ...more } as never),
      ).toEqual({})
      expect(await balanceOf(client)).toBe('9.88')
      expect(await statusOf(client, assignmentId)).toBe('Approved')
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/1')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({
        rewards: 10n,
        balance: 10n,
        approved: 1,
      })
    },
  )

  test('the body of a success is two bytes [client W5]', async () => {
    const { client, assignmentId } = await submittedWork()
    const answer = await client.send('ApproveAssignment', JSON.stringify({ AssignmentId: assignmentId }))
    expect(answer).toEqual({ status: 200, text: '{}' })
  })

  test.each([
    ['', undefined],
    ['Well done.', 'Well done.'],
    [undefined, undefined],
  ])('the feedback %j is shown as %j [hits 6.5]', async (RequesterFeedback, shown) => {
    const { client, assignmentId, hit } = await submittedWork()
    await market().advance(60)
    await client.call('ApproveAssignment', { AssignmentId: assignmentId, RequesterFeedback })
    const { Assignments } = await client.call('ListAssignmentsForHIT', { HITId: hit.HITId })
    expect(Assignments![0]!.RequesterFeedback).toBe(shown)
    expect(Assignments![0]!.ApprovalTime).toBe(Assignments![0]!.SubmitTime! + 60)
    expect(Assignments![0]).not.toHaveProperty('RejectionTime')
  })

  test('a reward of nothing still costs the least fee [hits 9.1]', async () => {
    const { client, assignmentId, worker } = await submittedWork({ Reward: '0.00' })
    expect(await balanceOf(client)).toBe('9.99')
    await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    expect(await balanceOf(client)).toBe('9.99')
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({ rewards: 0n, approved: 1 })
  })

  test.each([
    ['open', 'null'],
    ['returned', 'null'],
    ['abandoned', 'null'],
  ])('%s work has the status null [hits 7.1]', async (state, shown) => {
    const client = await market().requester()
    const hit = await createHIT(client)
    const worker = await market().worker()
    const AssignmentId = await accept(worker, hit)
    if (state === 'returned') await worker.giveBack(AssignmentId)
    if (state === 'abandoned') await market().advance(3600)
    for (const OverrideRejection of [false, true]) {
      const refusal = await refusalOf(market(), client, 'ApproveAssignment', {
        AssignmentId,
        OverrideRejection,
      })
      expect(refusal).toEqual(refused.assignmentState(shown))
    }
  })

  test('approved work is refused, whatever OverrideRejection says, and paid once [hits 7.1]', async () => {
    const { client, assignmentId: AssignmentId, worker } = await submittedWork()
    await client.call('ApproveAssignment', { AssignmentId })
    for (const OverrideRejection of [undefined, false, true]) {
      const refusal = await refusalOf(market(), client, 'ApproveAssignment', {
        AssignmentId,
        OverrideRejection,
      })
      expect(refusal).toEqual(refused.assignmentState('Submitted'))
    }
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({ rewards: 10n, approved: 1 })
  })

  test('rejected work is refused without OverrideRejection [hits 7.1]', async () => {
    const { client, assignmentId: AssignmentId } = await rejectedWork()
    for (const OverrideRejection of [undefined, false]) {
      const refusal = await refusalOf(market(), client, 'ApproveAssignment', {
        AssignmentId,
        OverrideRejection,
      })
      expect(refusal).toEqual(refused.assignmentState('Submitted'))
    }
  })

  test('an override takes the money again and counts nothing twice [hits 5.4, 7.1, 9.2]', async () => {
    const { client, assignmentId: AssignmentId, worker, hit } = await rejectedWork()
    expect(await balanceOf(client)).toBe('10.00')
    await client.call('ApproveAssignment', { AssignmentId, OverrideRejection: true })
    expect(await balanceOf(client)).toBe('9.88')
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/1')
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({
      rewards: 10n,
      approved: 1,
      rejected: 0,
    })
    const refusal = await refusalOf(market(), client, 'ApproveAssignment', {
      AssignmentId,
      OverrideRejection: true,
    })
    expect(refusal).toEqual(refused.assignmentState('Submitted'))
  })

  test.each([
    [undefined, 'No bird.'],
    ['', 'No bird.'],
    ['A bird after all.', 'A bird after all.'],
  ])(
    'an override with feedback %j leaves %j, and both times [hits 6.5, 7.1]',
    async (RequesterFeedback, shown) => {
      const { client, assignmentId: AssignmentId } = await rejectedWork()
      await market().advance(60)
      await client.call('ApproveAssignment', { AssignmentId, OverrideRejection: true, RequesterFeedback })
      const { Assignment } = await client.call('GetAssignment', { AssignmentId })
      expect(Assignment!.RequesterFeedback).toBe(shown)
      expect(Assignment!.AssignmentStatus).toBe('Approved')
      expect(Assignment!.ApprovalTime! - Assignment!.RejectionTime!).toBe(60)
    },
  )

  test.each([
    [30 * day, true],
    [30 * day + 1, false],
    [31 * day, false],
  ])('an override %i s after the submission: %j [hits 6.3, 7.1]', async (seconds, possible) => {
    const { client, assignmentId: AssignmentId } = await rejectedWork()
    await market().advance(seconds)
    const input = { AssignmentId, OverrideRejection: true }
    if (possible) expect(await client.call('ApproveAssignment', input)).toEqual({})
    else
      expect(await refusalOf(market(), client, 'ApproveAssignment', input)).toEqual(
        refused.assignmentState('Submitted'),
      )
  })

  test('the 30 days count from the submission, not from the rejection [hits 6.3]', async () => {
    const { client, assignmentId: AssignmentId } = await submittedWork()
    await market().advance(29 * day)
    await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
    await market().advance(day + 1)
    const refusal = await refusalOf(market(), client, 'ApproveAssignment', {
      AssignmentId,
      OverrideRejection: true,
    })
    expect(refusal).toEqual(refused.assignmentState('Submitted'))
  })

  test('no override once the HIT is deleted [hits 5.8, 7.1]', async () => {
    const { client, assignmentId: AssignmentId, hit } = await rejectedWork()
    await client.call('DeleteHIT', { HITId: hit.HITId })
    const refusal = await refusalOf(market(), client, 'ApproveAssignment', {
      AssignmentId,
      OverrideRejection: true,
    })
    expect(refusal).toEqual(refused.assignmentState('Submitted'))
  })

  test('an override without funds changes nothing; with them it works [hits 7.1, 9.3]', async () => {
    const { client, assignmentId: AssignmentId, worker } = await rejectedWork({}, '0.12')
    const other = await createHIT(client, { Reward: '0.01' })
    expect(await balanceOf(client)).toBe('0.10')
    const input = { AssignmentId, OverrideRejection: true, RequesterFeedback: 'Better.' }
    expect(await refusalOf(market(), client, 'ApproveAssignment', input)).toEqual(refused.noFunds)
    const { Assignment } = await client.call('GetAssignment', { AssignmentId })
    expect(Assignment).toMatchObject({ AssignmentStatus: 'Rejected', RequesterFeedback: 'No bird.' })
    expect(Assignment).not.toHaveProperty('ApprovalTime')
    expect(await balanceOf(client)).toBe('0.10')
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({
      rewards: 0n,
      approved: 0,
      rejected: 1,
    })
    await expireNow(client, other.HITId)
    expect(await client.call('ApproveAssignment', input)).toEqual({})
    expect(await balanceOf(client)).toBe('0.00')
  })

  test('approval needs no free money: it was held [hits 9.2]', async () => {
    const { client, assignmentId: AssignmentId } = await submittedWork({}, '0.12')
    expect(await balanceOf(client)).toBe('0.00')
    expect(await client.call('ApproveAssignment', { AssignmentId })).toEqual({})
  })

  test('work on an expired HIT is approved as ever [hits 5.5]', async () => {
    const { client, assignmentId: AssignmentId, hit } = await submittedWork({ MaxAssignments: 2 })
    await expireNow(client, hit.HITId)
    await client.call('ApproveAssignment', { AssignmentId })
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/1/1')
    expect(await balanceOf(client)).toBe('9.88')
  })

  test('a wrong text is named before the assignment is looked for [hits 11.6]', async () => {
    const client = await market().requester()
    const input = { AssignmentId: 'ABC', RequesterFeedback: 'x'.repeat(1025) }
    const refusal = await refusalOf(market(), client, 'ApproveAssignment', input)
    expect(refusal).toEqual(refused.tooLong('RequesterFeedback', 1024))
  })

  test('a broken constraint is named before a wrong text [hits 11.6]', async () => {
    const client = await market().requester()
    const refusal = await refusalOf(market(), client, 'ApproveAssignment', { RequesterFeedback: '\u0000' })
    expect(refusal).toEqual(refused.validation(mustNotBeNull('assignmentId')))
  })

  test('the stamp at the end is the market time, bare [hits 11.2]', async () => {
    const client = await market().requester()
    const { text } = await client.send('ApproveAssignment', '{"AssignmentId":"ABC"}')
    expect(text).toBe(
      `{"__type":"RequestError","Message":"Assignment ABC does not exist. (${market().clock.now()})",` +
        '"TurkErrorCode":"AWS.MechanicalTurk.AssignmentDoesNotExist"}',
    )
    expect(market().clock.now()).toBeGreaterThanOrEqual(startTime)
  })

  test('every approval is one change [design 4]', async () => {
    const { client, assignmentId } = await submittedWork()
    const before = await changesIn(market())
    await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    expect(await changesIn(market())).toBe(before + 1)
  })
})

onBothDatabases(
  'ApproveAssignment in the sandbox',
  (market) => {
    afterEach(() => checkLedger(market()))
    test('an override never lacks funds; the stamp ends in s [hits 9.4, 11.2]', async () => {
      const client = await market().requester('0.00')
      const { assignmentId: AssignmentId } = await submitted(market(), client)
      await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
      await client.call('ApproveAssignment', { AssignmentId, OverrideRejection: true })
      expect(await balanceOf(client)).toBe('10000.00')
      const { text } = await client.send('ApproveAssignment', JSON.stringify({ AssignmentId }))
      expect(text).toBe(
        '{"__type":"RequestError","Message":"This operation can be called with a status of: Submitted ' +
          `(${market().clock.now()} s)","TurkErrorCode":"AWS.MechanicalTurk.InvalidAssignmentState"}`,
      )
    })
  },
  'sandbox',
)
