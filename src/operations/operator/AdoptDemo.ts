import { forgetDemo } from '../../store/demo.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Makes a database of demo mode fit for real use: the demo people lose key and passwords, everybody is signed out. */
export const AdoptDemo = write<
  OperatorCaller,
  { accessKeyId: string; requesterId: string; workerId: string },
  object
>(
  'AdoptDemo',
  (_, { requesterId }) => requesterId,
  async (tx, _, people) => {
    await forgetDemo(tx, people)
    return {}
  },
)
