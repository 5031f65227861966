// Reads a command line. What is wrong with it is told in one sentence, with the nearest word that means something.
import { parseArgs } from 'node:util'
import { Refused, type Command, type Given, type Option } from './command.ts'
import { nearest } from './nearest.ts'

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, Option>> = {
  environment: { value: 'NAME', meaning: 'production or sandbox; the first that is configured by default' },
  json: { meaning: 'print JSON instead of text' },
  help: { meaning: 'print what the command does' },
}

/** A command line that was understood: a command to run, or what help is wanted about. */
export type Parsed = { run: Command; given: Given } | { help: string }

/** Reads the words after the program's name. Throws a Refused with a sentence. */
export function parseCommandLine(words: readonly string[], commands: readonly Command[]): Parsed {
  const named = words.filter((word) => !word.startsWith('-'))
  if (named[0] === 'help') return { help: named.slice(1).join(' ') }
  const command = findCommand(named, commands)
  const asksForHelp = words.includes('--help') || words.includes('-h')
  if (asksForHelp) return { help: command?.name ?? named[0] ?? '' }
  if (command === undefined) throw new Refused(unknownCommand(named, words, commands))
  return { run: command, given: readGiven(command, words) }
}

/** The command whose name the words begin with. */
function findCommand(named: readonly string[], commands: readonly Command[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, index) => named[index] === word))
}

function unknownCommand(
  named: readonly string[],
  words: readonly string[],
  commands: readonly Command[],
): string {
  if (named[0] === 'serve')
    return 'kempelen serve takes nothing but --adopt-demo; settings are environment variables.'
  const said = named.slice(0, 2).join(' ') || words.join(' ')
  const group = commands.filter(({ name }) => name.startsWith(`${named[0]} `))
  if (named.length === 1 && group.length > 0)
    return `Say what to do: ${group.map(({ name }) => `kempelen ${name}`).join(', ')}.`
  const names = ['serve', '--adopt-demo', 'help', ...commands.map(({ name }) => name)]
  const near = nearest(said, names) ?? nearest(named[0] ?? '', names)
  return `There is no command "${said}".${suggestion(near)} See: kempelen help`
}

function readGiven(command: Command, words: readonly string[]): Given {
  const options = { ...command.options, ...commonOptions }
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' } as const,
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const given: Record<string, string | true> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option === undefined) {
      const names = Object.keys(options).map((name) => `--${name}`)
      const near = nearest(token.rawName, names)
      throw new Refused(`${command.name} has no option ${token.rawName}.${suggestion(near)}`)
    }
    given[token.name] = readOption(token.name, option, token.value)
  }
  const values = positionals.slice(command.name.split(' ').length)
  checkArguments(command, values)
  const missing = Object.entries(command.options).find(([name, { required }]) => required && !given[name])
  if (missing !== undefined)
    throw new Refused(`${command.name} needs --${missing[0]} ${missing[1].value}: ${missing[1].meaning}.`)
  return { arguments: values, options: given }
}

function readOption(name: string, { value }: Option, given: string | undefined): string | true {
  if (value === undefined) {
    if (given === undefined) return true
    throw new Refused(`--${name} takes no value.`)
  }
  if (given === undefined || given === '') throw new Refused(`--${name} needs a value: --${name} ${value}.`)
  return given
}

function checkArguments(command: Command, values: readonly string[]): void {
  const missing = command.arguments[values.length]
  if (missing !== undefined && !missing.several)
    throw new Refused(`${command.name} needs ${missing.name}: ${missing.meaning}.`)
  const surplus = values[command.arguments.length]
  if (surplus !== undefined && !command.arguments.at(-1)?.several)
    throw new Refused(`"${surplus}" is too much: ${usageOf(command)}`)
}

/** `kempelen layouts put FILE --requester ID [--layout ID]` */
export function usageOf({ name, arguments: taken, options }: Command): string {
  const spelt = Object.entries(options).map(([option, { value, required }]) => {
    const whole = value === undefined ? `--${option}` : `--${option} ${value}`
    return required ? whole : `[${whole}]`
  })
  return [
    'kempelen',
    name,
    ...taken.map((argument) => (argument.several ? `[${argument.name}…]` : argument.name)),
    ...spelt,
  ].join(' ')
}

const suggestion = (near: string | undefined) => (near === undefined ? '' : ` Did you mean "${near}"?`)
