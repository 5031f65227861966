// What the documents say is so: their commands run, their outputs come, their names exist.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../src/cli/commands.ts'
import { faultNames } from '../src/web/control/refusals.ts'
import { requesterOperations } from '../src/operations/requester/index.ts'
import { operationNames } from '../src/model/operations.ts'
import {
  blocksOf,
  brokenLinks,
  documentPaths,
  formOf,
  readDocument,
  root,
  sessionOf,
  type Block,
} from './support/documents.ts'
import { freePort } from './support/free-port.ts'
import { clientsMissing } from './support/python.ts'

const documents = documentPaths()
const source = (path: string) => readFileSync(join(root, path), 'utf8')

describe('every document', () => {
  test.for(documents)('%s links to what there is', (path) => {
    expect(brokenLinks(path)).toEqual([])
  })

  test('names the language of each block, so that its commands can be tried', () => {
    const blocks = documents.flatMap(blocksOf)
    expect(blocks.filter(({ language }) => language === '').map(({ place }) => place)).toEqual([])
  })

  test('speaks of npm commands that exist', () => {
    const { scripts } = JSON.parse(source('package.json')) as { scripts: Record<string, string> }
    const standard = ['start', 'test', 'install', 'ci']
    for (const path of documents)
      for (const [, run, name] of readDocument(path).matchAll(/`npm (run (?:--silent )?)?([a-z:]+)/g))
        expect(
          run === undefined ? [...standard, ...Object.keys(scripts)] : Object.keys(scripts),
          path,
        ).toContain(name)
  })
})

describe('ARCHITECTURE.md', () => {
  test('names files and folders that exist', () => {
    const names = [...readDocument('ARCHITECTURE.md').matchAll(/`([\w./{},…<>-]+)`/g)].map(
      (found) => found[1]!,
    )
    const paths = names
      .filter((name) => /^[a-z][\w-]*(\/[\w{},.-]*)+$|^[\w-]+\.(ts|tsx)$/.test(name))
      // An address of the server, not of the repository.
      .filter((name) => !name.startsWith('/'))
      .flatMap(expandBraces)
    expect(paths.length).toBeGreaterThan(15)
    expect(
      paths.filter((path) => !['.', 'src', 'src/operations'].some((at) => existsSync(join(root, at, path)))),
    ).toEqual([])
  })
})

function expandBraces(path: string): string[] {
  const found = /\{([^}]*)\}/.exec(path)
  return found === null ? [path] : found[1]!.split(',').map((part) => path.replace(found[0], part))
}

describe('docs/configuration.md', () => {
  const rows = readDocument('docs/configuration.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const documented = rows.flatMap((row) =>
    [...row.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map((found) => found[1]!),
  )

  test('has every variable that the program reads, and no other', () => {
    const names = source('src/config.ts').matchAll(/variables\.([A-Z_]+)|readSwitch\(variables, '([A-Z_]+)'/g)
    const read = new Set([...names].map((found) => found[1] ?? found[2]!))
    expect(documented.toSorted()).toEqual([...read].sort())
  })
})

describe('docs/control-api.md', () => {
  const text = readDocument('docs/control-api.md')

  test('lists the fault names that there are, once each [design 7]', () => {
    const union = [...source('src/domain/fault.ts').matchAll(/\{ fault: '(\w+)'/g)].map((found) => found[1]!)
    const [, section] = text.split('## Fault names')
    const listed = [...section!.matchAll(/`(\w+)`/g)].map((found) => found[1]!)
    expect(listed.toSorted()).toEqual([...union, 'AccessDenied'].sort())
    expect(faultNames).toEqual(union.toSorted())
  })

  test('has every call that the server answers, and no other', () => {
    const folder = 'src/web/control'
    const code = readdirSync(join(root, folder))
      .map((name) => source(`${folder}/${name}`))
      .join('\n')
    const answered = [...code.matchAll(/app\.(get|post)\(\s*'(\/_control\/[^'*]+)'/g)].map(
      ([, method, path]) => `${method!.toUpperCase()} ${path!.replace(/:(\w+)/g, '{$1}')}`,
    )
    const calls = [...text.matchAll(/`((?:GET|POST) \/_control\/[^`]+)`/g)].map((found) => found[1]!)
    expect([...new Set(calls)].sort()).toEqual(answered.toSorted())
  })
})

test('docs/commands.md has every command that there is, and no other', () => {
  const told = [...readDocument('docs/commands.md').matchAll(/^\| (`kempelen .*?) \|/gm)].flatMap((row) =>
    [...row[1]!.matchAll(/`kempelen ([^`]+)`/g)].map((found) => found[1]!),
  )
  expect(told.toSorted()).toEqual(commands.map(({ name }) => name).sort())
})

test('README.md and docs/compatibility.md count the operations that are built', () => {
  const built = Object.keys(requesterOperations).length
  const all = operationNames.length
  expect(readDocument('README.md').replace(/\s+/g, ' ')).toContain(`${built} of the ${all} operations`)
  expect(readDocument('docs/compatibility.md')).toContain(`${built} of ${all}`)
})

/** Commands that a reader gives and this test has already given, or cannot give. */
const notRun: Record<string, string> = {
  'git clone <this repository> kempelen': 'this is the clone',
  'cd kempelen': 'this is the folder',
  'npm start': 'started below',
}

describe('the commands of the documents, against the server that npm start starts', () => {
  const blocks = documents.flatMap(blocksOf)
  let server: ChildProcess
  let folder: string
  let port: number
  let said = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kempelen-docs-'))
    port = await freePort()
    server = spawn('npm', ['start'], {
      cwd: root,
      env: { ...process.env, PORT: String(port), KEMPELEN_DATA: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that npm and the server end together.
      detached: true,
    })
    await new Promise<void>((resolve, reject) => {
      for (const stream of [server.stdout!, server.stderr!])
        stream.on('data', (chunk) => {
          said += String(chunk)
          if (said.includes('Ctrl-C stops the server.')) resolve()
        })
      server.once('exit', () => reject(new Error(`npm start ended: ${said}`)))
    })
  }, 60_000)
  afterAll(async () => {
    // Not its exit: npm may end before the server, which would write into the folder once more.
    const ended = new Promise((resolve) => server.once('close', resolve))
    process.kill(-server.pid!, 'SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })

  const here = (text: string) => text.replaceAll('1770', String(port))

  /** Runs lines of a shell one after the other; answers what each printed. */
  function shell(lines: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', here(lines.join('\n'))], {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: folder, AWS_PAGER: '', KEMPELEN_DATA: folder },
      encoding: 'utf8',
    })
    expect({ status, stderr }, lines.join('\n')).toEqual({ status: 0, stderr: '' })
    return stdout
  }

  const needsClients = ({ text, language }: Block) => /^(\$ )?aws /m.test(text) || language === 'python'
  const of = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language))

  test('it says what README.md shows', () => {
    const shown = of('text').find(({ text }) => text.includes('is ready at'))!
    expect(formOf(said.slice(said.indexOf('Kempelen is ready')))).toEqual(formOf(here(shown.text)))
  })

  test.for(of('sh'))('$place runs', (block, { skip }) => {
    const missing = needsClients(block) ? clientsMissing() : undefined
    if (missing !== undefined) skip(missing)
    const lines = block.text.trimEnd().split('\n')
    expect(shell(lines.filter((line) => !(line in notRun)))).not.toContain('"error"')
  })

  test.for(of('console'))('$place runs, and prints what it shows', (block, { skip }) => {
    const missing = needsClients(block) ? clientsMissing() : undefined
    if (missing !== undefined) skip(missing)
    const before: string[] = []
    for (const { command, output } of sessionOf(block)) {
      const printed = shell([...before, command])
      // An export is for the commands after it.
      if (command.startsWith('export ')) before.push(command)
      expect(formOf(printed), command).toEqual(formOf(here(output)))
    }
  })

  // Programs for other servers have tests of their own.
  const clients = of('python').filter(({ text }) => text.includes('boto3'))
  test.for(clients)('$place runs', (block, { skip }) => {
    const missing = clientsMissing()
    if (missing !== undefined) skip(missing)
    const program = here(`${block.text}\nprint(client.get_account_balance()['AvailableBalance'])`)
    const { stdout, stderr } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: '10000.00\n', stderr: '' })
  })
})
