// Every command of the operator, in the order of the help.
import type { Command } from './command.ts'
import { invitationCommands } from './invitations.ts'
import { layoutCommands } from './layouts.ts'
import { messageCommands } from './messages.ts'
import { outboxCommands } from './outbox.ts'
import { payoutCommands } from './payouts.ts'
import { requesterCommands } from './requesters.ts'
import { webhookCommands } from './webhooks.ts'
import { workerCommands } from './workers.ts'

export const commands: readonly Command[] = [
  ...invitationCommands,
  ...layoutCommands,
  ...messageCommands,
  ...outboxCommands,
  ...payoutCommands,
  ...requesterCommands,
  ...webhookCommands,
  ...workerCommands,
]
