// `kempelen outbox`: event notifications and mail on their way out, and the dead letters among them.
import { server } from '../limits.ts'
import { nextPage, Refused, valueOf, type Command, type Given } from './command.ts'
import { table } from './table.ts'

interface Message {
  id: string
  transport: string
  destination: string
  event?: string
  kind: string
  createdAt: string
  state: string
  attempts: number
  error?: string
}

const list: Command = {
  name: 'outbox list',
  summary: 'Show what leaves the server, newest first: what waits, was delivered, or is a dead letter',
  arguments: [],
  options: {
    state: { value: 'STATE', meaning: 'only what is waiting, delivered or dead' },
    before: { value: 'ID', meaning: 'only what is older than this message' },
  },
  async run(calls, given) {
    const messages = (await calls.get('outbox', {
      state: valueOf(given, 'state'),
      before: valueOf(given, 'before'),
    })) as Message[]
    if (messages.length === 0) return { json: messages, text: 'There is nothing.' }
    const rows = messages.map(({ id, createdAt, event, kind, transport, destination, ...rest }) => [
      createdAt,
      id,
      rest.state,
      `${rest.attempts}×`,
      event ?? kind,
      transport,
      rest.error === undefined ? destination : `${destination}: ${rest.error}`,
    ])
    const last = messages.at(-1)!.id
    const isCut = messages.length === server.controlPage
    const more = isCut ? `\n\n${nextPage('outbox list', given, 'before', last)}` : ''
    return { json: messages, text: table(rows) + more }
  },
}

const replay: Command = {
  name: 'outbox replay',
  summary: 'Give dead letters all their attempts again',
  arguments: [],
  options: {
    id: { value: 'ID', meaning: 'this one' },
    destination: { value: 'ADDRESS', meaning: 'all of this destination' },
    all: { meaning: 'all of them, but for failed tests (SendTestEventNotification)' },
  },
  async run(calls, given) {
    const answer = (await calls.post('outbox/replay', whichOnes(given))) as { replayed: number }
    const { replayed } = answer
    return {
      json: answer,
      text: replayed === 1 ? '1 message waits again.' : `${replayed} messages wait again.`,
    }
  },
}

function whichOnes(given: Given): object {
  const ways = ['id', 'destination', 'all'].filter((name) => given.options[name] !== undefined)
  if (ways.length !== 1) throw new Refused('Say which ones: --id ID, --destination ADDRESS, or --all.')
  return given.options.all === true
    ? {}
    : { id: valueOf(given, 'id'), destination: valueOf(given, 'destination') }
}

export const outboxCommands: readonly Command[] = [list, replay]
