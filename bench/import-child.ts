// A process of its own that brings one file in, as the command does, so that its memory is the import's alone.
import { runCommand } from '../src/cli/run.ts'

const [file = '', requesterId = ''] = process.argv.slice(2)
const begun = performance.now()
const { code, out, errors } = await runCommand(
  ['import', file, '--requester', requesterId, '--json'],
  process.env,
)
const seconds = (performance.now() - begun) / 1000
console.log(JSON.stringify({ code, seconds, kilobytes: process.resourceUsage().maxRSS, out, errors }))
