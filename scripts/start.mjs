// `npm start`: installs what is missing, bundles the program when it changed, and becomes the program.
import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { bootstrapOrExit, isNewEnough } from './bootstrap.mjs'
import { endWithParent } from './parent.mjs'

endWithParent()
const node = bootstrapOrExit()
const { buildProgram } = await import('./build.mjs')
const program = await buildProgram().catch((error) => {
  // esbuild has said what is wrong.
  if (!error.errors) throw error
  process.exit(1)
})

if (isNewEnough(process.versions.node)) {
  // The same process serves: signals, exit code and terminal are its own.
  process.argv[1] = program
  await import(pathToFileURL(program).href)
} else {
  // Only when npm was told to leave `prestart` out does an older Node come this far.
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
