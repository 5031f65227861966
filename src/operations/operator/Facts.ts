// Facts about the database as a whole: that it was made in demo mode, how far a market's clock is turned.
import * as meta from '../../store/meta.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

/** The fact of this name, or undefined. */
export const FindFact = read<OperatorCaller, { name: meta.FactName }, { value: string | undefined }>(
  'FindFact',
  async (tx, _, { name }) => ({ value: await meta.find(tx, name) }),
)

/** Keeps a fact. */
export const PutFact = write<OperatorCaller, { name: meta.FactName; value: string }, object>(
  'PutFact',
  (_, { name }) => name,
  async (tx, _, { name, value }) => {
    await meta.put(tx, name, value)
    return {}
  },
)
