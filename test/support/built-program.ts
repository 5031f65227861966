// The built program as a process of its own, to be killed.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { buildProgram } from '../../scripts/build.mjs'

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Starts the built program in demo mode; answers when it says that it is ready. */
export async function startProcess(
  port: number,
  folder: string,
  variables: Record<string, string> = {},
): Promise<ChildProcess> {
  const program = await buildProgram()
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...variables, PORT: String(port), KEMPELEN_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('is ready')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return child
}
