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
  /** 1 when he wants no mail but what is about his account. */
  without_mail: number
  closed_at: number | null
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

/**
 * A one-time address of an account: `purpose` is sign-up, reset or email. `hash` is the SHA-256 of its token; `details`
 * is the JSON of a sign-up. `expires_at` is wall-clock time.
 */
export interface AccountLinkTable {
  hash: string
  purpose: string
  worker_id: string | null
  email: string | null
  details: string | null
  expires_at: number
}

/** A link that lets somebody sign up once. Times are those of the wall clock. */
export interface InvitationTable {
  id: string
  /** SHA-256 of its token. */
  hash: string
  email: string | null
  created_at: number
  expires_at: number
  used_by: string | null
  revoked_at: number | null
}

/** That a worker agreed to a version of the operator's terms, and when by the wall clock. */
export interface ConsentTable {
  worker_id: string
  version: string
  /** Date of the version, YYYY-MM-DD. */
  dated: string
  at: number
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
  account_link: AccountLinkTable
  invitation: InvitationTable
  consent: ConsentTable
}
