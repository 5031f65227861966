// The bucket where it is not as it should be, and what it holds besides ours.
import { createServer, type RequestListener } from 'node:http'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { makeBucket, objectsIn, putObject } from '../../test/support/buckets.ts'
import { freePort } from '../../test/support/free-port.ts'
import { motoKeys as credentials, motoMissing, startMoto, type Moto } from '../../test/support/moto.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { s3Files } from './s3.ts'

const key = 'ab'.repeat(32)
const bytes = Buffer.from('x')

/** A server that does with requests what `answer` does; answers its address and what was asked of it. */
async function bucketThat(answer: RequestListener): Promise<{ endpoint: string }> {
  const port = await freePort()
  const server = createServer(answer)
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { endpoint: `http://127.0.0.1:${port}` }
}

describe('a bucket that is not there', () => {
  test('whose server nobody runs is told at the check, with its name', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint, credentials })
    await expect(files.check!()).rejects.toThrow(
      /^The bucket "scans" that KEMPELEN_FILES names cannot be used: .*ECONNREFUSED/,
    )
    await expect(files.put(key, bytes)).rejects.toThrow()
    await expect(files.get(key)).rejects.toThrow()
    await expect(files.clear()).rejects.toThrow()
  })

  test('whose server takes the call and says nothing is given up in time, by every call', async () => {
    const { endpoint } = await bucketThat(() => undefined)
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint, credentials, callTime: 100 })
    const calls = [files.check!(), files.put(key, bytes), files.get(key), files.remove(key), files.clear()]
    const outcomes = await Promise.allSettled(calls)
    expect(outcomes.map(({ status }) => status)).toEqual(calls.map(() => 'rejected'))
  })

  test('whose answer breaks off in the middle of a file gives no half file', async () => {
    const { endpoint } = await bucketThat((_, response) => {
      response.writeHead(200, { 'Content-Length': '10' })
      response.write('four', () => response.destroy())
    })
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint, credentials })
    await expect(files.get(key)).rejects.toThrow()
  })

  test('that takes everything and keeps nothing is told at the check', async () => {
    const { endpoint } = await bucketThat(({ method }, response) => {
      response.writeHead(method === 'PUT' ? 200 : 404)
      response.end(method === 'PUT' ? '' : '<Error><Code>NoSuchKey</Code><Message>None</Message></Error>')
    })
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint, credentials })
    expect(await files.get(key)).toBeUndefined()
    await expect(files.check!()).rejects.toThrow('cannot be used: What was put into it is not there.')
  })

  test('at AWS needs a region, and says so', async () => {
    for (const name of ['AWS_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined)
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nonexistent')
    onTestFinished(() => void vi.unstubAllEnvs())
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint: undefined, credentials })
    await expect(files.check!()).rejects.toThrow('cannot be used: Region is missing')
  })

  test('whose answer stops in the middle of a file is given up in time, and its connection', async () => {
    const closed = Promise.withResolvers<void>()
    const { endpoint } = await bucketThat((_, response) => {
      response.on('close', () => closed.resolve())
      response.writeHead(200, { 'Content-Length': '10' })
      response.write('four')
    })
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint, credentials, callTime: 100 })
    await expect(files.get(key)).rejects.toThrow('It did not answer within 0.1 s.')
    await closed.promise
  })

  test('a server that stumbles once is asked again', async () => {
    let asked = 0
    const { endpoint } = await bucketThat((_, response) => {
      response.writeHead(++asked === 1 ? 503 : 200).end()
    })
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint, credentials })
    await files.put(key, bytes)
    expect(asked).toBe(2)
  })

  test('a refusal is an error, not a missing file', async () => {
    const { endpoint } = await bucketThat((_, response) => {
      response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
    })
    const files = s3Files({ bucket: 'scans', prefix: 'p/', endpoint, credentials })
    await expect(files.get(key)).rejects.toThrow('Access Denied')
    await expect(files.check!()).rejects.toThrow('cannot be used: Access Denied')
  })
})

test('what is sent is plain: path style, no chunked signature, no new checksums', async () => {
  const seen: { path: string; headers: Record<string, unknown>; body: string }[] = []
  const { endpoint } = await bucketThat((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      seen.push({ path: request.url!, headers: request.headers, body })
      response.end()
    })
  })
  await s3Files({ bucket: 'scans', prefix: 'p/production/', endpoint, credentials }).put(key, bytes)
  const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = seen
  expect({ path, body }).toEqual({ path: `/scans/p/production/${key}?x-id=PutObject`, body: 'x' })
  expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-length': '1' })
  expect(Object.keys(headers).filter((name) => name.startsWith('x-amz-checksum'))).toEqual([])
  expect(headers['content-encoding']).toBeUndefined()
})

describeUnless(motoMissing(), "moto's server", () => {
  let moto: Moto
  beforeAll(async () => {
    moto = await startMoto()
    await makeBucket(moto.endpoint, 'shared')
  }, 60_000)
  afterAll(() => moto?.stop())

  test('a bucket that nobody made is told at the check', async () => {
    const files = s3Files({ bucket: 'nowhere', prefix: 'p/', endpoint: moto.endpoint, credentials })
    await expect(files.check!()).rejects.toThrow(
      'The bucket "nowhere" that KEMPELEN_FILES names cannot be used: The specified bucket does not exist',
    )
    await expect(files.get(key)).rejects.toThrow('The specified bucket does not exist')
  })

  test('clearing takes what is under the prefix of the market, and nothing of its neighbours', async () => {
    const of = (prefix: string) => s3Files({ bucket: 'shared', prefix, endpoint: moto.endpoint, credentials })
    await putObject(moto.endpoint, 'shared', 'p/production.txt')
    await putObject(moto.endpoint, 'shared', 'p/production-2/x')
    await of('p/sandbox/').put(key, bytes)
    await of('p/production/').put(key, bytes)
    await of('p/production/').check!()
    expect(await objectsIn(moto.endpoint, 'shared')).toEqual([
      'p/production-2/x',
      'p/production.txt',
      `p/production/${key}`,
      'p/production/kempelen.txt',
      `p/sandbox/${key}`,
    ])
    await of('p/production/').clear()
    expect(await objectsIn(moto.endpoint, 'shared')).toEqual([
      'p/production-2/x',
      'p/production.txt',
      `p/sandbox/${key}`,
    ])
  })
})
