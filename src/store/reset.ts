// Empties the database: for the control API, which brings a test server back to its first state.
import { write } from './prepared.ts'
import { marketTables, type Tables } from './schema.ts'
import type { Write } from './tx.ts'

const emptyTable = (table: keyof Tables) => write<object, unknown>(({ db }) => db.deleteFrom(table as 'hit'))

const market = [...marketTables].map((table) => emptyTable(table as keyof Tables))
const people = (
  [
    'session',
    'sign_in_link',
    'sign_in_failure',
    'account_link',
    'invitation',
    'consent',
    'access_key',
    'requester',
    'worker',
  ] as const
).map(emptyTable)

/** Deletes everything of one market. */
export async function emptyMarket(tx: Write): Promise<void> {
  for (const statement of market) await tx.change(statement, {})
  tx.touches.isEmptied = true
}

/** Deletes all people with their keys and sign-ins: they are the same in every market. */
export async function emptyPeople(tx: Write): Promise<void> {
  for (const statement of people) await tx.change(statement, {})
}
