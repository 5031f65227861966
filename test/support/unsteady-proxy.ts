// A server between a client and ours that passes calls on as they are, or answers as a service does that has enough of it.
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a call: an object is the answer that it gets. */
export type Met = 'pass' | 'break' | 'throttle' | { status: number; body: object | string }

export interface UnsteadyProxy {
  address: string
  /** Names of the operations that were asked for since the last look. */
  takeCalls(): string[]
  /** How calls are met from now on, by their number since the last look, the operation and what it was asked. */
  meet: (call: number, operation: string, asked: string) => Met
  close(): Promise<void>
}

const throttled = { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } }

/** Starts one before the server at an address. The signature stays good: it covers the name that the client called. */
export async function startUnsteadyProxy(to: string): Promise<UnsteadyProxy> {
  let calls: string[] = []
  let count = 0
  const target = new URL(to)
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse, asked: Buffer) => {
    const { method, url, rawHeaders } = incoming
    const onward = request(
      { host: target.hostname, port: target.port, method, path: url, headers: rawHeaders },
      (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.rawHeaders)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    onward.end(asked)
  }
  const server = createServer((incoming, outgoing) => {
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1)!
    calls.push(operation)
    const call = count++
    const pieces: Buffer[] = []
    incoming.on('data', (piece: Buffer) => pieces.push(piece))
    incoming.on('end', () => {
      const asked = Buffer.concat(pieces)
      const met = proxy.meet(call, operation, asked.toString())
      if (met === 'pass') return pass(incoming, outgoing, asked)
      if (met === 'break') return incoming.socket.destroy()
      const { status, body } = met === 'throttle' ? throttled : met
      outgoing.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' })
      outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: UnsteadyProxy = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCalls() {
      const taken = calls
      calls = []
      count = 0
      return taken
    },
    meet: () => 'pass',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}
