// The rows of the ledger as they stand in the table.
import { read } from '../../src/store/prepared.ts'
import type { TransferTable } from '../../src/store/schema.ts'
import type { TestStore } from './stores.ts'

/** The transfers that an account is in, the oldest first. */
export const transfersOf = read<{ account: string }, TransferTable>(({ db }, p) =>
  db
    .selectFrom('transfer')
    .selectAll()
    .where((eb) => eb.or([eb('debit', '=', p.account), eb('credit', '=', p.account)]))
    .orderBy('id'),
)

/** What `transfersOf` finds in what is committed. */
export const listTransfers = (store: TestStore, account: string) =>
  store.read((tx) => tx.all(transfersOf, { account }))
