// Schema changes: numbered, forward only, in two static lists, one for the shared tables and one for the tables of
// a market. A market is brought up to date in one transaction that no second process can run at the same time.
import { sql, type Compilable, type Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { market001 } from './market-001.ts'
import { market002 } from './market-002.ts'
import { market003 } from './market-003.ts'
import { market004 } from './market-004.ts'
import { market005 } from './market-005.ts'
import { market006 } from './market-006.ts'
import { market007 } from './market-007.ts'
import { market008 } from './market-008.ts'
import { market009 } from './market-009.ts'
import { market010 } from './market-010.ts'
import { market011 } from './market-011.ts'
import { market012 } from './market-012.ts'
import { market013 } from './market-013.ts'
import { market014 } from './market-014.ts'
import { market015 } from './market-015.ts'
import { market016 } from './market-016.ts'
import { shared001 } from './shared-001.ts'
import { shared002 } from './shared-002.ts'

/** What a schema change gets: the schema builder, and the name of a table or index of its market. */
export interface SchemaChange {
  db: Kysely<unknown>
  name(of: string): string
}

/** One step: the statements that lead from the schema before it to the schema after it. */
export type Migration = (change: SchemaChange) => Compilable[]

const shared: readonly Migration[] = [shared001, shared002]
const market: readonly Migration[] = [
  market001,
  market002,
  market003,
  market004,
  market005,
  market006,
  market007,
  market008,
  market009,
  market010,
  market011,
  market012,
  market013,
  market014,
  market015,
  market016,
]

/** Brings the shared tables and those of the market whose tables begin with `prefix` up to date. */
export async function migrate(database: Database, prefix: string): Promise<void> {
  await database.migrate(async (schema, run, query) => {
    await run(
      schema.schema
        .createTable('migration')
        .ifNotExists()
        .addColumn('family', 'text', (column) => column.primaryKey())
        .addColumn('version', 'integer', (column) => column.notNull()),
    )
    for (const [family, steps] of [
      ['shared', shared],
      [`market ${prefix}`, market],
    ] as const) {
      const rows = (await query(
        sql<{ version: number }>`select version from migration where family = ${family}`.compile(schema),
      )) as { version: number }[]
      const version = rows[0]?.version ?? 0
      if (version > steps.length) {
        throw new Error(
          `This database was made by a newer Kempelen (schema ${version}, this program knows ${steps.length}). ` +
            `Start the newer program, or restore a backup made before the upgrade.`,
        )
      }
      const change = { db: schema, name: (of: string) => (family === 'shared' ? of : prefix + of) }
      for (const step of steps.slice(version)) for (const statement of step(change)) await run(statement)
      await query(
        sql`insert into migration (family, version) values (${family}, ${steps.length})
          on conflict (family) do update set version = excluded.version`.compile(schema),
      )
    }
  })
}
