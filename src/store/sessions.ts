// Signed-in browsers, one-time sign-in addresses, and failed sign-ins. Cookies and tokens are stored hashed. All
// times are wall-clock times.
import { sql } from 'kysely'
import { insert, read, write } from './prepared.ts'
import type { SignInLinkTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export type Site = 'worker' | 'requester'

/** A signed-in browser. */
export interface Session {
  /** SHA-256 of the cookie. */
  hash: string
  site: Site
  personId: string
  createdAt: number
  expiresAt: number
}

/** A one-time address that signs a browser in. */
export interface SignInLink {
  /** SHA-256 of its token. */
  hash: string
  site: Site
  personId: string
  expiresAt: number
}

const insertSession = insert('session', ['hash', 'site', 'person_id', 'created_at', 'expires_at'])
const insertLink = insert('sign_in_link', ['hash', 'site', 'person_id', 'expires_at'])

const findSession = read<{ hash: string; site: string; wallNow: number }, { person_id: string }>(
  ({ db }, p) =>
    db
      .selectFrom('session')
      .select('person_id')
      .where('hash', '=', p.hash)
      .where('site', '=', p.site)
      .where('expires_at', '>', p.wallNow),
)

const deleteSession = write<{ hash: string }, unknown>(({ db }, p) =>
  db.deleteFrom('session').where('hash', '=', p.hash),
)

const deleteOthers = write<{ personId: string; site: string; hash: string }, unknown>(({ db }, p) =>
  db
    .deleteFrom('session')
    .where('person_id', '=', p.personId)
    .where('site', '=', p.site)
    .where('hash', '!=', p.hash),
)

const deleteLinksOf = write<{ personId: string; site: string }, unknown>(({ db }, p) =>
  db.deleteFrom('sign_in_link').where('person_id', '=', p.personId).where('site', '=', p.site),
)

const findLink = read<{ hash: string; wallNow: number }, SignInLinkTable>(({ db }, p) =>
  db.selectFrom('sign_in_link').selectAll().where('hash', '=', p.hash).where('expires_at', '>', p.wallNow),
)

const deleteLink = write<{ hash: string }, unknown>(({ db }, p) =>
  db.deleteFrom('sign_in_link').where('hash', '=', p.hash),
)

const findFailures = read<{ subject: string }, { failures: number; since: number }>(({ db }, p) =>
  db.selectFrom('sign_in_failure').select(['failures', 'since']).where('subject', '=', p.subject),
)

const countFailure = write<{ subject: string; wallNow: number; windowStart: number }, unknown>(({ db }, p) =>
  db
    .insertInto('sign_in_failure')
    .values({ subject: p.subject, failures: 1, since: p.wallNow })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet({
        failures: sql<number>`case when sign_in_failure.since < ${p.windowStart} then 1 else sign_in_failure.failures + 1 end`,
        since: sql<number>`case when sign_in_failure.since < ${p.windowStart} then excluded.since else sign_in_failure.since end`,
      }),
    ),
)

const clearFailures = write<{ subject: string }, unknown>(({ db }, p) =>
  db.deleteFrom('sign_in_failure').where('subject', '=', p.subject),
)

const deleteOldOf = (table: 'session' | 'sign_in_link') =>
  write<{ wallNow: number; limit: number }, unknown>(({ db }, p) =>
    db
      .deleteFrom(table)
      .where('hash', 'in', (eb) =>
        eb
          .selectFrom(table)
          .select('hash')
          .where('expires_at', '<=', p.wallNow)
          .orderBy('expires_at')
          .limit(p.limit),
      ),
  )

const deleteOldSessions = deleteOldOf('session')
const deleteOldLinks = deleteOldOf('sign_in_link')

const deleteOldFailures = write<{ before: number; limit: number }, unknown>(({ db }, p) =>
  db
    .deleteFrom('sign_in_failure')
    .where('subject', 'in', (eb) =>
      eb
        .selectFrom('sign_in_failure')
        .select('subject')
        .where('since', '<', p.before)
        .orderBy('since')
        .limit(p.limit),
    ),
)

