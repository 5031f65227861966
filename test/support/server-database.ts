// A database of its own for a server that a test starts as a process.
import { createDatabase } from './postgres.ts'

/** What such a server is told of its database, and how the database goes when the test is over. */
export interface ServerDatabase {
  variables: Record<string, string>
  drop(): Promise<void>
}

/** An empty database of the kind. SQLite's is a file in the folder of the server. */
export async function serverDatabase(kind: 'SQLite' | 'PostgreSQL'): Promise<ServerDatabase> {
  if (kind === 'SQLite') return { variables: {}, drop: () => Promise.resolve() }
  const made = await createDatabase()
  const key = Buffer.alloc(32, 7).toString('base64')
  return { variables: { DATABASE_URL: made.url, KEMPELEN_SECRET_KEY: key }, drop: () => made.drop() }
}
