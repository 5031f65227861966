// Every command of the operator, in the order of the help.
import type { Command } from './command.ts'
import { layoutCommands } from './layouts.ts'
import { messageCommands } from './messages.ts'
import { outboxCommands } from './outbox.ts'
import { webhookCommands } from './webhooks.ts'

export const commands: readonly Command[] = [
  ...layoutCommands,
  ...messageCommands,
  ...outboxCommands,
  ...webhookCommands,
]
