// The worker site on either database, for what must be the same on both.
import { afterAll, beforeAll, describe } from 'vitest'
import { postgresMissing } from './postgres.ts'
import { serverDatabase, type ServerDatabase } from './server-database.ts'
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
      let own: ServerDatabase | undefined
      beforeAll(async () => {
        own = await serverDatabase(database)
        const clock = database === 'PostgreSQL' ? { KEMPELEN_CLOCK: 'real' } : {}
        site = await startWorkerSite({ ...own.variables, ...clock })
        await prepare(site)
      }, 60_000)
      afterAll(async () => {
        await site?.stop()
        await own?.drop()
      })
      body(() => site, database)
    })
  })
}
