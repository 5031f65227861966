// Files in a bucket: of S3, or of anything that speaks its protocol. Only calls that all of them know are used: Google's
// does not delete lists of objects, and older ones do not know the checksums that newer clients send by themselves.
import type * as S3 from '@aws-sdk/client-s3'
import { server } from '../limits.ts'
import { checkKey, type FileStore } from './file-store.ts'

export interface BucketOptions {
  bucket: string
  /** What the name of every object begins with: one market's alone, with a slash at its end. */
  prefix: string
  /** Where the bucket is when it is not at AWS: MinIO, Ceph, moto. */
  endpoint: string | undefined
  /** Who calls; without it what the AWS SDK finds on this machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
  /** Milliseconds that one call may take, all its attempts together. */
  callTime?: number
}

type Library = typeof S3
type Client = S3.S3Client

// What fails is thrown; the SDK's own remarks go nowhere.
const ignore = () => undefined
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** The object that shows that the bucket takes and gives; its name is no key. */
const proofName = 'kempelen.txt'
const proof = 'Kempelen keeps files of workers under this prefix.\n'

type Call = <T>(
  send: (library: Library, client: Client, bounds: { abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>

/** Builds what makes calls, each of which is over in time: a bucket that hangs must not hold a page up. */
function createCaller(options: BucketOptions): Call {
  const { callTime = server.fileStoreTime } = options
  let made: ReturnType<typeof open> | undefined
  return async (send) => {
    // A start that failed is tried anew by the next call.
    const opened = (made ??= open(options).catch((error: unknown) => {
      made = undefined
      throw error
    }))
    const abortSignal = AbortSignal.timeout(callTime)
    const late = Promise.withResolvers<never>()
    const giveUp = () => late.reject(new Error(`It did not answer within ${callTime / 1000} s.`))
    abortSignal.addEventListener('abort', giveUp)
    try {
      // Looking for credentials obeys no signal, so the call is left as well as broken off.
      const work = opened.then(({ library, client }) => send(library, client, { abortSignal }))
      return await Promise.race([work, late.promise])
    } finally {
      abortSignal.removeEventListener('abort', giveUp)
    }
  }
}

/** Builds the store. The bucket is first asked for something by the first call. */
export function s3Files(options: BucketOptions): FileStore {
  const { bucket: Bucket, prefix } = options
  const call = createCaller(options)
  const put = (name: string, bytes: Uint8Array) =>
    call(async ({ PutObjectCommand }, client, bounds) => {
      const input = { Bucket, Key: prefix + name, Body: bytes, ContentType: 'application/octet-stream' }
      await client.send(new PutObjectCommand(input), bounds)
    })
  const get = (name: string) =>
    call(async ({ GetObjectCommand }, client, bounds) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: prefix + name }), bounds)
        return await Body?.transformToByteArray()
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined
        throw error
      }
    })
  const removeObject = (Key: string) =>
    call(({ DeleteObjectCommand }, client, bounds) =>
      client.send(new DeleteObjectCommand({ Bucket, Key }), bounds),
    )
  const objectsAfter = (StartAfter: string) =>
    call(async ({ ListObjectsV2Command }, client, bounds) => {
      const input = { Bucket, Prefix: prefix, StartAfter, MaxKeys: server.deletedAtOnce }
      const { Contents = [] } = await client.send(new ListObjectsV2Command(input), bounds)
      return Contents.flatMap(({ Key }) => Key ?? [])
    })

  return {
    async put(key, bytes) {
      checkKey(key)
      await put(key, bytes)
    },
    async get(key) {
      checkKey(key)
      return get(key)
    },
    async remove(key) {
      checkKey(key)
      await removeObject(prefix + key)
    },
    async clear() {
      for (let last: string | undefined = prefix; last !== undefined;) {
        const names = await objectsAfter(last)
        await Promise.all(names.map(removeObject))
        last = names.at(-1)
      }
    },
    async check() {
      try {
        await put(proofName, Buffer.from(proof))
        if ((await get(proofName)) === undefined) throw new Error('What was put into it is not there.')
      } catch (error) {
        throw new Error(
          `The bucket "${Bucket}" that KEMPELEN_FILES names cannot be used: ${(error as Error).message}`,
          { cause: error },
        )
      }
    },
  }
}

async function open({ endpoint, credentials }: BucketOptions): Promise<{ library: Library; client: Client }> {
  const library = await import('@aws-sdk/client-s3')
  const settings = {
    logger: silent,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(credentials !== undefined && { credentials }),
  } as const
  const atAWS = new library.S3Client({ ...settings, followRegionRedirects: true })
  if (endpoint === undefined) return { library, client: atAWS }
  // A signature names a region even where there are none.
  const region = await atAWS.config.region().catch(() => 'us-east-1')
  atAWS.destroy()
  // Whoever has one server has no host name for each bucket.
  const client = new library.S3Client({ ...settings, endpoint, region, forcePathStyle: true })
  return { library, client }
}
