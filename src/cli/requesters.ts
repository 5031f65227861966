// `kempelen requesters`: what the operator sets for a requester.
import type { Command } from './command.ts'

function setting(name: string, summary: string, allowsEdits: boolean, done: string): Command {
  return {
    name: `requesters ${name}`,
    summary,
    arguments: [{ name: 'ID', meaning: 'the requester' }],
    options: {},
    async run(calls, given) {
      const id = given.arguments[0]!
      const json = await calls.post(`requesters/${encodeURIComponent(id)}`, { allowsEdits })
      return { json, text: `${id}: ${done}` }
    },
  }
}

export const requesterCommands: readonly Command[] = [
  setting(
    'allow-edits',
    'Let workers change what they submitted to a requester until it is reviewed',
    true,
    'workers may change what they submitted, until it is reviewed.',
  ),
  setting(
    'forbid-edits',
    'Take what workers submit to a requester as final',
    false,
    'what workers submit is final.',
  ),
]
