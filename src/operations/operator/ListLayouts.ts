import * as layouts from '../../store/layouts.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** Layouts in their latest versions, in order of their ids: those behind `after`, of one requester or of all. */
export const ListLayouts = read<
  OperatorCaller,
  { requesterId: string | undefined; after: string; limit: number },
  layouts.Layout[]
>('ListLayouts', (tx, _, page) => layouts.listLatest(tx, page))