const oldRows = read<{ wallNow: number; before: number }, { one: number }>(({ db }, p) =>
  db
    .selectFrom('session')
    .select(sql<number>`1`.as('one'))
    .where('expires_at', '<=', p.wallNow)
    .unionAll(
      db
        .selectFrom('sign_in_link')
        .select(sql<number>`1`.as('one'))
        .where('expires_at', '<=', p.wallNow),
    )
    .unionAll(
      db
        .selectFrom('sign_in_failure')
        .select(sql<number>`1`.as('one'))
        .where('since', '<', p.before),
    )
    .limit(1),
)

/** Signs a browser in. */
export async function add(tx: Write, session: Session): Promise<void> {
  await tx.change(insertSession, {
    hash: session.hash,
    site: session.site,
    person_id: session.personId,
    created_at: session.createdAt,
    expires_at: session.expiresAt,
  })
}

/** The person whose session on `site` has this hash and has not expired. */
export async function findPerson(
  tx: Read,
  hash: string,
  site: Site,
  wallNow: number,
): Promise<string | undefined> {
  return (await tx.first(findSession, { hash, site, wallNow }))?.person_id
}

/** Signs a browser out. */
export async function end(tx: Write, hash: string): Promise<void> {
  await tx.change(deleteSession, { hash })
}

/** Signs a person out everywhere but in the browser of the session `except`, and kills his sign-in addresses. */
export async function endOthers(tx: Write, personId: string, site: Site, except = ''): Promise<void> {
  await tx.change(deleteOthers, { personId, site, hash: except })
  await tx.change(deleteLinksOf, { personId, site })
}

/** Makes a one-time address. */
export async function addLink(tx: Write, link: SignInLink): Promise<void> {
  await tx.change(insertLink, {
    hash: link.hash,
    site: link.site,
    person_id: link.personId,
    expires_at: link.expiresAt,
  })
}

/** Uses up a one-time address; undefined when it is unknown, used or old. */
export async function takeLink(tx: Write, hash: string, wallNow: number): Promise<SignInLink | undefined> {
  const row = await tx.first(findLink, { hash, wallNow })
  if (row === undefined || (await tx.change(deleteLink, { hash })) !== 1) return undefined
  return { hash, site: row.site as Site, personId: row.person_id, expiresAt: row.expires_at }
}

/** The failed sign-ins of an account or address, and when the first of them was. */
export async function failures(
  tx: Read,
  subject: string,
): Promise<{ failures: number; since: number } | undefined> {
  return tx.first(findFailures, { subject })
}

/** Counts a failed sign-in; failures before `windowStart` are forgotten. */
export async function addFailure(
  tx: Write,
  subject: string,
  wallNow: number,
  windowStart: number,
): Promise<void> {
  await tx.change(countFailure, { subject, wallNow, windowStart })
}

/** Forgets the failures of an account or address. */
export async function forgetFailures(tx: Write, subject: string): Promise<void> {
  await tx.change(clearFailures, { subject })
}

/** Whether there are sessions or links past their time, or failures from before `windowStart`. */
export async function hasOld(tx: Read, wallNow: number, windowStart: number): Promise<boolean> {
  return (await tx.first(oldRows, { wallNow, before: windowStart })) !== undefined
}

/** Forgets what `hasOld` looks for, the oldest first and at most `limit` of each kind; answers how many. */
export async function forgetOld(
  tx: Write,
  wallNow: number,
  windowStart: number,
  limit: number,
): Promise<number> {
  const sessions = await tx.change(deleteOldSessions, { wallNow, limit })
  const links = await tx.change(deleteOldLinks, { wallNow, limit })
  return sessions + links + (await tx.change(deleteOldFailures, { before: windowStart, limit }))
}
