// The tables that all markets of one database share: people, their keys and sign-ins. What holds for every table
// stands in schema.ts.

/** A requester's identity: the same in every market. */
export interface RequesterTable {
  id: string
  name: string
  email: string | null
  password: string | null
  suspended: number
  linked: number
  created_at: number
}

/** A worker's identity: the same in every market. */
export interface WorkerTable {
  id: string
  name: string
  email: string | null
  password: string | null
  suspended: number
  country: string | null
  subdivision: string | null
  created_at: number
}

/** An access key of a requester. `secret` is encrypted under the server key; `version` changes when it is rotated. */
export interface AccessKeyTable {
  id: string
  requester_id: string
  secret: string
  version: string
  created_at: number
}

/** A signed-in browser. `hash` is the SHA-256 of the cookie; `site` is `worker` or `requester`. */
export interface SessionTable {
  hash: string
  site: string
  person_id: string
  created_at: number
  expires_at: number
}

/** A one-time address that signs a browser in. `hash` is the SHA-256 of its token. */
export interface SignInLinkTable {
  hash: string
  site: string
  person_id: string
  expires_at: number
}

/** Failed sign-ins of one account or address since `since`. */
export interface SignInFailureTable {
  subject: string
  failures: number
  since: number
}

/** Facts about the whole database: demo mode, clock offsets. */
export interface MetaTable {
  name: string
  value: string
}

/** The tables that all markets of one database share. */
export interface SharedTables {
  meta: MetaTable
  requester: RequesterTable
  worker: WorkerTable
  access_key: AccessKeyTable
  session: SessionTable
  sign_in_link: SignInLinkTable
  sign_in_failure: SignInFailureTable
}
