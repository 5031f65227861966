import { afterEach, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { testAssignmentId, testText } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  stateOf,
  submitted,
  work,
} from '../../../test/support/steps.ts'

const day = 86_400
const pattern = String.raw`^[0-9]+(\.)?[0-9]{0,2}$`

onBothDatabases('SendBonus', (market) => {
  afterEach(() => checkLedger(market()))
  testAssignmentId(market, 'SendBonus', (WorkerId) => ({ WorkerId, BonusAmount: '0.25', Reason: 'Thanks.' }))
  testText(market, 'SendBonus', 'Reason', 4096, async (client) => {
    const { worker, assignmentId } = await submitted(market(), client)
    return { WorkerId: worker.workerId, AssignmentId: assignmentId, BonusAmount: '0.25' }
  })

  const submittedWork = async (changes = {}, dollars = '10.00') => {
    const client = await market().requester(dollars)
    const made = await submitted(market(), client, changes)
    const input = {
      WorkerId: made.worker.workerId,
      AssignmentId: made.assignmentId,
      BonusAmount: '0.25',
      Reason: 'Thanks.',
    }
    return { client, ...made, input }
  }

  test.each([
    ['0.25', '9.58', 25n],
    ['0.01', '9.86', 1n],
    ['0.02', '9.85', 2n],
    ['0.53', '9.24', 53n],
    ['0.5', '9.28', 50n],
    ['5', '3.88', 500n],
    ['5.', '3.88', 500n],
    ['000.25', '9.58', 25n],
    ['8.23', '0.00', 823n],
  ])('%s leaves %s of 9.88 and pays the worker at once [hits 9.1, 9.5]', async (BonusAmount, left, paid) => {
    const { client, input, worker, hit } = await submittedWork()
    expect(await balanceOf(client)).toBe('9.88')
    const answer = await client.send('SendBonus', JSON.stringify({ ...input, BonusAmount }))
    expect(answer).toEqual({ status: 200, text: '{}' })
    expect(await balanceOf(client)).toBe(left)
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({
      bonuses: paid,
      balance: paid,
      rewards: 0n,
    })
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/0')
  })

  test('ten or more assignments cost a bonus nothing more [hits 9.5]', async () => {
    const { client, input } = await submittedWork({ MaxAssignments: 10 })
    const before = Number(await balanceOf(client))
    await client.call('SendBonus', input)
    expect(before - Number(await balanceOf(client))).toBeCloseTo(0.3)
  })

  test.each([
    ['Submitted', async () => undefined],
    ['Approved', async () => 'ApproveAssignment'],
    ['Rejected', async () => 'RejectAssignment'],
    ['of a deleted HIT', async () => 'DeleteHIT'],
  ])('work that is %s may have a bonus [hits 5.8, 9.5]', async (state, review) => {
    const { client, input, hit } = await submittedWork()
    const how = await review()
    const AssignmentId = input.AssignmentId
    if (how === 'RejectAssignment') await client.call(how, { AssignmentId, RequesterFeedback: '' })
    else if (how !== undefined) await client.call('ApproveAssignment', { AssignmentId })
    if (state === 'of a deleted HIT') await client.call('DeleteHIT', { HITId: hit.HITId })
    expect(await client.call('SendBonus', input)).toEqual({})
  })

  test.each(['open', 'returned', 'abandoned'])('%s work does not exist [hits 9.5]', async (state) => {
    const { client, worker, input } = await submittedWork()
    const hit = await createHIT(client, { Title: 'Another' })
    const AssignmentId = await accept(worker, hit)
    if (state === 'returned') await worker.giveBack(AssignmentId)
    if (state === 'abandoned') await market().advance(3600)
    const refusal = await refusalOf(market(), client, 'SendBonus', { ...input, AssignmentId })
    expect(refusal).toEqual(refused.noAssignment(AssignmentId))
  })

  test('an unknown worker is named before the assignment is looked for [hits 9.5, 11.6]', async () => {
    const client = await market().requester()
    for (const AssignmentId of ['ABC', (await submittedWork()).assignmentId]) {
      const input = { WorkerId: 'A2XWZ93ZKAVL7P', AssignmentId, BonusAmount: '1', Reason: '' }
      const refusal = await refusalOf(market(), client, 'SendBonus', input)
      expect(refusal).toEqual(refused.value('WorkerId', 'A2XWZ93ZKAVL7P'))
    }
  })

  test('the error names its parameter in a member of its own [client W7]', async () => {
    const client = await market().requester()
    const input = { WorkerId: 'A2XWZ93ZKAVL7P', AssignmentId: 'ABC', BonusAmount: '1', Reason: '' }
    const { text } = await client.send('SendBonus', JSON.stringify(input))
    expect(text).toBe(
      '{"__type":"ParameterValidationError",' +
        String.raw`"Message":"The value \"A2XWZ93ZKAVL7P\" is not valid for the parameter WorkerId. ` +
        `(${market().clock.now()})","Parameter":"WorkerId",` +
        '"TurkErrorCode":"AWS.MechanicalTurk.InvalidParameterValue"}',
    )
  })

  test('a worker who did not do the assignment [hits 9.5]', async () => {
    const { client, input } = await submittedWork()
    const other = await market().worker()
    const refusal = await refusalOf(market(), client, 'SendBonus', { ...input, WorkerId: other.workerId })
    expect(refusal).toEqual(refused.value('WorkerId', other.workerId))
  })

  test.each([
    [183 * day, true],
    [183 * day + 1, false],
  ])('%i s after the last submission: %j [hits 9.5]', async (seconds, possible) => {
    const { client, input } = await submittedWork()
    await market().advance(seconds)
    if (possible) expect(await client.call('SendBonus', input)).toEqual({})
    else
      expect(await refusalOf(market(), client, 'SendBonus', input)).toEqual(
        refused.value('WorkerId', input.WorkerId),
      )
  })

  test('a later submission to the same requester lets old work have a bonus [hits 9.5]', async () => {
    const { client, input, worker } = await submittedWork()
    await market().advance(184 * day)
    const stranger = await market().requester()
    await work(worker, await createHIT(stranger))
    expect((await refusalOf(market(), client, 'SendBonus', input)).message).toContain('WorkerId')
    await work(worker, await createHIT(client, { Title: 'Later' }))
    expect(await client.call('SendBonus', input)).toEqual({})
  })

  test.each(['0', '0.00', '00', '0.', '9'.repeat(40), '90071992547409.92'])(
    'the amount %s passes the pattern and is no payment [hits 4.2]',
    async (BonusAmount) => {
      const { client, input } = await submittedWork()
      const refusal = await refusalOf(market(), client, 'SendBonus', { ...input, BonusAmount })
      expect(refusal).toEqual(refused.value('BonusAmount', BonusAmount))
    },
  )

  test.each(['0.9752', '-1', '.5', '$1', '1,00', '', ' 1', '1 ', '1e3', '１'])(
    'the amount "%s" breaks the pattern [hits 4.2, 11.4]',
    async (BonusAmount) => {
      const { client, input } = await submittedWork()
      const refusal = await refusalOf(market(), client, 'SendBonus', { ...input, BonusAmount })
      expect(refusal).toEqual(
        refused.validation(
          `Value '${BonusAmount}' at 'bonusAmount' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
        ),
      )
    },
  )

  test.each([
    ['8.24', 'more than there is'],
    ['90071992547409.91', 'the greatest amount'],
  ])('%s is %s: nothing changes [hits 9.3]', async (BonusAmount) => {
    const { client, input, worker } = await submittedWork()
    // A worker who has money already: his account could not even count what is promised.
    await client.call('ApproveAssignment', { AssignmentId: input.AssignmentId })
    expect(await refusalOf(market(), client, 'SendBonus', { ...input, BonusAmount })).toEqual(refused.noFunds)
    expect(await balanceOf(client)).toBe('9.88')
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({ bonuses: 0n })
    expect((await client.call('ListBonusPayments', { AssignmentId: input.AssignmentId })).NumResults).toBe(0)
  })

  test('the fee counts: the amount alone would be there [hits 9.5]', async () => {
    const { client, input } = await submittedWork({}, '0.42')
    expect(await balanceOf(client)).toBe('0.30')
    const tooMuch = { ...input, BonusAmount: '0.26' }
    expect(await refusalOf(market(), client, 'SendBonus', tooMuch)).toEqual(refused.noFunds)
    await client.call('SendBonus', { ...input, BonusAmount: '0.25' })
    expect(await balanceOf(client)).toBe('0.00')
  })

  test('money that is held for HITs pays no bonus [hits 9.2]', async () => {
    const { client, input } = await submittedWork({}, '0.12')
    expect(await refusalOf(market(), client, 'SendBonus', input)).toEqual(refused.noFunds)
  })

  test('several bonuses for one assignment; an empty reason [hits 9.5, client W22]', async () => {
    const { client, input } = await submittedWork()
    for (const Reason of ['', 'more']) await client.call('SendBonus', { ...input, Reason })
    const { BonusPayments } = await client.call('ListBonusPayments', { AssignmentId: input.AssignmentId })
    expect(BonusPayments!.map((bonus) => bonus.Reason)).toEqual(['', 'more'])
  })

  test.each([
    ['WorkerId', 'workerId'],
    ['BonusAmount', 'bonusAmount'],
    ['AssignmentId', 'assignmentId'],
    ['Reason', 'reason'],
  ])('%s is required [hits 11.4]', async (member, path) => {
    const { client, input } = await submittedWork()
    const refusal = await refusalOf(market(), client, 'SendBonus', { ...input, [member]: null })
    expect(refusal).toEqual(refused.validation(mustNotBeNull(path)))
  })

  test.each(['a1', 'B123', 'A', 'worker'])(
    'the worker id %s is ill formed [client W23]',
    async (WorkerId) => {
      const { client, input } = await submittedWork()
      const refusal = await refusalOf(market(), client, 'SendBonus', { ...input, WorkerId })
      expect(refusal).toEqual(
        refused.validation(
          `Value '${WorkerId}' at 'workerId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^A[A-Z0-9]+$`,
        ),
      )
      expect(refusal.message).not.toContain('does not exist')
    },
  )

  test('a token pays once in 24 hours; the other members are not compared [hits 10]', async () => {
    const { client, input } = await submittedWork()
    const once = { ...input, UniqueRequestToken: 'bonus: 1' }
    await client.call('SendBonus', once)
    expect(await balanceOf(client)).toBe('9.58')
    const again = { ...once, BonusAmount: '1.00', Reason: 'other' }
    expect(await refusalOf(market(), client, 'SendBonus', again)).toEqual(refused.usedToken('bonus: 1'))
    await market().advance(day - 1)
    expect(await refusalOf(market(), client, 'SendBonus', once)).toEqual(refused.usedToken('bonus: 1'))
    expect(await balanceOf(client)).toBe('9.58')
    await market().advance(1)
    expect(await client.call('SendBonus', once)).toEqual({})
    expect(await balanceOf(client)).toBe('9.28')
    // The reused token lives for a day again.
    await market().advance(day - 1)
    expect(await refusalOf(market(), client, 'SendBonus', once)).toEqual(refused.usedToken('bonus: 1'))
  })

  test('a token is the requester’s own and the action’s own [hits 10]', async () => {
    const UniqueRequestToken = 'shared token'
    for (let i = 0; i < 2; i++) {
      const { client, input } = await submittedWork({ UniqueRequestToken, MaxAssignments: 2 })
      await client.call('SendBonus', { ...input, UniqueRequestToken })
      await client.call('CreateAdditionalAssignmentsForHIT', {
        HITId: (await client.call('GetAssignment', { AssignmentId: input.AssignmentId })).HIT!.HITId!,
        NumberOfAdditionalAssignments: 1,
        UniqueRequestToken,
      })
    }
  })

  test('a failed call does not use the token up [hits 10]', async () => {
    const { client, input } = await submittedWork()
    const tokened = { ...input, UniqueRequestToken: 'again' }
    await refusalOf(market(), client, 'SendBonus', { ...tokened, BonusAmount: '100' })
    await refusalOf(market(), client, 'SendBonus', { ...tokened, AssignmentId: 'ABC' })
    await refusalOf(market(), client, 'SendBonus', { ...tokened, BonusAmount: '0' })
    expect(await client.call('SendBonus', tokened)).toEqual({})
  })

  test('a used token is named before the want of funds, after existence [hits 11.6]', async () => {
    const { client, input } = await submittedWork()
    const tokened = { ...input, UniqueRequestToken: 'order' }
    await client.call('SendBonus', tokened)
    const poor = await refusalOf(market(), client, 'SendBonus', { ...tokened, BonusAmount: '100' })
    expect(poor).toEqual(refused.usedToken('order'))
    const unknown = await refusalOf(market(), client, 'SendBonus', { ...tokened, AssignmentId: 'ABC' })
    expect(unknown).toEqual(refused.noAssignment('ABC'))
    const foreign = await market().requester()
    expect(await refusalOf(market(), foreign, 'SendBonus', tokened)).toEqual(refused.notYours)
  })

  test.each([
    [
      '',
      `Value '' at 'uniqueRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    ],
    [
      'x'.repeat(65),
      `Value '${'x'.repeat(65)}' at 'uniqueRequestToken' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
  ])('the token "%s" has a wrong length [hits 10]', async (UniqueRequestToken, item) => {
    const { client, input } = await submittedWork()
    const refusal = await refusalOf(market(), client, 'SendBonus', { ...input, UniqueRequestToken })
    expect(refusal).toEqual(refused.validation(item))
  })

  test('a token of 64 characters', async () => {
    const { client, input } = await submittedWork()
    expect(await client.call('SendBonus', { ...input, UniqueRequestToken: 'x'.repeat(64) })).toEqual({})
  })

  test('the first wrong value in the model’s order is named: the amount before the reason [hits 11.6]', async () => {
    const { client, input } = await submittedWork()
    const both = { ...input, BonusAmount: '0', Reason: '\u0001' }
    expect(await refusalOf(market(), client, 'SendBonus', both)).toEqual(refused.value('BonusAmount', '0'))
  })
})

onBothDatabases(
  'SendBonus in the sandbox',
  (market) => {
    afterEach(() => checkLedger(market()))
    test('is paid without money and shows in no balance [hits 9.4]', async () => {
      const client = await market().requester('0.00')
      const { worker, assignmentId } = await submitted(market(), client)
      const input = {
        WorkerId: worker.workerId,
        AssignmentId: assignmentId,
        BonusAmount: '12345.67',
        Reason: '',
      }
      await client.call('SendBonus', input)
      expect(await balanceOf(client)).toBe('10000.00')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({ bonuses: 1_234_567n })
    })

    test('is bounded, so that nobody fills a worker’s account for all others [design 6]', async () => {
      const client = await market().requester('0.00')
      const { worker, assignmentId } = await submitted(market(), client)
      const input = { WorkerId: worker.workerId, AssignmentId: assignmentId, Reason: '' }
      const BonusAmount = '90071992547409.91'
      expect(await refusalOf(market(), client, 'SendBonus', { ...input, BonusAmount })).toEqual(
        refused.noFunds,
      )
      await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    })
  },
  'sandbox',
)
