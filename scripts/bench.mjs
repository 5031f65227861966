// `npm run bench -- …`: bundles the program and bench/main.ts, and runs the latter under the Node that serves.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootstrapOrExit } from './bootstrap.mjs'

const node = bootstrapOrExit()
const { buildProgram, bundle } = await import('./build.mjs')
const root = fileURLToPath(new URL('..', import.meta.url))
await buildProgram()
// Each file may be started as a process of its own.
const files = readdirSync(join(root, 'bench')).filter((name) => /^[\w-]+\.ts$/.test(name))
await bundle(
  Object.fromEntries(files.map((name) => [`bench-${name.slice(0, -3)}`, join(root, 'bench', name)])),
)
const result = spawnSync(node, [join(root, 'dist', 'bench-main.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(result.status ?? 1)
