import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../test/support/tidy-sources.ts'

const { citations, compatibilityText } = (await import(join(root, 'scripts/compatibility.mjs'))) as {
  citations(name: string): string[]
  compatibilityText(run: {
    operations: string[]
    events: string[]
    tests: { file: string; name: string }[]
  }): string
}
const sections = JSON.parse(
  readFileSync(join(root, 'scripts/specification-sections.json'), 'utf8'),
) as Record<string, string[]>

test.each([
  ['a rule [hits 5.6]', ['hits 5.6']],
  ['several [hits 5.1, 5.4, client W13, W15]', ['hits 5.1', 'hits 5.4', 'client W13', 'client W15']],
  ['two brackets [wire 3.5] and [hits 8; hits 9.1]', ['wire 3.5', 'hits 8', 'hits 9.1']],
  ['a part of one [hits 15.3, hits 8.99.1]', ['hits 15', 'hits 8']],
  ['what is no section: [design 4], [hits 99], [case 5], ["a"], [], [5.6]', []],
])('%s cites %j', (name, cited) => {
  expect(citations(name)).toEqual(cited)
})

test('an operation has the sections of its own tests and of those that name it; the rest is told as missing', () => {
  const text = compatibilityText({
    operations: ['GetHIT', 'ListHITs', 'CreateHIT'],
    events: [],
    tests: [
      { file: 'src/operations/requester/GetHIT.test.ts', name: 'GetHIT > a disposed one [hits 5.8]' },
      { file: 'src/operations/requester/CreateHIT-layouts.test.ts', name: 'a layout [questions 8]' },
      { file: 'test/journeys/x.test.ts', name: 'GetHIT after all [client W13]' },
      { file: 'test/journeys/x.test.ts', name: 'ListHITsForQualificationType [hits 12.8]' },
    ],
  })
  expect(text).toContain('| GetHIT | client W13; hits 5.8 |')
  expect(text).toContain('| CreateHIT | questions 8 |')
  expect(text).toContain('| ListHITs | not built yet |')
  const missing = /Sections without a test: (.*)\./.exec(text)![1]!
  expect(missing).toMatch(/^client 2, 3, /)
  expect(missing).not.toMatch(/W13\b|hits[^;]* 5\.8\b|hits[^;]* 12\.8\b/)
})

test('when every section is cited nothing is missing', () => {
  const all = Object.entries(sections).flatMap(([book, list]) =>
    list.map((section) => ({ file: 'x', name: `[${book} ${section}]` })),
  )
  const text = compatibilityText({ operations: [], events: [], tests: all })
  expect(text).toContain('Every section of the specification has a test.')
})

test('an event has the transports by which it arrived, and none when it did not', () => {
  const arrived = [
    'HITCreated arrives by SQS [notifications 6.1]',
    'HITCreated arrives by Email',
    'Ping arrives by SNS',
  ]
  const text = compatibilityText({
    operations: [],
    events: ['HITCreated', 'HITExpired', 'Ping'],
    tests: arrived.map((name) => ({ file: 'x', name: `events > the event ${name}` })),
  })
  expect(text).toContain('| HITCreated | Email, SQS |\n| HITExpired | none |\n| Ping | SNS |')
})
