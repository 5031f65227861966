import * as accountMail from '../../store/account-mail.ts'
import { read, type OperatorCaller } from '../operation.ts'

export type AccountMail = accountMail.AccountMail

/** Mail about accounts, still encrypted, newest first; `before` is the id of the last one of the page before. */
export const ListAccountMail = read<
  OperatorCaller,
  { before: string | undefined; limit: number },
  AccountMail[]
>('ListAccountMail', (tx, _, { before, limit }) => accountMail.listNewest(tx, before, limit))
