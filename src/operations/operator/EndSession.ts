import * as sessions from '../../store/sessions.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Signs out. */
export const EndSession = write<OperatorCaller, { hash: string }, object>(
  'EndSession',
  () => 'session',
  async (tx, _, { hash }) => {
    await sessions.end(tx, hash)
    return {}
  },
)
