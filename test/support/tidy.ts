// The rules of CONTRIBUTING.md that a program can check, one function each. A check answers one line per breach.
import { posix } from 'node:path'
import { allowedLayers, domainPackages, mayNameMarket, packagePlaces, unbound } from './tidy-layers.ts'
import { nodesOf, root, type Code, type Source } from './tidy-sources.ts'

const maximumFileLines = 400
const maximumFunctionLines = 70

/** Files that a rule does not bind, each with the reason. */
const exceptions: Record<string, Record<string, string>> = {
  time: {
    'src/clock.ts': 'the one place that reads the time',
    'src/web/task/inserted-script.ts': 'the text of a script that runs in a browser',
  },
  randomness: {
    'src/ids.ts': 'the one place that makes ids',
    'src/secrets.ts': 'nonces and salts are part of encryption, not ids',
  },
}

const isTest = (path: string) => /\.test(-d)?\.tsx?$/.test(path)
const isProduct = (path: string) => path.startsWith('src/') && !isTest(path)

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function breaches(file: Source, pattern: RegExp, why: string, text = file.text): string[] {
  return [...text.matchAll(pattern)].map(
    (found) => `${file.path}:${lineAt(text, found.index)}: ${found[0].trim()}: ${why}`,
  )
}

/** The folder of `src` (or file in it) a path belongs to. */
function layerOf(path: string): string {
  return path.split('/')[1] ?? ''
}

/** Imports go one way, and `domain` imports nothing but the bounds. */
export function upwardImports(file: Code): string[] {
  if (!isProduct(file.path)) return []
  const layer = layerOf(file.path)
  const allowed = allowedLayers[layer]
  if (unbound.includes(layer)) return []
  if (allowed === undefined) return [`${file.path}: ${layer} is in no layer (test/support/tidy-layers.ts)`]
  return file.imports
    .filter(({ from }) => from.startsWith('.'))
    .filter(({ from, typeOnly }) => {
      const target = layerOf(posix.join(posix.dirname(file.path), from))
      if (target === layer || allowed.includes(target)) return false
      return !(target === 'market.ts' && typeOnly && mayNameMarket.includes(layer))
    })
    .map(({ from, start }) => `${file.path}:${lineAt(file.text, start)}: ${layer} may not import ${from}`)
}

/** Some packages have their places, and `domain` knows but three. */
export function misplacedPackages(file: Code): string[] {
  if (!isProduct(file.path)) return []
  return file.imports
    .filter(({ from }) => !from.startsWith('.'))
    .filter(({ from }) => {
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/')
      const places = layerOf(file.path) === 'domain' ? (domainPackages[name] ?? /^$/) : packagePlaces[name]
      return places !== undefined && !places.test(file.path)
    })
    .map(({ from, start }) => `${file.path}:${lineAt(file.text, start)}: ${from} may not be imported here`)
}

