// A raw connection to a server: for requests that no HTTP client would send, and for what happens to the connection.
import { connect, type Socket } from 'node:net'
import { wallClock } from '../../src/clock.ts'
import { signHeaders, type ToSign } from '../conformance/sigv4-signers.ts'

export interface SocketAnswer {
  version: string
  status: number
  headers: Record<string, string>
  body: string
}

export interface Connection {
  socket: Socket
  send(bytes: string | Buffer): void
  /** Sends bytes and waits until they have left this process; false when the connection has ended before. */
  sendAll(bytes: Buffer): Promise<boolean>
  /** Ends our side; the server may still answer. */
  end(): void
  /** The next answer. Throws with what came instead when the connection ended before it. */
  answer(toHead?: boolean): Promise<SocketAnswer>
  /** How the connection ended: `closed`, or the code of the error. */
  ended: Promise<string>
}

/** Opens a connection to the server's address. */
export function openSocket(address: string): Connection {
  const socket = connect(Number(new URL(address).port), '127.0.0.1')
  let received = Buffer.alloc(0)
  let finished = false
  let wake = () => {}
  const ended = new Promise<string>((resolve) => {
    let code = 'closed'
    socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code ?? error.message))
    socket.on('close', () => {
      finished = true
      wake()
      resolve(code)
    })
  })
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    wake()
  })
  const more = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  return {
    socket,
    ended,
    send: (bytes) => void socket.write(bytes),
    sendAll: (bytes) => new Promise((resolve) => socket.write(bytes, (error) => resolve(!error))),
    end: () => void socket.end(),
    async answer(toHead = false) {
      for (;;) {
        const parsed = parse(received, toHead)
        if (parsed !== undefined) {
          received = received.subarray(parsed.length)
          return parsed.answer
        }
        if (finished) throw new Error(`the connection ended after: ${received.toString('latin1')}`)
        await more()
      }
    },
  }
}

function parse(received: Buffer, toHead: boolean): { answer: SocketAnswer; length: number } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [first, ...lines] = received.subarray(0, end).toString('latin1').split('\r\n')
  const [, version, status] = /^HTTP\/(\S+) (\d+)/.exec(first!) ?? []
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  const told = toHead ? 0 : Number(headers['content-length'] ?? 0)
  const length = end + 4 + told
  if (received.length < length) return undefined
  const body = received.subarray(end + 4, length).toString()
  return { answer: { version: version!, status: Number(status), headers, body }, length }
}

/** Request line and headers of a signed call as text, without a header that tells the body's length. */
export function signedHead(address: string, given: Partial<ToSign> & { requestLine?: string } = {}): string {
  const { host } = new URL(address)
  const { requestLine = 'POST / HTTP/1.1', ...more } = given
  const headers = signHeaders({ time: wallClock.now(), ...more, headers: { host, ...more.headers } })
  let head = `${requestLine}\r\n`
  for (let index = 0; index < headers.length; index += 2)
    head += `${headers[index]}: ${headers[index + 1]}\r\n`
  return head
}

/** A whole signed call as text: GetAccountBalance unless told otherwise. */
export function signedCall(address: string, given: Partial<ToSign> & { requestLine?: string } = {}): string {
  const body = given.body ?? '{}'
  return `${signedHead(address, given)}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
