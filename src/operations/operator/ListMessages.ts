import * as messages from '../../store/messages.ts'
import { read, type OperatorCaller } from '../operation.ts'

export type SentMessage = Awaited<ReturnType<typeof messages.listNewest>>[number]

/** What workers were told, all or one of them, newest first; `before` is the id of the last message of the page before. */
export const ListMessages = read<
  OperatorCaller,
  { workerId?: string | undefined; before?: string | undefined; limit: number },
  SentMessage[]
>('ListMessages', (tx, _, page) => messages.listNewest(tx, page))
