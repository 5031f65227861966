// An endpoint over an operation that records what reached it: for tests of everything that happens before.
import { type Clock, fromISO } from '../../src/clock.ts'
import type { Fault } from '../../src/domain/fault.ts'
import type { CallEvent } from '../../src/log.ts'
import {
  createEndpoint,
  type Call,
  type EndpointDependencies,
  type WireAnswer,
} from '../../src/wire/endpoint.ts'
import type { AccessKey } from '../../src/wire/sigv4.ts'
import { exampleKey, signHeaders, type ToSign } from './sigv4-signers.ts'

export const now = fromISO('2026-01-01T12:00:00Z')!
export const marketNow = 1624047673969
export const requestId = '9b3a4c1e-0000-4000-8000-000000000001'

const clock = (time: number): Clock => ({ now: () => time })

export interface Sent extends Partial<ToSign> {
  /** The bytes that are sent, when they are not those that were signed. */
  bytes?: string | Buffer
  tooLarge?: boolean
  /** Changes the raw headers after signing. */
  change?: (rawHeaders: string[]) => string[]
  unsigned?: boolean
}

/** Builds an endpoint; `answer` is what every operation gives. */
export function harness(
  answer: (call: Call) => { output: unknown } | Fault = () => ({ output: {} }),
  more: Partial<EndpointDependencies> = {},
  keys: readonly AccessKey[] = [exampleKey],
) {
  const calls: Call[] = []
  const events: CallEvent[] = []
  const endpoint = createEndpoint({
    environment: 'production',
    marketClock: clock(marketNow),
    wallClock: clock(now),
    requestId: () => requestId,
    findKey: (id) => keys.find((key) => key.accessKeyId === id),
    corsOrigins: [],
    execute: (call) => {
      calls.push(call)
      return Promise.resolve(answer(call))
    },
    log: (event) => events.push(event),
    ...more,
  })

  /** Sends a request and gives the answer; a dropped connection is an error of the test. */
  async function send(sent: Sent): Promise<WireAnswer & { json: Record<string, unknown> | undefined }> {
    const answered = await exchange(sent)
    if ('drop' in answered) throw new Error('the connection was dropped')
    const text = answered.body.toString()
    return {
      ...answered,
      json: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : undefined,
    }
  }

  function exchange(sent: Sent) {
    const { bytes, tooLarge, change, unsigned, ...toSign } = sent
    const signed = signHeaders({ time: now, ...toSign })
    const rawHeaders = unsigned === true ? signed.slice(0, -2) : signed
    return endpoint({
      method: sent.method ?? 'POST',
      target: sent.target ?? '/',
      rawHeaders: change?.(rawHeaders) ?? rawHeaders,
      body: Buffer.from((bytes ?? sent.body ?? '{}') as string),
      ...(tooLarge === undefined ? {} : { tooLarge }),
    })
  }
  return { endpoint, calls, events, send, exchange }
}
