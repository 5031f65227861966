// Takes the addresses on which this process serves.
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'

/** Listens with a server of its own on each address that `host` means. Throws with a sentence when it cannot. */
export async function listenOn(
  host: string,
  port: number,
  makeServer: () => Server,
): Promise<{ servers: Server[]; port: number }> {
  const servers: Server[] = []
  let taken = port
  // "localhost" is two addresses: a client may try either first.
  for (const address of host === 'localhost' ? ['127.0.0.1', '::1'] : [host]) {
    const server = makeServer()
    if (!(await tryListen(server, taken, address, servers.length > 0))) continue
    taken = (server.address() as AddressInfo).port
    servers.push(server)
  }
  return { servers, port: taken }
}

/** Listens; where the second address of this machine does not exist, the first is enough. */
function tryListen(server: Server, port: number, host: string, optional: boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (optional) return resolve(false)
      const text =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use: another server runs there. Stop it, or set PORT to another number.`
          : `Cannot listen on ${host}:${port}: ${error.message}`
      reject(new Error(text))
    })
    server.listen(port, host, () => resolve(true))
  })
}
