// What the queue and topic transports share: which AWS, as whom, and by which way.
import { Agent as HTTPAgent } from 'node:http'
import { Agent as HTTPSAgent } from 'node:https'
import { server } from '../limits.ts'
import { publicLookup } from './private-networks.ts'

export interface AWSOptions {
  /** Where all calls go instead of AWS: ElasticMQ, LocalStack, moto. */
  endpoint: string | undefined
  /** Whether a queue's own address may lie in a private network. */
  allowPrivate: boolean
  /** Who calls; without it what the AWS SDK finds on this machine. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

// What fails is thrown; the SDK's own remarks go nowhere.
const ignore = () => undefined
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** The settings of an SDK client. The sender makes the attempts, so the SDK makes one. */
export function clientSettings({ endpoint, allowPrivate, credentials }: AWSOptions, region: string) {
  // An operator may name an endpoint in his own network; addresses of requesters are looked up with care.
  const lookup = endpoint === undefined && !allowPrivate ? { lookup: publicLookup } : {}
  return {
    region,
    maxAttempts: 1,
    logger: silent,
    requestHandler: {
      httpAgent: new HTTPAgent({ keepAlive: true, ...lookup }),
      httpsAgent: new HTTPSAgent({ keepAlive: true, ...lookup }),
    },
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  }
}

interface Handler {
  handle(...request: never[]): Promise<{ response: { body?: AsyncIterable<Uint8Array> | Uint8Array } }>
}

/**
 * Lets a client read no more of an answer than one of AWS takes: the SDK would keep all of it in memory, and whoever may
 * name a queue may answer without end.
 */
export function boundAnswers(handler: Handler): void {
  const handle = handler.handle.bind(handler)
  handler.handle = async (...request) => {
    const answer = await handle(...request)
    const { body } = answer.response
    if (body !== undefined && !(body instanceof Uint8Array)) answer.response.body = await readBounded(body)
    return answer
  }
}

/** The bytes of an answer. Leaving a stream before its end closes it. */
async function readBounded(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > server.notifications.answerBytes) throw new Error('The destination answered with too much.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Makes one client per region, when it is first asked for. */
export function perRegion<T>(make: (region: string) => Promise<T>): (region: string) => Promise<T> {
  const clients = new Map<string, Promise<T>>()
  return (region) => {
    let client = clients.get(region)
    if (client === undefined) {
      // Regions stand in destinations, which strangers choose: the map must have an end.
      if (clients.size >= 50) clients.clear()
      clients.set(region, (client = make(region)))
    }
    return client
  }
}
