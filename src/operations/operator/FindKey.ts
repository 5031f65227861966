import * as accessKeys from '../../store/access-keys.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** An access key with the state of its requester, or an undefined key. The secret is still encrypted. */
export const FindKey = read<
  OperatorCaller,
  { accessKeyId: string },
  { key: accessKeys.UsableKey | undefined }
>('FindKey', async (tx, _, { accessKeyId }) => ({ key: await accessKeys.find(tx, accessKeyId) }))
