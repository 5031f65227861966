// How a test process asks for what the whole run shares.
import { describe, inject, test } from 'vitest'
import type { Shared } from './global-setup.ts'

/**
 * Asks the run for its `postgres` or `browser`; starts it if this is the first to ask. Where the machine cannot
 * have it the answer says why; in CI, where a test that silently does not run is a lie, that is an error.
 */
export async function askRun<Thing extends object>(name: 'postgres' | 'browser'): Promise<Shared<Thing>> {
  const response = await fetch(`${inject('sharedThings')}/${name}`)
  if (!response.ok) throw new Error(`the test run does not answer: ${response.status}`)
  const thing = (await response.json()) as Shared<Thing>
  if ('missing' in thing && process.env.CI) throw new Error(`${name} cannot be used here: ${thing.missing}`)
  return thing
}

/** `describe`, or one skipped test that gives the reason when something is missing. */
export function describeUnless(missing: string | undefined, name: string, body: () => void): void {
  if (missing === undefined) describe(name, body)
  else describe(name, () => test('cannot run here', ({ skip }) => skip(missing)))
}
