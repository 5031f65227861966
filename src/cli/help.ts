// The texts of `kempelen help`.
import type { Command } from './command.ts'
import { commonOptions, usageOf } from './parse.ts'
import { table } from './table.ts'

/** What help says about a command, a group of commands (`layouts`), or everything (nothing named). */
export function helpText(about: string, commands: readonly Command[]): string {
  const command = commands.find(({ name }) => name === about)
  if (command !== undefined) return helpOfCommand(command)
  const group = commands.filter(({ name }) => name.startsWith(`${about} `))
  if (group.length > 0) return listOf(group)
  return [
    'Kempelen, a self-hosted Mechanical Turk.',
    '',
    table([
      ['kempelen', 'serves demo mode, for this machine only'],
      [
        'kempelen serve',
        'serves for real; --adopt-demo takes over a database of demo mode without its people',
      ],
    ]),
    '',
    'Commands of the operator, while the server runs or not:',
    '',
    listOf(commands),
    '',
    'kempelen help COMMAND says more. Settings are environment variables, the same as those of the server:',
    'docs/configuration.md.',
  ].join('\n')
}

const listOf = (commands: readonly Command[]) =>
  table(commands.map(({ name, summary }) => [`kempelen ${name}`, summary]))

function helpOfCommand(command: Command): string {
  const rows = [
    ...command.arguments.map(({ name, meaning }) => [name, meaning]),
    ...Object.entries({ ...command.options, ...commonOptions }).map(([name, { value, meaning }]) => [
      value === undefined ? `--${name}` : `--${name} ${value}`,
      meaning,
    ]),
  ]
  return [`${command.summary}.`, '', `  ${usageOf(command)}`, '', table(rows)].join('\n')
}
