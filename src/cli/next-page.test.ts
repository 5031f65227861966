// A list that is longer than one answer ends with the command that shows the next page.
import { expect, test } from 'vitest'
import { server } from '../limits.ts'
import type { OperatorCalls } from './command.ts'
import { commands } from './commands.ts'

async function listed(
  name: string,
  answer: unknown,
  options: Record<string, string | true>,
): Promise<string> {
  const calls: OperatorCalls = {
    get: () => Promise.resolve(answer),
    post: () => Promise.reject(new Error('a list changes nothing')),
    upload: () => Promise.reject(new Error('a list sends nothing')),
    download: () => Promise.reject(new Error('a list is no file')),
  }
  const command = commands.find((known) => known.name === name)!
  return (await command.run(calls, { arguments: [], options })).text
}

/** Every text that a command prints of an entry. */
const entry = {
  hitLayoutId: '3L',
  requesterId: 'A1',
  createdAt: '2026-01-01T00:00:00Z',
  name: 'Ships',
  kind: 'event',
  state: 'dead',
  transport: 'SQS',
  destination: 'https://example.org',
  text: '',
}
const messages = (length: number) =>
  Array.from({ length }, (_, index) => ({ ...entry, id: `3M${index}`, messageId: `3M${index}` }))

test.for([
  ['layouts list', { layouts: [entry], next: '3B' }, { requester: 'A1' }, '--after 3B --requester A1'],
  [
    'layouts list',
    { layouts: [entry], next: '3B' },
    { after: '3A', environment: 'sandbox' },
    '--after 3B --environment sandbox',
  ],
  ['messages list', messages(server.controlPage), { worker: 'A2', json: true }, '--before 3M99 --worker A2'],
  [
    'outbox list',
    messages(server.controlPage),
    { before: '3Z', state: 'dead' },
    '--before 3M99 --state dead',
  ],
] as const)('%s goes on with what was asked for besides', async ([name, answer, options, words]) => {
  expect((await listed(name, answer, options)).split('\n').at(-1)).toBe(`More: kempelen ${name} ${words}`)
})

test.for([
  ['layouts list', { layouts: [entry] }],
  ['messages list', messages(server.controlPage - 1)],
  ['outbox list', messages(server.controlPage - 1)],
] as const)('%s ends with its last page', async ([name, answer]) => {
  expect(await listed(name, answer, {})).not.toContain('More:')
})
