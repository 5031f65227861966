// `kempelen export`: imported history as files again, in the formats of the real site (docs/leaving-amazon.md).
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refused, valueOf, type Command, type Given, type OperatorCalls, type Output } from './command.ts'
import { writePrivate } from './private-file.ts'

const options = {
  requester: { value: 'ID', meaning: 'the requester whose history it is', required: true },
  file: { value: 'FILE', meaning: 'where to write it, for you alone to read; printed by default' },
} as const

const exportResults: Command = {
  name: 'export results',
  summary: 'Write the results that were brought in as the result CSV of the real site',
  arguments: [],
  options: { ...options, batch: { value: 'ID', meaning: 'only the results of this batch' } },
  run: (calls, given) => exportFile(calls, given, 'results'),
}

const exportWorkers: Command = {
  name: 'export workers',
  summary: 'Write the workers that were brought in, with their scores and blocks of now, as a worker CSV',
  arguments: [],
  options,
  run: (calls, given) => exportFile(calls, given, 'workers'),
}

const exportTransactions: Command = {
  name: 'export transactions',
  summary: 'Write the transaction history that was brought in',
  arguments: [],
  options,
  run: (calls, given) => exportFile(calls, given, 'transactions'),
}

async function exportFile(calls: OperatorCalls, given: Given, what: string): Promise<Output> {
  const path = valueOf(given, 'file')
  if (path === undefined && given.options.json === true)
    throw new Refused('What is printed is CSV: name a file with --file, or leave --json out.')
  const query = { requester: valueOf(given, 'requester'), batch: valueOf(given, 'batch') }
  // Asked for when the file is open: where it cannot be written, nothing need be read.
  async function* bytes() {
    yield* await calls.download(`exports/${what}`, query)
  }
  if (path === undefined) {
    await print(bytes())
    return { json: {}, text: '' }
  }
  const size = await writePrivate(path, bytes())
  return {
    json: { file: path, bytes: size },
    text: `${size.toLocaleString('en-US')} bytes written to ${path}.`,
  }
}

async function print(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await pipeline(Readable.from(bytes), process.stdout, { end: false }).catch(
    (error: NodeJS.ErrnoException) => {
      // Whoever reads has seen enough, as `head` does.
      if (error.code !== 'EPIPE') throw error
    },
  )
}

export const exportCommands: readonly Command[] = [exportResults, exportWorkers, exportTransactions]
