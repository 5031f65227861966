// A real Chromium for tests, with our own arguments. Never the package's `args`: they switch web security off.
import { chromium, type Browser } from 'playwright-core'
import type { BrowserFiles } from './browser-files.ts'
import { askRun } from './shared.ts'

const browserArguments = [
  '--no-sandbox',
  '--headless=shell',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  // Letters have the same widths on every machine.
  '--font-render-hinting=none',
  // Nothing but the test's own pages goes over the network.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
]

/** Why this machine has no browser for tests, or undefined. In CI a missing browser is an error. */
export async function browserMissing(): Promise<string | undefined> {
  const answer = await askRun<BrowserFiles>('browser')
  return 'missing' in answer ? answer.missing : undefined
}

/** Starts a browser of its own for the calling test file, which must close it; `more` are arguments besides ours. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const answer = await askRun<BrowserFiles>('browser')
  if ('missing' in answer) throw new Error(`no browser: ${answer.missing}`)
  return chromium.launch({
    executablePath: answer.program,
    args: [...browserArguments, ...more],
    env: { ...environmentTexts(), ...answer.environment },
  })
}

function environmentTexts(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