/** Pages read, and change things only by running an operation. */
export function writingPages(file: Code): string[] {
  if (!isProduct(file.path) || layerOf(file.path) !== 'web') return []
  const fromTx = /import[^'"]*\bWrite\b[^'"]*['"][^'"]*store\/tx\.ts['"]/g
  return breaches(file, fromTx, 'a page has a read handle only', file.code)
}

/** Time is read in clock.ts. */
export function strayTime(file: Code): string[] {
  if (!isProduct(file.path) || file.path in exceptions.time!) return []
  return breaches(file, /\bDate\.now\(|\bnew Date\(/g, 'time comes from src/clock.ts', file.code)
}

/** The environment is read in config.ts. */
export function strayEnvironment(file: Code): string[] {
  if (!isProduct(file.path) || file.path === 'src/config.ts') return []
  return breaches(file, /\bprocess\.env\b/g, 'the environment is read in src/config.ts', file.code)
}

/** Ids and random numbers are made in ids.ts. */
export function strayRandomness(file: Code): string[] {
  if (!isProduct(file.path) || file.path in exceptions.randomness!) return []
  const sources = /\b(randomBytes|randomUUID|randomInt|getRandomValues)\b|\bMath\.random\b/g
  return breaches(file, sources, 'randomness comes from src/ids.ts', file.code)
}

/** Two files of the store know the dialect; the others that may name one choose between the two. */
export function strayDialect(file: Code): string[] {
  const knows = /^src\/(store\/(sqlite|postgres)(-[a-z-]+)?\.ts|store\/open\.ts|config\.ts|main\.ts)$/
  if (!isProduct(file.path) || knows.test(file.path)) return []
  const words = /sqlite|postgres|\bpg\b|\bfor update\b/gi
  return breaches(file, words, 'only store/sqlite.ts and store/postgres.ts know the database', file.code)
}

/** A file can be read in one sitting. */
export function longFile(file: Source): string[] {
  const lines = file.text.trimEnd().split('\n').length
  return lines > maximumFileLines ? [`${file.path}: ${lines} lines, ${maximumFileLines} is the limit`] : []
}

/**
 * A function fits on a screen. Exempt are tests and their support (the body of a `describe` is a list) and migrations (one list of
 * tables after the other, read from top to bottom and never changed).
 */
export function longFunctions(file: Code): string[] {
  const exempt = isTest(file.path) || /^(test|src\/store\/migrations)\//.test(file.path)
  if (exempt) return []
  return [...nodesOf(file.program)]
    .filter(({ type }) => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type))
    .map(({ start, end }) => ({ first: lineAt(file.text, start), last: lineAt(file.text, end) }))
    .filter(({ first, last }) => last - first + 1 > maximumFunctionLines)
    .map(
      ({ first, last }) =>
        `${file.path}:${first}: a function of ${last - first + 1} lines, ${maximumFunctionLines} is the limit`,
    )
}

/** Work that is left is an issue, not a comment. */
export function leftovers(file: Source): string[] {
  return breaches(file, /\b(TO[D]O|FIX[M]E)\b/g, 'finish it or open an issue')
}

/** No test is run alone or left out for good; a test that cannot run says why with `skip(reason)`. */
export function focusedTests(file: Code): string[] {
  if (!file.path.startsWith('test/') && !isTest(file.path)) return []
  const focused = /\b(test|it|describe)\.(only|skip|todo)\(/g
  return breaches(file, focused, 'every test runs, or says why not with skip(reason)', file.code)
}

/** Nothing of the machine that wrote a file, and no host that packages come from. */
export function forbiddenWords(file: Source): string[] {
  const words =
    /(?<![\w.])\/(home|Users|root|work)\/[\w.-]+|\bregistry\.(npm|yarn)\w+\.\w+|\bpypi\.org\b|\bproxy\.golang\.org\b/g
  const own = file.text.includes(`${root}/`) ? [`${file.path}: the path of this checkout`] : []
  return [...breaches(file, words, 'belongs to a machine, not to the repository'), ...own]
}

/** Every operation of the Requester API has its test beside it. */
export function untestedOperations(paths: readonly string[]): string[] {
  const present = new Set(paths)
  return paths
    .filter((path) => /^src\/operations\/requester\/[A-Z]\w*\.ts$/.test(path))
    .filter((path) => !present.has(path.replace(/\.ts$/, '.test.ts')))
    .map((path) => `${path}: no test beside it`)
}

/** Every runtime dependency has a line that says why it is not our own code. */
export function undecidedDependencies(
  manifest: { dependencies?: Record<string, string> },
  decisions: string,
): string[] {
  return Object.keys(manifest.dependencies ?? {})
    .filter((name) => !decisions.includes(`**${name}**`))
    .map((name) => `package.json: ${name} has no line in docs/decisions`)
}

/** Versions are exact: what was tested is what is installed. */
export function looseVersions(manifest: Record<string, unknown>): string[] {
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries((manifest[kind] ?? {}) as Record<string, string>)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json: ${name} ${version} is not an exact version`),
  )
}

/** The checks of one code file. */
export const codeChecks = {
  upwardImports,
  misplacedPackages,
  writingPages,
  strayTime,
  strayEnvironment,
  strayRandomness,
  strayDialect,
  longFile,
  longFunctions,
  leftovers,
  focusedTests,
}
