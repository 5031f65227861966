// A server between a client and ours that passes calls on as they are, or answers as a service does that has enough of it.
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface UnsteadyProxy {
  address: string
  /** Names of the operations that were asked for since the last look. */
  takeCalls(): string[]
  /** How calls are met from now on, by their number since the last look. */
  meet: (call: number) => 'pass' | 'break' | 'throttle'
  close(): Promise<void>
}

/** Starts one before the server at an address. The signature stays good: it covers the name that the client called. */
export async function startUnsteadyProxy(to: string): Promise<UnsteadyProxy> {
  let calls: string[] = []
  let count = 0
  const target = new URL(to)
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method, url, rawHeaders } = incoming
    const onward = request(
      { host: target.hostname, port: target.port, method, path: url, headers: rawHeaders },
      (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.rawHeaders)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }
  const server = createServer((incoming, outgoing) => {
    calls.push(String(incoming.headers['x-amz-target']).split('.').at(-1)!)
    const met = proxy.meet(count++)
    if (met === 'pass') pass(incoming, outgoing)
    else if (met === 'break') incoming.socket.destroy()
    else {
      incoming.resume()
      outgoing.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.1' })
      outgoing.end(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }))
    }
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
