import { afterEach, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, createHIT, expireNow, submitted, work } from '../../../test/support/steps.ts'

onBothDatabases('ListBonusPayments', (market) => {
  afterEach(() => checkLedger(market()))

  /** A HIT with one submission and `count` bonuses; every second pair of them at one moment. */
  const paid = async (count: number) => {
    const client = await market().requester()
    const made = await submitted(market(), client, { MaxAssignments: 3 })
    const reasons = Array.from({ length: count }, (_, i) => `bonus ${i}`)
    for (const [i, Reason] of reasons.entries()) {
      if (i % 2 === 0) market().clock.set(market().clock.now() + 1500)
      await client.call('SendBonus', {
        WorkerId: made.worker.workerId,
        AssignmentId: made.assignmentId,
        BonusAmount: '0.01',
        Reason,
      })
    }
    return { client, ...made, reasons }
  }

  describe.each(['HITId', 'AssignmentId'] as const)('paging by %s [hits 8]', (by) => {
    testPaging(
      market,
      'ListBonusPayments',
      'BonusPayments',
      (entry: { Reason: string }) => entry.Reason,
      async (count) => {
        const { client, hit, assignmentId, reasons } = await paid(count)
        const ids = { HITId: hit.HITId, AssignmentId: assignmentId }
        const other = await submitted(market(), client, { Title: 'Another' })
        const wrong = by === 'HITId' ? other.hit.HITId : other.assignmentId
        return {
          client,
          input: { [by]: ids[by] },
          ids: reasons,
          others: [
            ['another object', client, { [by]: wrong }],
            [
              'the other filter',
              client,
              by === 'HITId' ? { AssignmentId: assignmentId } : { HITId: hit.HITId },
            ],
            ['both filters', client, ids],
            ['another requester', await market().requester(), { [by]: ids[by] }],
          ],
        }
      },
    )
  })

  test('an entry has five members [hits 9.6]', async () => {
    const { client, hit, worker, assignmentId } = await paid(1)
    const { BonusPayments } = await client.call('ListBonusPayments', { HITId: hit.HITId })
    expect(BonusPayments).toEqual([
      {
        WorkerId: worker.workerId,
        BonusAmount: '0.01',
        AssignmentId: assignmentId,
        Reason: 'bonus 0',
        GrantTime: Math.floor(market().clock.now() / 1000),
      },
    ])
  })

  test('by HIT, by assignment, by both; of another HIT there is nothing [hits 9.6]', async () => {
    const { client, hit, assignmentId } = await paid(1)
    const second = await market().worker()
    const other = await work(second, hit)
    await client.call('SendBonus', {
      WorkerId: second.workerId,
      AssignmentId: other,
      BonusAmount: '1',
      Reason: 'second',
    })
    const otherHIT = await createHIT(client, { Title: 'Another' })
    const reasons = async (input: object) =>
      (await client.call('ListBonusPayments', input)).BonusPayments!.map((bonus) => bonus.Reason)
    expect(await reasons({ HITId: hit.HITId })).toEqual(['bonus 0', 'second'])
    expect(await reasons({ AssignmentId: assignmentId })).toEqual(['bonus 0'])
    expect(await reasons({ HITId: hit.HITId, AssignmentId: other })).toEqual(['second'])
    expect(await reasons({ HITId: otherHIT.HITId, AssignmentId: other })).toEqual([])
    expect(await reasons({ HITId: otherHIT.HITId })).toEqual([])
  })

  test.each([
    {},
    { HITId: null },
    { AssignmentId: null, HITId: null },
    { MaxResults: 5 },
    { NextToken: 'x' },
  ])('%j names neither [hits 9.6, 11.5 #17]', async (input) => {
    const client = await market().requester()
    const refusal = await refusalOf(market(), client, 'ListBonusPayments', input)
    expect(refusal).toEqual(refused.missing('HITId or AssignmentId'))
    expect(refusal.message).toBe(
      'Your request is missing required parameters. Required parameters include HITId or AssignmentId.',
    )
  })

  test('unknown and foreign objects [hits 9.6, 11.6]', async () => {
    const { client, hit, assignmentId } = await paid(0)
    const stranger = await market().requester()
    const cases = [
      [client, { HITId: 'ABC' }, refused.noHIT('ABC')],
      [client, { AssignmentId: 'ABC' }, refused.noAssignment('ABC')],
      [client, { HITId: hit.HITId, AssignmentId: 'ABC' }, refused.noAssignment('ABC')],
      [client, { HITId: 'ABC', AssignmentId: assignmentId }, refused.noHIT('ABC')],
      [stranger, { HITId: hit.HITId }, refused.notYours],
      [stranger, { AssignmentId: assignmentId }, refused.notYours],
      [client, { HITId: 'ABC', NextToken: 'x' }, refused.value('NextToken', 'x')],
    ] as const
    for (const [who, input, expected] of cases) {
      expect(await refusalOf(market(), who, 'ListBonusPayments', input)).toEqual(expected)
    }
  })

  test('ill-formed ids break the pattern, both at once [hits 11.4]', async () => {
    const client = await market().requester()
    const refusal = await refusalOf(market(), client, 'ListBonusPayments', { HITId: 'a', AssignmentId: 'b' })
    const demand = 'failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$'
    expect(refusal).toEqual(
      refused.validation(`Value 'a' at 'hITId' ${demand}`, `Value 'b' at 'assignmentId' ${demand}`),
    )
  })

  test('of open work there is nothing; of a deleted HIT all [hits 5.8]', async () => {
    const { client, hit, assignmentId } = await paid(1)
    const open = await accept(await market().worker(), hit)
    expect((await client.call('ListBonusPayments', { AssignmentId: open })).NumResults).toBe(0)
    await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    await expireNow(client, hit.HITId)
    await market().advance(3600)
    await client.call('DeleteHIT', { HITId: hit.HITId })
    expect((await client.call('ListBonusPayments', { HITId: hit.HITId })).NumResults).toBe(1)
  })
})
