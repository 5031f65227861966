// Runs one command of the operator: reads the command line, connects, prints. Exit codes: 0 done, 1 refused or
// failed, 2 not understood.
import { readConfig, type Variables } from '../config.ts'
import { createLog } from '../log.ts'
import { Refused, valueOf } from './command.ts'
import { commands } from './commands.ts'
import { connectOperator } from './connection.ts'
import { helpText } from './help.ts'
import { parseCommandLine, type Parsed } from './parse.ts'

/** What a command line came to. */
export interface Ended {
  code: 0 | 1 | 2
  out: string
  errors: string
}

/** Runs the words after the program's name; what is printed is answered, not written. */
export async function runCommand(words: readonly string[], variables: Variables): Promise<Ended> {
  let parsed: Parsed
  try {
    parsed = parseCommandLine(words, commands)
  } catch (error) {
    return { code: 2, out: '', errors: sentenceOf(error) }
  }
  if ('help' in parsed) return { code: 0, out: helpText(parsed.help, commands), errors: '' }
  const config = readConfig('command', variables)
  if (Array.isArray(config)) return { code: 2, out: '', errors: config.join('\n') }
  const { run, given } = parsed
  try {
    const connection = connectOperator(config, createLog('error'), valueOf(given, 'environment'))
    try {
      const { json, text, problem } = await run.run(connection.calls, given)
      const out = given.options.json === true ? JSON.stringify(json, null, 2) : text
      return { code: problem === undefined ? 0 : 1, out, errors: problem ?? '' }
    } finally {
      await connection.close()
    }
  } catch (error) {
    return { code: 1, out: '', errors: sentenceOf(error) }
  }
}

/** What is in the way, as a sentence; a bug is thrown on. */
function sentenceOf(error: unknown): string {
  if (error instanceof Refused || (error instanceof Error && error.constructor === Error))
    return error.message
  throw error
}
