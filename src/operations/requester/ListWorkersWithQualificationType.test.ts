import { describe, expect, test } from 'vitest'
import { testId, testMistyped } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { addType, changeType, systemTypes, testOwnType } from '../../../test/support/qualifications.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'

const operation = 'ListWorkersWithQualificationType'

onBothDatabases(operation, (market) => {
  /** `count` grants, every second pair of them at one moment; the workers in the order in which they must be listed. */
  const filled = async (count: number) => {
    const client = await market().requester()
    const type = await addType(market(), client)
    const made: { time: number; id: string }[] = []
    for (let i = 0; i < count; i++) {
      if (i % 2 === 0) market().clock.set(market().clock.now() + 250)
      const { workerId } = await market().worker()
      await client.call('AssociateQualificationWithWorker', {
        QualificationTypeId: type.id,
        WorkerId: workerId,
        IntegerValue: i,
        SendNotification: false,
      })
      made.push({ time: market().clock.now(), id: workerId })
    }
    made.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    return { client, type, input: { QualificationTypeId: type.id }, ids: made.map(({ id }) => id) }
  }
  const listed = async (
    client: Awaited<ReturnType<typeof filled>>['client'],
    QualificationTypeId: string,
    Status?: 'Granted' | 'Revoked',
  ) => {
    const { Qualifications } = await client.call(operation, {
      QualificationTypeId,
      MaxResults: 100,
      ...(Status && { Status }),
    })
    return Qualifications!.map(({ WorkerId }) => WorkerId)
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'MaxResults', ['"10"', '1.5', 'true'], () =>
      Promise.resolve({ QualificationTypeId: 'ABC' }),
    )
    testMistyped(market, operation, 'Status', ['1', '["Granted"]'], () =>
      Promise.resolve({ QualificationTypeId: 'ABC' }),
    )

    test('the bytes of a page and of the end [client W1, W2, W3]', async () => {
      const { client, input, ids } = await filled(1)
      const { NextToken } = await client.call(operation, input)
      const { text } = await client.send(operation, JSON.stringify(input))
      expect(text).toMatch(/"GrantTime":1\.\d+E9,/)
      expect(text.replace(/"GrantTime":[^,]+,/, '')).toBe(
        `{"NextToken":"${NextToken}","NumResults":1,"Qualifications":[{"QualificationTypeId":"${input.QualificationTypeId}",` +
          `"WorkerId":"${ids[0]}","IntegerValue":0,"Status":"Granted"}]}`,
      )
      expect(await client.send(operation, JSON.stringify({ ...input, NextToken }))).toEqual({
        status: 200,
        text: '{"NumResults":0,"Qualifications":[]}',
      })
    })
  })

  describe('validation', () => {
    testOwnType(market, operation, () => Promise.resolve({}))
    testId(market, operation, 'QualificationTypeId', () => Promise.resolve({}))

    test('a status that there is not [hits 11.4]', async () => {
      const input = { QualificationTypeId: 'ABC', Status: 'Pending' }
      expect(await refusalOf(market(), await market().requester(), operation, input)).toEqual(
        refused.validation(
          `Value 'Pending' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Granted, Revoked]`,
        ),
      )
    })
  })

  describe('pages and tokens [hits 8]', () => {
    testPaging(
      market,
      operation,
      'Qualifications',
      (entry: { WorkerId: string }) => entry.WorkerId,
      async (count) => {
        const { client, type, input, ids } = await filled(count)
        const other = await addType(market(), client)
        return {
          client,
          input,
          ids,
          remove: async (WorkerId) =>
            void (await client.call('DisassociateQualificationFromWorker', { ...input, WorkerId })),
          others: [
            ['another type', client, { QualificationTypeId: other.id }],
            ['another status', client, { QualificationTypeId: type.id, Status: 'Revoked' }],
            ['another requester', await market().requester(), input],
          ],
        }
      },
    )
  })

  describe('behaviour [qualifications 3.9]', () => {
    test('granted ones are listed unless the revoked ones are asked for', async () => {
      const { client, type, ids } = await filled(3)
      await client.call('DisassociateQualificationFromWorker', {
        QualificationTypeId: type.id,
        WorkerId: ids[1]!,
      })
      expect(await listed(client, type.id)).toEqual([ids[0], ids[2]])
      expect(await listed(client, type.id, 'Granted')).toEqual([ids[0], ids[2]])
      expect(await listed(client, type.id, 'Revoked')).toEqual([ids[1]])
    })

    test('another grant moves the worker to the end', async () => {
      const { client, type, ids } = await filled(3)
      market().clock.set(market().clock.now() + 1)
      await client.call('AssociateQualificationWithWorker', {
        QualificationTypeId: type.id,
        WorkerId: ids[0]!,
      })
      expect(await listed(client, type.id)).toEqual([ids[1], ids[2], ids[0]])
    })

    test.each(systemTypes)('the system type %s gives an empty page', async (QualificationTypeId) => {
      await market().worker({ country: 'US', approved: 5, masters: true, adult: true })
      const client = await market().requester()
      expect(await client.call(operation, { QualificationTypeId })).toEqual({
        NumResults: 0,
        Qualifications: [],
      })
    })

    test.each<['Inactive' | 'Disposing']>([['Inactive'], ['Disposing']])(
      'of a type that is %s the grants are kept [qualifications 2.1]',
      async (status) => {
        const { client, type, ids } = await filled(2)
        await changeType(market(), type, { status })
        expect(await listed(client, type.id)).toEqual(ids)
      },
    )

    test('looking changes nothing', async () => {
      const { client, type } = await filled(1)
      const before = await changesIn(market())
      await listed(client, type.id)
      expect(await changesIn(market())).toBe(before)
    })
  })
})
