// packaging/save-mturk.py, run against a market that somebody has worked in for years, through a server that may fail.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openJourney, startOn } from './journey.ts'
import { clientEnvironment, run, type Output } from './python.ts'
import { startUnsteadyProxy } from './unsteady-proxy.ts'
import { liveThrough } from './years.ts'

export const saveScript = new URL('../../packaging/save-mturk.py', import.meta.url).pathname

/** What runs belong to themselves, and tell nothing of the market. */
const ownFiles = ['lock', 'progress.jsonl']

/** A path for a new folder, in one that goes when the test ends. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-save-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'years')
}

/** A file of a folder, as text. */
export function textOf(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** The files of a folder that tell of the market, with what is in them. */
export function contentsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile() && !ownFiles.includes(name))
      .sort()
      .map((name) => [name, textOf(folder, name)]),
  )
}

/** The same, where it does not matter on how many pages of which lists an entry came. */
export function entriesOf(folder: string): Record<string, string[]> {
  const entries = (line: string) => {
    // The results of a policy for one HIT are cut into pages in the midst of it.
    const { HITReviewPolicy, HITId } = JSON.parse(line) as Record<string, unknown>
    if (HITReviewPolicy !== undefined) return [String(HITId)]
    const lists = Object.values(JSON.parse(line) as object).filter((value) => Array.isArray(value))
    return lists.length === 0 ? [line] : lists.flat().map((entry) => JSON.stringify(entry))
  }
  return Object.fromEntries(
    Object.entries(contentsOf(folder)).map(([name, text]) => [
      name,
      name.endsWith('.jsonl') ? onceEach(name, text.trimEnd().split('\n').flatMap(entries).sort()) : [text],
    ]),
  )
}

function onceEach(name: string, entries: string[]): string[] {
  return name === 'review-results.jsonl' ? [...new Set(entries)] : entries
}

/** Opens a market with years behind it, and how the script is run against it. */
export async function openSaving(database: 'sqlite' | 'postgres' = 'sqlite') {
  const server = await startOn(database)
  const journey = await openJourney(server.address)
  const proxy = await startUnsteadyProxy(server.address)
  const years = await liveThrough(journey)
  const { accessKeyId, secretAccessKey } = years.laboratory.key
  const environment = {
    ...clientEnvironment(proxy.address),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  }
  const hasty = ['--endpoint', proxy.address, '--pause', '0.01', '--patience', '0']
  return {
    server,
    proxy,
    years,
    environment,
    secretAccessKey,
    /** Runs the script; it does not wait long between tries. */
    save: (folder: string, more: string[] = [], variables: Record<string, string> = environment) =>
      run('python3', [saveScript, folder, ...hasty, ...more], variables),
    /** Runs a Python program that has the script as `save`. */
    python: (program: string, ...given: string[]): Promise<Output> =>
      run('python3', ['-c', loading + program, saveScript, ...given], environment),
    async close() {
      await proxy.close()
      await journey.close()
      await server.stop()
    },
  }
}

const loading = `import importlib.util, io, os, sys
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location('save', sys.argv[1])
save = importlib.util.module_from_spec(spec)
spec.loader.exec_module(save)
`
