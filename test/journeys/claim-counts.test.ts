// What a claim of an earlier id changes for its worker, from outside and on both databases (docs/decisions/0013).
import {
  AssociateQualificationWithWorkerCommand,
  CreateQualificationTypeCommand,
  CreateWorkerBlockCommand,
  DeleteWorkerBlockCommand,
  GetQualificationScoreCommand,
} from '@aws-sdk/client-mturk'
import { expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { onBothSites } from '../support/both-sites.ts'
import { importsOf } from '../support/imports.ts'
import { control } from '../support/server.ts'
import { load } from '../support/site-session.ts'
import type { WorkerSite } from '../support/worker-site.ts'

const { requesterId } = demo
let made = 0

/** Brings an id of the real service in for the demo requester; answers it with its code. */
async function bring(site: WorkerSite): Promise<{ id: string; code: string }> {
  const market = site.server.running.markets.get('production')!
  const id = `AEARLIER${++made}`
  await importsOf({ market }, requesterId, 'A').worker({ worker_id: id })
  const { body } = await control(site.address, `imports/codes?requester=${requesterId}`)
  const { code } = (body.codes as { workerId: string; code: string }[]).find((one) => one.workerId === id)!
  return { id, code }
}

const grant = (site: WorkerSite, QualificationTypeId: string, WorkerId: string, IntegerValue: number) =>
  site.client.send(
    new AssociateQualificationWithWorkerCommand({ QualificationTypeId, WorkerId, IntegerValue }),
  )

/** A type of the demo requester of which the id has a value. */
async function give(site: WorkerSite, id: string, value: number): Promise<string> {
  const { QualificationType } = await site.client.send(
    new CreateQualificationTypeCommand({
      Name: `Knows birds ${++made}`,
      Description: 'Knows birds.',
      QualificationTypeStatus: 'Active',
    }),
  )
  const typeId = QualificationType!.QualificationTypeId!
  await grant(site, typeId, id, value)
  return typeId
}

const onlyFor = (QualificationTypeId: string) => ({
  QualificationRequirements: [
    {
      QualificationTypeId,
      Comparator: 'GreaterThan' as const,
      IntegerValues: [50],
      ActionsGuarded: 'DiscoverPreviewAndAccept' as const,
    },
  ],
})

interface Member {
  workerId: string
  get(path: string): Promise<string>
  post(path: string, fields: Record<string, string>): Promise<number>
}

/** A worker who is signed in. */
async function join(site: WorkerSite): Promise<Member> {
  const workerId = await site.createWorker()
  const { headers } = await load(await site.signInLink(workerId))
  const Cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const get = async (path: string) => (await load(site.address + path, { Cookie })).text
  const token = /name="csrf-token" content="([^"]+)"/.exec(await get('/account'))?.[1] ?? ''
  return {
    workerId,
    get,
    async post(path, fields) {
      const body = new URLSearchParams({ authenticity_token: token, ...fields })
      const init = { method: 'POST', redirect: 'manual', headers: { Cookie }, body } as const
      return (await fetch(site.address + path, init)).status
    },
  }
}

async function claimed(site: WorkerSite, { id, code }: { id: string; code: string }): Promise<Member> {
  const member = await join(site)
  expect(await member.post('/account/claim', { earlier_id: id, code })).toBe(303)
  return member
}

/** The fault with which the HIT is refused to the worker; undefined when he gets it. */
async function refusal(site: WorkerSite, { workerId }: Member, hitId: string): Promise<unknown> {
  return (await control(site.address, `workers/${workerId}/accept`, { hitId })).body.error
}

onBothSites((site) => {
  test('a score of the earlier id opens HITs from the claim on, and is shown as such', async () => {
    const earlier = await bring(site())
    const typeId = await give(site(), earlier.id, 80)
    const { HITId, HITGroupId } = await site().createHIT(onlyFor(typeId))
    const isFound = async (member: Member) =>
      (await member.get(`/projects?page_size=100`)).includes(HITGroupId)
    const worker = await join(site())
    expect(await refusal(site(), worker, HITId)).toBe('QualificationsNotMet')
    expect(await isFound(worker)).toBe(false)

    await worker.post('/account/claim', { earlier_id: earlier.id, code: earlier.code })
    await expect.poll(() => isFound(worker)).toBe(true)
    expect(await worker.get(`/projects/${HITGroupId}/tasks`)).toContain('Name the bird')
    expect(await refusal(site(), worker, HITId)).toBeUndefined()
    const note = `from your earlier worker ID ${earlier.id}`
    expect(await worker.get('/qualifications/assigned')).toContain(note)
    expect(await worker.get(`/qualifications/${typeId}`)).toContain(note)
    expect(await worker.get('/qualifications/assigned.json')).toContain(typeId)

    // A program that asks for the score of whoever handed in must not take him for somebody without one.
    const scoreOf = (WorkerId: string) =>
      site().client.send(new GetQualificationScoreCommand({ QualificationTypeId: typeId, WorkerId }))
    for (const id of [earlier.id, worker.workerId])
      expect((await scoreOf(id)).Qualification).toMatchObject({ WorkerId: id, IntegerValue: 80 })
    const stranger = await join(site())
    await expect(scoreOf(stranger.workerId)).rejects.toThrow()
  })

  test.each(['requester=%00', `requester=${requesterId}&after=%00`])('no codes of %s', async (query) => {
    expect((await control(site().address, `imports/codes?${query}`)).status).toBe(400)
  })

  test('his own score comes first', async () => {
    const earlier = await bring(site())
    const typeId = await give(site(), earlier.id, 80)
    const { HITId } = await site().createHIT(onlyFor(typeId))
    const worker = await claimed(site(), earlier)
    await grant(site(), typeId, worker.workerId, 10)
    expect(await refusal(site(), worker, HITId)).toBe('QualificationsNotMet')
    expect(await worker.get(`/qualifications/${typeId}`)).not.toContain('earlier worker ID')
  })

  test('a block of the earlier id holds as long as it lasts', async () => {
    const earlier = await bring(site())
    const { HITId } = await site().createHIT()
    await site().client.send(new CreateWorkerBlockCommand({ WorkerId: earlier.id, Reason: 'Copied.' }))
    const worker = await claimed(site(), earlier)
    expect(await refusal(site(), worker, HITId)).toBe('WorkerBlocked')
    const { production } = JSON.parse(await worker.get('/account/data')) as Record<string, any>
    expect(production.account.blocks).toBe(1)
    await site().client.send(new DeleteWorkerBlockCommand({ WorkerId: earlier.id }))
    expect(await refusal(site(), worker, HITId)).toBeUndefined()
  })

  test('it is in his download, and given up with his account', async () => {
    const earlier = await bring(site())
    const typeId = await give(site(), earlier.id, 70)
    const worker = await claimed(site(), earlier)
    const { production } = JSON.parse(await worker.get('/account/data')) as Record<string, any>
    expect(production.earlierWorkerIds).toEqual([
      { requesterId, earlierWorkerId: earlier.id, claimedAt: expect.any(String) },
    ])
    expect(production.earlierQualifications).toMatchObject([
      { qualificationTypeId: typeId, earlierWorkerId: earlier.id, value: 70 },
    ])
    expect(await worker.post('/account/close', { sure: '1', gives_up: '1' })).toBe(303)
    await claimed(site(), earlier)
  })
})
