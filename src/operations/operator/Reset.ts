import { emptyMarket, emptyPeople } from '../../store/reset.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Deletes everything of the market, and with `people` everybody: the control API's way back to the start. */
export const Reset = write<OperatorCaller, { people: boolean }, object>(
  'Reset',
  () => 'everything',
  async (tx, _, { people }) => {
    await emptyMarket(tx)
    if (people) await emptyPeople(tx)
    return {}
  },
)
