import * as sessions from '../../store/sessions.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** Who is signed in with this session, or an undefined personId. */
export const FindSession = read<
  OperatorCaller,
  { hash: string; site: sessions.Site; wallNow: number },
  { personId: string | undefined }
>('FindSession', async (tx, _, { hash, site, wallNow }) => ({
  personId: await sessions.findPerson(tx, hash, site, wallNow),
}))
