// The address of a task's frame, opened by somebody else than the worker whose page it stands in: a task that not
// everybody may see is shown to nobody else.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn } from '../support/form-work.ts'
import { load, signInTo, type SiteSession } from '../support/site-session.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite
/** In Germany, as the hidden HITs ask for, and elsewhere. */
let german: SiteSession
let other: SiteSession

let groups = 0

type Guard = 'Accept' | 'PreviewAndAccept' | 'DiscoverPreviewAndAccept'

const guarded = (ActionsGuarded: Guard) =>
  site.createHIT({
    // A group of its own, so that its preview is of this HIT.
    Title: `For Germany ${(groups += 1)}`,
    QualificationRequirements: [
      {
        QualificationTypeId: '00000000000000000071',
        Comparator: 'EqualTo',
        LocaleValues: [{ Country: 'DE' }],
        ActionsGuarded,
      },
    ],
  })

beforeAll(async () => {
  site = await startWorkerSite()
  german = await signInTo(site, await site.createWorker({ country: 'DE' }))
  other = await signInTo(site, await site.createWorker({ country: 'US' }))
}, 60_000)
afterAll(() => site.stop())

const task = 'Which bird is it?'

/** The path of the frame in the preview of a worker. */
async function previewed(worker: SiteSession, groupId: string): Promise<string> {
  const preview = (await worker.get(`/projects/${groupId}/tasks.json`)).json()
  const { value } = preview.question as { value: string }
  return value.slice(site.address.length)
}

/** Status of an address for the German, the other worker, and nobody; whoever is refused sees nothing of the task. */
async function shownTo(path: string): Promise<number[]> {
  const answers = [await german.get(path), await other.get(path), await load(site.address + path)]
  for (const { status, text } of answers) expect(text.includes(task)).toBe(status === 200)
  return answers.map(({ status }) => status)
}

test.each<[Guard, number[], number[]]>([
  ['Accept', [200, 200, 200], [200, 200, 200]],
  // Without a session only a signed address shows it, as a frame that loads itself anew has none.
  ['PreviewAndAccept', [200, 404, 404], [200, 404, 200]],
  ['DiscoverPreviewAndAccept', [200, 404, 404], [200, 404, 200]],
])('a task whose requirement guards %s [design 5, qualifications 4.4]', async (guard, plain, signed) => {
  const hit = await guarded(guard)
  const query = `?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=${hit.HITId}`
  expect(await shownTo(`/task/${hit.HITId}`)).toEqual(plain)
  expect(await shownTo(`/task/${hit.HITId}${query}`)).toEqual(plain)
  const address = await previewed(german, hit.HITGroupId)
  expect(address.endsWith(query)).toBe(true)
  expect(await shownTo(address)).toEqual(signed)
})

test('a signed address is good for its HIT and its time alone [design 5]', async () => {
  const hit = await guarded('PreviewAndAccept')
  const second = await guarded('DiscoverPreviewAndAccept')
  const address = await previewed(german, hit.HITGroupId)
  const [, , hitId, look] = address.split(/[/?]/)
  expect([hitId, look]).toEqual([hit.HITId, expect.stringMatching(/^\d+\.[\w-]{20,}$/)])
  const [expires, signature] = look!.split('.')
  for (const forged of [
    `/task/${second.HITId}/${look}`,
    `/task/${hit.HITId}/${Number(expires) + 1}.${signature}`,
    `/task/${hit.HITId}/1.${signature}`,
    `/task/${hit.HITId}/${expires}.`,
    `/task/${hit.HITId}/.`,
    `/task/${hit.HITId}/%00`,
    `/task/${hit.HITId}/NaN.${signature}`,
  ])
    expect([forged, (await load(site.address + forged)).status]).toEqual([forged, 404])
})

test('the frame of an assignment: for its worker, and for programs that have its address [design 5]', async () => {
  const hit = await guarded('DiscoverPreviewAndAccept')
  const { frameURL, assignmentId, submitTo } = await site.accept(german.workerId, hit.HITId)
  const path = frameURL.slice(site.address.length)
  expect(await shownTo(path)).toEqual([200, 404, 200])
  const own = await guarded('Accept')
  const bait = await site.createHIT()
  const others = await site.accept(other.workerId, bait.HITId)
  expect(own.HITId).not.toBe(hit.HITId)
  for (const parameters of [
    { assignmentId },
    { assignmentId, turkSubmitTo: `${site.address}/s/forged` },
    { assignmentId: others.assignmentId, turkSubmitTo: others.submitTo },
    { assignmentId: 'x', turkSubmitTo: submitTo },
    { assignmentId: '', turkSubmitTo: submitTo },
  ]) {
    const address = `/task/${hit.HITId}?${new URLSearchParams(parameters).toString()}`
    expect([address, await shownTo(address)]).toEqual([address, [200, 404, 404]])
  }
})

test('what a worker may not discover is told to him on no page, though he has its ids [qualifications 4.4]', async () => {
  const hit = await guarded('DiscoverPreviewAndAccept')
  const title = hit.Title ?? ''
  const { cookie, token } = await signedIn(site, other.workerId)
  for (const id of [hit.HITGroupId, hit.HITTypeId ?? '']) {
    await fetch(`${site.address}/favourites`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ authenticity_token: token, mark: `group ${id}`, kind: 'group', id }),
    })
    for (const path of [
      '/projects?filters[search_term]=Germany',
      '/projects.json?page_size=100',
      `/projects/${id}/tasks`,
      `/projects/${id}/tasks.json`,
      `/projects/${id}/tasks/accept_random?format=json`,
      `/task/${hit.HITId}`,
      '/favourites',
      '/projects?filters[favourites]=true',
      '/history/groups',
      `/projects/${id}/tasks/${hit.HITId}`,
    ]) {
      const { text } = await load(site.address + path, { cookie })
      expect([path, text.includes(title)]).toEqual([path, false])
    }
  }
})
