import * as sessions from '../../store/sessions.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Uses a one-time address up. SignInRefused when it is unknown, used or old. */
export const TakeSignInLink = write<
  OperatorCaller,
  { hash: string; wallNow: number },
  { site: sessions.Site; personId: string }
>(
  'TakeSignInLink',
  (_, __, output) => output.personId,
  async (tx, _, { hash, wallNow }) => {
    const link = await sessions.takeLink(tx, hash, wallNow)
    if (link === undefined) return { fault: 'SignInRefused' }
    return { site: link.site, personId: link.personId }
  },
)
