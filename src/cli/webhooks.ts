// `kempelen webhooks`: what a requester needs to know of the webhooks that tell him of events.
import type { Command } from './command.ts'

const secret: Command = {
  name: 'webhooks secret',
  summary: 'Print the secret under which the webhooks of a requester are signed',
  arguments: [{ name: 'REQUESTER', meaning: 'the id of the requester; the secret is for nobody else' }],
  options: {},
  async run(calls, given) {
    const id = encodeURIComponent(given.arguments[0]!)
    const answer = (await calls.get(`requesters/${id}/webhook-secret`)) as { webhookSecret: string }
    return { json: answer, text: answer.webhookSecret }
  },
}

export const webhookCommands: readonly Command[] = [secret]
