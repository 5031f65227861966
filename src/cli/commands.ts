// Every command of the operator, in the order of the help.
import type { Command } from './command.ts'
import { layoutCommands } from './layouts.ts'
import { messageCommands } from './messages.ts'

export const commands: readonly Command[] = [...layoutCommands, ...messageCommands]
