// A Python program that lives as long as its test and answers one JSON line for each that it is given.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { clientEnvironment, pythonPrelude } from './python.ts'

export interface PythonSession {
  /** Gives the program a value; answers what it answers, in turn. Throws what it says was wrong. */
  ask<Answer>(value: unknown): Promise<Answer>
  close(): Promise<void>
}

/**
 * Starts the program in the file, with boto3, the demo key and `client_of` of boto3-clients.py, against the server at an
 * address.
 */
export function openPython(program: URL, address: string): PythonSession {
  const clients = new URL('boto3-clients.py', import.meta.url)
  const parts = [pythonPrelude, ...[clients, program].map((file) => readFileSync(file, 'utf8'))]
  const child = spawn('python3', ['-c', parts.join('')], {
    env: clientEnvironment(address),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    async ask<Answer>(value: unknown) {
      child.stdin.write(`${JSON.stringify(value)}\n`)
      const { value: line, done } = await lines.next()
      if (done === true) throw new Error('the Python program ended')
      const answer = JSON.parse(line) as Answer & { error?: string }
      if (answer.error !== undefined) throw new Error(answer.error)
      return answer
    },
    close() {
      child.stdin.end()
      return ended
    },
  }
}
