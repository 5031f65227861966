import * as layouts from '../../store/layouts.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** One version of a layout, the latest when none is named; HITLayoutDoesNotExist. */
export const FindLayout = read<
  OperatorCaller,
  { layoutId: string; version?: number | undefined },
  layouts.Layout
>('FindLayout', async (tx, _, { layoutId, version }) => {
  const layout =
    version === undefined ? await layouts.findLatest(tx, layoutId) : await layouts.find(tx, layoutId, version)
  return layout ?? { fault: 'HITLayoutDoesNotExist', hitLayoutId: layoutId }
})
