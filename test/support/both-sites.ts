// The worker site on either database, for what must be the same on both.
import { afterAll, beforeAll, describe } from 'vitest'
import { createDatabase, postgresMissing } from './postgres.ts'
import { describeUnless } from './shared.ts'
import { startWorkerSite, type WorkerSite } from './worker-site.ts'

/** Runs the same tests against a site on SQLite and one on PostgreSQL. */
export function onBothSites(
  body: (site: () => WorkerSite, database: 'SQLite' | 'PostgreSQL') => void,
  prepare: (site: WorkerSite) => Promise<unknown> = () => Promise.resolve(),
): void {
  describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', async (database) => {
    const missing = database === 'PostgreSQL' ? await postgresMissing() : undefined
    describeUnless(missing, 'runs', () => {
      let site: WorkerSite
      let drop: () => Promise<void> = () => Promise.resolve()
      beforeAll(async () => {
        const variables: Record<string, string> = {}
        if (database === 'PostgreSQL') {
          const made = await createDatabase()
          drop = () => made.drop()
          variables.DATABASE_URL = made.url
          variables.KEMPELEN_SECRET_KEY = Buffer.alloc(32, 7).toString('base64')
          variables.KEMPELEN_CLOCK = 'real'
        }
        site = await startWorkerSite(variables)
        await prepare(site)
      }, 60_000)
      afterAll(async () => {
        await site?.stop()
        await drop()
      })
      body(() => site, database)
    })
  })
}
