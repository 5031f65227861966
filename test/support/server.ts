// A whole server in demo mode for tests, on a free port, with a data folder of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { startServer, type Running } from '../../src/main.ts'

export interface TestServer {
  running: Running
  /** `http://localhost:<port>`. */
  address: string
  stop(): Promise<void>
}

/** Starts demo mode with these environment variables. */
export async function startDemo(variables: Record<string, string> = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-test-'))
  const config = readConfig('demo', { PORT: '0', KEMPELEN_DATA: folder, ...variables })
  if (Array.isArray(config)) throw new Error(config.join('\n'))
  const clean = () => rmSync(folder, { recursive: true, force: true })
  const running = await startServer(config, createLog('error')).catch((error: unknown) => {
    clean()
    throw error
  })
  return {
    running,
    address: `http://localhost:${running.port}`,
    async stop() {
      await running.stop()
      clean()
    },
  }
}

/** Calls the control API; answers status and JSON. */
export async function control(
  address: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${address}/_control/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
