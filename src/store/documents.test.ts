// The tables that only keep: questions, first answers to calls, the audit. Answers of workers: assignments.test.ts.
import { expect, test } from 'vitest'
import { server } from '../limits.ts'
import { ids, onBothStores, usualNow } from '../../test/support/stores.ts'
import * as answeredCalls from './answered-calls.ts'
import * as audit from './audit.ts'
import { read } from './prepared.ts'
import * as questions from './questions.ts'
import type { AuditTable } from './schema.ts'

onBothStores('questions', (stores) => {
  test('are kept once under their hash [design 4]', async () => {
    const { production, sandbox } = stores()
    const question = { hash: ids.person(), kind: 'HTMLQuestion', text: `<p>ŝ ${'x'.repeat(70_000)} 🐦</p>` }
    await production.write(async (tx) => {
      await questions.add(tx, question)
      await questions.add(tx, { ...question, text: 'not looked at any more' })
    })
    expect(await production.read((tx) => questions.find(tx, question.hash))).toEqual(question)
    expect(await production.read((tx) => questions.find(tx, 'UNKNOWN'))).toBeUndefined()
    expect(await sandbox.read((tx) => questions.find(tx, question.hash))).toBeUndefined()
  })

  test('kept by many at the same moment are one', async () => {
    const { production } = stores()
    const question = { hash: 'rush', kind: 'ExternalQuestion', text: '<ExternalQuestion/>' }
    await Promise.all(Array.from({ length: 8 }, () => production.write((tx) => questions.add(tx, question))))
    expect(await production.read((tx) => questions.find(tx, 'rush'))).toEqual(question)
  })
})

onBothStores('first answers', (stores) => {
  const output = { HIT: { HITId: '3X', Reward: '0.10' } }

  test('are given again for a quarter of an hour of wall-clock time [wire 3.7]', async () => {
    const { production, sandbox } = stores()
    await production.write((tx) => answeredCalls.add(tx, 'call', output, usualNow))
    const find = (wallNow: number) => production.write((tx) => answeredCalls.find(tx, 'call', wallNow))
    expect(await find(usualNow)).toEqual(output)
    expect(await find(usualNow + server.retryMemory - 1)).toEqual(output)
    expect(await find(usualNow + server.retryMemory)).toBeUndefined()
    expect(await sandbox.write((tx) => answeredCalls.find(tx, 'call', usualNow))).toBeUndefined()
  })

  test('are one for a key: a competitor runs again and finds it', async () => {
    const { production } = stores()
    const add = () => production.write((tx) => answeredCalls.add(tx, 'race', output, usualNow))
    const outcomes = await Promise.allSettled([add(), add(), add()])
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refusals).toHaveLength(2)
    for (const { reason } of refusals) expect(production.store.isRetryable(reason)).toBe(true)
  })

  test('are forgotten when they are old, by the next that is kept', async () => {
    const { production } = stores()
    const later = usualNow + server.retryMemory
    await production.write((tx) => answeredCalls.add(tx, 'old', output, usualNow))
    await production.write((tx) => answeredCalls.add(tx, 'young', output, usualNow + 1))
    await production.write((tx) => answeredCalls.add(tx, 'new', output, later))
    const find = (key: string) => production.write((tx) => answeredCalls.find(tx, key, usualNow))
    expect([await find('old'), await find('young')]).toEqual([undefined, output])
    // The place of the old one is free.
    await production.write((tx) => answeredCalls.add(tx, 'old', output, later))
  })
})

const auditRows = read<{ objectId: string }, AuditTable>(({ db }, p) =>
  db.selectFrom('audit').selectAll().where('object_id', '=', p.objectId).orderBy('id'),
)

onBothStores('the audit', (stores) => {
  test('tells who did what to which object, when, in its order', async () => {
    const { production, sandbox } = stores()
    const objectId = ids.person()
    await production.write(async (tx) => {
      await audit.add(tx, 'requester:R', 'CreateHIT', objectId)
      await audit.add(tx, 'worker:W', 'AcceptHIT', objectId)
    }, 5)
    const rows = await production.read((tx) => tx.all(auditRows, { objectId }))
    expect(rows).toEqual([
      { id: rows[0]!.id, at: 5, caller: 'requester:R', operation: 'CreateHIT', object_id: objectId },
      { id: rows[1]!.id, at: 5, caller: 'worker:W', operation: 'AcceptHIT', object_id: objectId },
    ])
    expect(await sandbox.read((tx) => tx.all(auditRows, { objectId }))).toEqual([])
  })
})
