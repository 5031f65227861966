// Files of workers from the form to the requester, over HTTP, in a folder and in a bucket of moto's server: unmodified
// clients ask for the address, and whatever fetches it is not signed in [hits 7.5, questions 2.7].
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  ApproveAssignmentCommand,
  DeleteHITCommand,
  GetFileUploadURLCommand,
  UpdateExpirationForHITCommand,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeBucket, objectsIn, putObject } from '../support/buckets.ts'
import { motoMissing, motoVariables, startMoto, type Moto } from '../support/moto.ts'
import { createDatabase, postgresMissing, type TestDatabase } from '../support/postgres.ts'
import { boto3, clientsMissing } from '../support/python.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const question = (identifier: string, answer: string) =>
  `<Question><QuestionIdentifier>${identifier}</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent>` +
  `<AnswerSpecification>${answer}</AnswerSpecification></Question>`
const Question =
  '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionForm.xsd">' +
  question(
    'scan',
    '<FileUploadAnswer><MaxFileSizeInBytes>3000000</MaxFileSizeInBytes>' +
      '<MinFileSizeInBytes>1</MinFileSizeInBytes></FileUploadAnswer>',
  ) +
  question('note', '<FreeTextAnswer/>') +
  '</QuestionForm>'

const noPostgres = await postgresMissing()

const page = '<!DOCTYPE html><script>alert(document.domain)</script>'
const base64 = Buffer.from(page).toString('base64')

/** A worker's accepted HIT that asks for a file. */
async function held(site: WorkerSite) {
  const worker = await site.createWorker()
  return site.accept(worker, (await site.createHIT({ Question })).HITId)
}

/** Sends the form of a task as a browser does. */
async function sendForm(site: WorkerSite, file: File): Promise<{ id: string; status: number; text: string }> {
  const { assignmentId, submitTo } = await held(site)
  const body = new FormData()
  body.append('assignmentId', assignmentId)
  body.append('scan', file)
  body.append('note', 'an hour of work')
  const response = await fetch(`${submitTo}/mturk/externalSubmit`, { method: 'POST', body })
  return { id: assignmentId, status: response.status, text: await response.text() }
}

async function addressOf(site: WorkerSite, AssignmentId: string): Promise<string> {
  const input = { AssignmentId, QuestionIdentifier: 'scan' }
  return (await site.client.send(new GetFileUploadURLCommand(input))).FileUploadURL!
}

/** What holds wherever the files lie; `kept` lists what lies there. */
function keepsFiles(site: () => WorkerSite, kept: () => Promise<string[]>): void {
  test('a worker sends a file with the form; the requester has its bytes by the SDK [hits 7.5]', async () => {
    const bytes = new Uint8Array(2_000_000).map((_, i) => i * 31)
    const { id, status } = await sendForm(site(), new File([bytes], 'skan ŝ.png'))
    expect(status).toBe(200)
    const response = await fetch(await addressOf(site(), id))
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''skan%20%C5%9D.png")
  })

  test('a page that a worker sends is a file, and runs nowhere [design 5]', async () => {
    const { assignmentId } = await held(site())
    await site().submit(assignmentId, { scan: { file: { name: 'page.html', base64 } } })
    const response = await fetch(await addressOf(site(), assignmentId))
    expect(await response.text()).toBe(page)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''page.html",
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    })
  })

  test('a file that is too large is refused with the limit, and nothing of it is kept [questions 2.7]', async () => {
    const before = await kept()
    const { id, status, text } = await sendForm(site(), new File([new Uint8Array(3_000_001)], 'large'))
    expect(status).toBe(400)
    expect(text).toContain('has 3,000,001 bytes; it must have 1 to 3,000,000.')
    expect(text).toContain('an hour of work')
    expect(await site().stateOf(id)).toBe('open')
    expect(await kept()).toEqual(before)
  })

  test('a form that nobody takes in tells how much it may hold', async () => {
    const { status, text } = await sendForm(site(), new File([new Uint8Array(17_000_000)], 'large'))
    expect(status).toBe(413)
    expect(text).toContain('they may have 16,777,216 bytes together')
  })

  test.skipIf(clientsMissing() !== undefined)('boto3 and urllib fetch it as well', async () => {
    const { assignmentId } = await held(site())
    await site().submit(assignmentId, { scan: { file: { name: 'a.txt', base64 } } })
    const program = `
from urllib.request import urlopen
from urllib.error import HTTPError
url = client.get_file_upload_url(AssignmentId='${assignmentId}', QuestionIdentifier='scan')['FileUploadURL']
def status(address):
    try:
        return urlopen(address).status
    except HTTPError as error:
        return error.code
start, signature = url.split('signature=')
forged = start + 'signature=' + ('B' if signature[0] == 'A' else 'A') + signature[1:]
print(json.dumps([urlopen(url).read().decode(), status(url), status(forged), status(url.split('?')[0])]))`
    expect(await boto3(site().address, program)).toEqual([page, 200, 403, 403])
  })

  test('the bytes go with the answers of a disposed HIT, after the days for which they are kept [hits 5.8, 7.5]', async () => {
    const [before, worker] = [await kept(), await site().createWorker()]
    const hits = [await site().createHIT({ Question }), await site().createHIT({ Question })]
    for (const { HITId } of hits) {
      const { assignmentId } = await site().accept(worker, HITId)
      await site().submit(assignmentId, { scan: { file: { name: 'a.txt', base64 } } })
      await site().client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
      await site().client.send(new UpdateExpirationForHITCommand({ HITId, ExpireAt: new Date(0) }))
    }
    const files = async () =>
      (await kept()).filter((name) => !before.includes(name) && /[0-9a-f]{64}$/.test(name))
    expect(await files()).toHaveLength(2)
    await site().client.send(new DeleteHITCommand({ HITId: hits[0]!.HITId }))
    await site().advance(86_399)
    expect(await files()).toHaveLength(2)
    await site().advance(1)
    expect(await files()).toHaveLength(1)
  })

  test('a reset takes the files along [design 7]', async () => {
    const { id } = await sendForm(site(), new File([page], 'a'))
    const address = await addressOf(site(), id)
    expect((await fetch(address)).status).toBe(200)
    expect((await kept()).length).toBeGreaterThan(1)
    expect((await control(site().address, 'reset', {})).status).toBe(200)
    expect(await kept()).toEqual([])
    expect((await fetch(address)).status).toBe(404)
  })
}

