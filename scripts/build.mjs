// Bundles the program: one file loads in a third of the time of hundreds. Libraries that only some calls need stay
// outside or become chunks of their own, and are read when first used.
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Read from node_modules when first used: they load files of their own, or are large and seldom needed. */
export const outside = ['libxml2-wasm', 'pg', '@aws-sdk/*', 'nodemailer', 'jmespath']

/** What the bundle is made from besides `src`. */
const otherSources = ['crowd', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'scripts/entry.mjs']

/**
 * Bundles `src/main.ts` behind the entry `dist/kempelen.mjs`, and every source file named `….worker.ts` (a thread's
 * entry) to its place below `dist`, unless nothing changed since the last time. Files that are not code are copied, so
 * that `new URL('./file', import.meta.url)` finds them as it does in the source. Returns the path of the program.
 */
export async function buildProgram() {
  const program = join(root, 'dist', 'kempelen.mjs')
  const stampFile = join(root, 'dist', '.stamp')
  const stamp = fingerprint(['src', ...otherSources].map((path) => join(root, path)))
  if (existsSync(program) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return program
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const sources = filesBelow(join(root, 'src'))
  const workers = sources.filter((path) => path.endsWith('.worker.ts'))
  await bundle(
    Object.fromEntries([
      ['main', join(root, 'src', 'main.ts')],
      ...workers.map((path) => [relative(join(root, 'src'), path).slice(0, -'.ts'.length), path]),
    ]),
  )
  for (const path of sources.filter((source) => !/\.tsx?$|\.md$/.test(source))) {
    cpSync(path, join(root, 'dist', relative(join(root, 'src'), path)))
  }
  cpSync(join(root, 'scripts', 'entry.mjs'), program)
  writeFileSync(stampFile, stamp)
  return program
}

/**
 * Bundles the named entries into `directory` (`dist` by default); returns esbuild's record of what went where.
 * Throws when the sources do not compile.
 */
export async function bundle(entries, directory = join(root, 'dist')) {
  mkdirSync(directory, { recursive: true })
  const esbuild = await import('esbuild')
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Some packages are CommonJS and ask for Node's own modules with require.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
    },
    external: outside,
    plugins: [sourceAddresses],
    metafile: true,
    logLevel: 'warning',
  })
  return metafile
}

/**
 * In the bundle `import.meta.url` of a source file keeps its place relative to `src`; threads and child processes
 * start bundled: `./x.worker.ts` is `./x.worker.mjs`, and `./child.ts` of `bench` is `./bench-child.mjs`.
 */
const sourceAddresses = {
  name: 'source addresses',
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const place = relative(root, path).split(sep).join('/')
      const text = readFileSync(path, 'utf8')
      if (!/^(src|bench)\//.test(place) || !text.includes('import.meta.url')) return undefined
      return {
        contents: readdress(place, text),
        loader: path.endsWith('x') ? 'tsx' : 'ts',
        resolveDir: dirname(path),
      }
    })
  },
}

/** The text of a source file at `place` ("src/store/open.ts") as it must stand in the bundle. */
export function readdress(place, text) {
  if (place.startsWith('bench/')) {
    return text.replace(
      /new URL\((['"])\.\/([\w-]+)\.ts\1, import\.meta\.url\)/g,
      "new URL('./bench-$2.mjs', import.meta.url)",
    )
  }
  const address = `new URL(${JSON.stringify(place.slice('src/'.length))}, import.meta.url).href`
  return text.replaceAll('import.meta.url', address).replace(/\.worker\.ts(?=['"`])/g, '.worker.mjs')
}

/** The libraries of `outside` that the entry `name` reads as soon as it is loaded, which it must not. */
export function readAtStart(metafile, name) {
  const outputs = Object.entries(metafile.outputs)
  const reached = new Set()
  const visit = (path) => {
    if (reached.has(path)) return
    reached.add(path)
    const output = metafile.outputs[path]
    for (const entry of output?.imports ?? []) if (entry.kind === 'import-statement') visit(entry.path)
  }
  visit(outputs.find(([path]) => path.endsWith(`/${name}.mjs`))?.[0] ?? name)
  return outside
    .map((pattern) => pattern.replace('*', ''))
    .filter((library) =>
      [...reached].some(
        (path) => path === library || path.startsWith(library.endsWith('/') ? library : `${library}/`),
      ),
    )
}

/** One hash over names, sizes and times of change of all files at or below `paths`. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow)) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** All files at or below `path`, sorted, tests left out; none when it does not exist. */
function filesBelow(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => filesBelow(join(path, entry.name)))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort()
}
