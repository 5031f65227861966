// The unmodified clients through which journeys speak to a server: Amazon's SDK for JavaScript, and boto3. Both give
// the same answers here: times are epoch seconds, a refusal is a value with its whole text.
import * as sdk from '@aws-sdk/client-mturk'
import type { OperationName } from '../../src/model/operations.ts'
import type { Refusal } from './market.ts'
import { openPython } from './python-session.ts'

export interface Key {
  accessKeyId: string
  secretAccessKey: string
}

/** A refusal as the client shows it: the message has its stamp; `modelled` is whether it is a RequestError to catch. */
export type ShownRefusal = Refusal & { modelled: boolean }
export type Outcome = { output: unknown } | ShownRefusal

export interface JourneyClient {
  /** Whether it hands on the code of a refusal that is not in the service model: boto3 does not. */
  showsEveryCode: boolean
  /** `ExpireAt` is epoch milliseconds, as in the model's types. */
  call(key: Key, operation: OperationName, input: object): Promise<Outcome>
  close(): Promise<void>
}

/** How a kind of client is opened for the server at an address. */
export type OpenClient = (address: string) => JourneyClient

type MakeCommand = new (input: object) => object

/** What the SDK exports, to find the command of an operation by its name. */
const exported: Readonly<Record<string, unknown>> = { ...sdk }

interface Sender {
  send(command: object): Promise<object>
  destroy(): void
}

/** Turns every time of an answer into epoch seconds, and leaves out what the client says about the exchange. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, name, inner: unknown) {
      const original = this[name]
      if (original instanceof Date) return original.getTime() / 1000
      return name === '$metadata' ? undefined : inner
    }),
  )
}

/** Amazon's SDK for JavaScript. */
export const openSDK: OpenClient = (address) => {
  const clients = new Map<string, Sender>()
  const clientOf = (credentials: Key): Sender => {
    const known = clients.get(credentials.accessKeyId)
    if (known !== undefined) return known
    const made = new sdk.MTurkClient({ endpoint: address, region: 'us-east-1', credentials, maxAttempts: 1 })
    clients.set(credentials.accessKeyId, made as unknown as Sender)
    return made as unknown as Sender
  }
  return {
    showsEveryCode: true,
    async call(key, operation, input) {
      const Command = exported[`${operation}Command`] as MakeCommand
      const { ExpireAt } = input as { ExpireAt?: number }
      const command = new Command(ExpireAt === undefined ? input : { ...input, ExpireAt: new Date(ExpireAt) })
      try {
        return { output: plain(await clientOf(key).send(command)) }
      } catch (error) {
        if (!(error instanceof sdk.MTurkServiceException)) throw error
        return {
          status: error.$metadata.httpStatusCode ?? 0,
          type: error.name,
          message: error.message,
          code: (error as { TurkErrorCode?: string }).TurkErrorCode,
          modelled: error instanceof sdk.RequestError,
        }
      }
    },
    close() {
      for (const client of clients.values()) client.destroy()
      return Promise.resolve()
    },
  }
}

/** boto3, in one Python process that lives until `close`. */
export const openBoto3: OpenClient = (address) => {
  const python = openPython(new URL('boto3-session.py', import.meta.url), address)
  return {
    showsEveryCode: false,
    async call(key, operation, input) {
      const { ExpireAt } = input as { ExpireAt?: number }
      const parameters = ExpireAt === undefined ? input : { ...input, ExpireAt: ExpireAt / 1000 }
      const answer = await python.ask<Outcome>({ key, operation, parameters })
      return 'output' in answer ? answer : { ...answer, code: answer.code ?? undefined }
    },
    close: () => python.close(),
  }
}
