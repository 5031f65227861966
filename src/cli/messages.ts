// `kempelen messages`: what workers were told [hits 13, 14], and what they wrote to requesters [websites 1.12].
import { server } from '../limits.ts'
import { nextPage, valueOf, type Command } from './command.ts'

interface Message {
  messageId: string
  kind: string
  workerId: string
  email?: string
  requesterId: string
  subject: string
  text: string
  time: string
}

const list: Command = {
  name: 'messages list',
  summary: 'Show what workers were told or wrote to requesters, newest first',
  arguments: [],
  options: {
    worker: { value: 'ID', meaning: 'only what this worker was told or wrote' },
    before: { value: 'ID', meaning: 'only what is older than this message' },
  },
  async run(calls, given) {
    const messages = (await calls.get('mail', {
      workerId: valueOf(given, 'worker'),
      before: valueOf(given, 'before'),
    })) as Message[]
    if (messages.length === 0) return { json: messages, text: 'There are no messages.' }
    const shown = messages.map(
      ({ messageId, kind, workerId, email, requesterId, subject, text, time }) =>
        `${time}  ${messageId}  ${kind}\n` +
        `${ends(kind, workerId, requesterId, email)}\n` +
        `Subject: ${subject}\n\n${text.replace(/^/gm, '    ')}`,
    )
    const last = messages.at(-1)!.messageId
    if (messages.length === server.controlPage) shown.push(nextPage('messages list', given, 'before', last))
    return { json: messages, text: shown.join('\n\n') }
  },
}

/** Who wrote to whom. */
function ends(kind: string, workerId: string, requesterId: string, email: string | undefined): string {
  const address = email === undefined ? '' : ` <${email}>`
  return kind === 'contact'
    ? `From ${workerId} to requester ${requesterId}${address}`
    : `To ${workerId}${address}${requesterId === '' ? '' : ` about requester ${requesterId}`}`
}

export const messageCommands: readonly Command[] = [list]
