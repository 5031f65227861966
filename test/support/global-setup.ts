// Runs once per test run, outside the processes that run tests. What is dear to start is started when the first
// test file asks for it, and then shared: a run of pure rules starts nothing.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { unpackBrowser, type BrowserFiles } from './browser-files.ts'
import { startPostgres, type PostgresServer } from './postgres-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where test processes ask for what the run shares; see support/shared.ts. */
    sharedThings: string
  }
}

/** An answer to a test process: the thing, or why this machine cannot have it. */
export type Shared<Thing> = Thing | { missing: string }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<PostgresServer> | undefined
  let browser: Promise<BrowserFiles> | undefined
  const things: Record<string, () => Promise<unknown>> = {
    postgres: async () => ({ url: (await (postgres ??= startPostgres())).url }),
    browser: () => (browser ??= unpackBrowser()),
  }
  // The secret keeps other users of the machine out.
  const secret = randomBytes(12).toString('hex')
  const server = createServer((request, response) => {
    const [, given, name = ''] = (request.url ?? '').split('/')
    const thing = given === secret ? things[name] : undefined
    if (thing === undefined) return void response.writeHead(404).end()
    void answer(name, thing).then((text) => response.end(text))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  project.provide('sharedThings', `http://127.0.0.1:${port}/${secret}`)
  return async () => {
    server.close()
    server.closeAllConnections()
    await (await postgres?.catch(() => undefined))?.stop()
  }
}

const noticed = new Set<string>()

async function answer(name: string, thing: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await thing())
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error)
    if (!noticed.has(name)) console.warn(`\nNotice: no ${name} for the tests: ${missing}\n`)
    noticed.add(name)
    return JSON.stringify({ missing } satisfies Shared<never>)
  }
}