describe('in a folder', () => {
  let site: WorkerSite
  beforeAll(async () => {
    site = await startWorkerSite({ KEMPELEN_RETENTION_DAYS: '1' })
  })
  afterAll(() => site?.stop())
  keepsFiles(
    () => site,
    async () => {
      const { dataFolder } = site.server.running.config
      const below = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' })
      return below.filter((path) => path.startsWith(join('files', 'production', ''))).sort()
    },
  )
})

describeUnless(motoMissing(), 'in a bucket', () => {
  let moto: Moto
  let site: WorkerSite
  const variables = () => ({
    KEMPELEN_RETENTION_DAYS: '1',
    KEMPELEN_FILES: 's3://scans/lab',
    KEMPELEN_AWS_ENDPOINT: moto.endpoint,
  })
  beforeAll(async () => {
    // The AWS SDK looks for the caller's keys in the environment, as with any program.
    for (const [name, value] of Object.entries(motoVariables)) vi.stubEnv(name, value)
    moto = await startMoto()
    await makeBucket(moto.endpoint, 'scans')
    await putObject(moto.endpoint, 'scans', 'another-program')
    site = await startWorkerSite(variables())
  }, 60_000)
  afterAll(async () => {
    await site?.stop()
    await moto?.stop()
    vi.unstubAllEnvs()
  })
  keepsFiles(
    () => site,
    async () =>
      (await objectsIn(moto.endpoint, 'scans')).filter((name) => name.startsWith('lab/production/')),
  )

  test('what is not of this server outlives its reset', async () => {
    await control(site.address, 'reset', {})
    expect(await objectsIn(moto.endpoint, 'scans')).toEqual(['another-program'])
  })

  test('a bucket that is not there is found out at the start', async () => {
    const start = startWorkerSite({ ...variables(), KEMPELEN_FILES: 's3://nowhere' })
    await expect(start).rejects.toThrow('The bucket "nowhere" that KEMPELEN_FILES names cannot be used: ')
  })

  describeUnless(noPostgres, 'of two servers on one PostgreSQL', () => {
    let database: TestDatabase
    const sites: WorkerSite[] = []
    beforeAll(async () => {
      database = await createDatabase()
      const shared = {
        ...variables(),
        KEMPELEN_FILES: 's3://scans/two',
        DATABASE_URL: database.url,
        KEMPELEN_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
        KEMPELEN_CLOCK: 'real',
      }
      sites.push(await startWorkerSite(shared))
      sites.push(await startWorkerSite(shared))
    }, 60_000)
    afterAll(async () => {
      for (const started of sites) await started.stop()
      await database?.drop()
    })

    test('each gives out what the other took in', async () => {
      const [one, other] = sites as [WorkerSite, WorkerSite]
      const { id } = await sendForm(one, new File([page], 'a'))
      const { pathname, search } = new URL(await addressOf(one, id))
      expect(await (await fetch(other.address + pathname + search)).text()).toBe(page)
      const address = await addressOf(other, id)
      expect(await (await fetch(address)).text()).toBe(page)
    })
  })
})

describe('behind a proxy', () => {
  test('the address is the public one [hits 7.5]', async () => {
    const site = await startWorkerSite({ KEMPELEN_PUBLIC_URL: 'https://work.localhost' })
    try {
      const { assignmentId } = await held(site)
      await site.submit(assignmentId, { scan: { file: { name: 'a', base64 } } })
      const { origin, pathname, search } = new URL(await addressOf(site, assignmentId))
      expect(origin).toBe('https://work.localhost')
      expect(await (await fetch(site.address + pathname + search)).text()).toBe(page)
    } finally {
      await site.stop()
    }
  })
})
