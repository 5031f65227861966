import * as requesters from '../../store/requesters.ts'
import type { Site } from '../../store/sessions.ts'
import * as workers from '../../store/workers.ts'
import { read, type OperatorCaller } from '../operation.ts'

export interface Credentials {
  personId: string
  /** Hashed. It is compared by the caller, outside the transaction, because argon2id takes its time on purpose. */
  password: string | undefined
}

/** The person with this e-mail (in lower case) on a site, with his password's hash. Undefined members when there is none. */
export const FindCredentials = read<
  OperatorCaller,
  { site: Site; email: string },
  { credentials: Credentials | undefined }
>('FindCredentials', async (tx, _, { site, email }) => {
  const person = await (site === 'worker' ? workers : requesters).findByEmail(tx, email)
  return { credentials: person && { personId: person.id, password: person.password } }
})
