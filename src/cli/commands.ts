// Every command of the operator, in the order of the help.
import type { Command } from './command.ts'
import { exportCommands } from './exports.ts'
import { importChangeCommands } from './import-changes.ts'
import { importCodeCommands } from './import-codes.ts'
import { importCommands } from './imports.ts'
import { invitationCommands } from './invitations.ts'
import { layoutCommands } from './layouts.ts'
import { messageCommands } from './messages.ts'
import { outboxCommands } from './outbox.ts'
import { payoutCommands } from './payouts.ts'
import { requesterCommands } from './requesters.ts'
import { webhookCommands } from './webhooks.ts'
import { workerCommands } from './workers.ts'

export const commands: readonly Command[] = [
  ...importCommands,
  ...importCodeCommands,
  ...importChangeCommands,
  ...exportCommands,
  ...invitationCommands,
  ...layoutCommands,
  ...messageCommands,
  ...outboxCommands,
  ...payoutCommands,
  ...requesterCommands,
  ...webhookCommands,
  ...workerCommands,
]
