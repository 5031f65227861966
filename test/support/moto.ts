// Queues and topics of a real peer: moto's server, where this machine's Python has it.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from './free-port.ts'

/** Why there is no moto here, or undefined. */
export function motoMissing(): string | undefined {
  const found = spawnSync('python3', ['-c', 'import moto, flask']).status === 0
  return found ? undefined : 'Python has no moto'
}

/** The keys of whoever calls moto: it takes any. */
export const motoKeys = { accessKeyId: 'test', secretAccessKey: 'test' }

/** The machine's settings with which a server of ours reaches moto. */
export const motoVariables = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }

export interface Moto {
  /** Where queues and topics are. */
  endpoint: string
  stop(): Promise<void>
}

/** Starts the server and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(child, 'exit')
  // Its log tells when it listens.
  for await (const chunk of child.stderr.setEncoding('utf8')) {
    if (String(chunk).includes(`:${port}`)) break
  }
  child.stderr.destroy()
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill()
      await exited
    },
  }
}
