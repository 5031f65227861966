// The part of docs/compatibility.md that test results write: which sections of the specification have a test that
// passes, for each operation of the API and in all, and which transports delivered which events. A test names its
// sections in brackets: `[hits 5.6, client W10]`; a delivery is a test `the event HITCreated arrives by SQS`.
import { readFileSync, writeFileSync } from 'node:fs'

const sections = JSON.parse(readFileSync(new URL('specification-sections.json', import.meta.url), 'utf8'))
const page = new URL('../docs/compatibility.md', import.meta.url)
const begin = '<!-- written by npm run compatibility -->'
const end = '<!-- end of what npm run compatibility wrote -->'

/** The section, or the one that it is a part of: worked example 15.3 stands in section 15. */
function knownSection(list, section) {
  if (section === '' || list.includes(section)) return section || undefined
  return knownSection(list, section.split('.').slice(0, -1).join('.'))
}

/** The sections that a test's name cites, such as `hits 5.6`. */
export function citations(name) {
  const found = []
  for (const [, text] of name.matchAll(/\[([^\]]+)\]/g)) {
    let book
    for (const item of text.split(/[,;]/)) {
      const [, given, section] = /^\s*(?:([a-z]+)\s+)?(W?\d+(?:\.\d+)*)\s*$/.exec(item) ?? []
      book = given ?? (section === undefined ? undefined : book)
      const known = knownSection(sections[book] ?? [], section ?? '')
      if (known !== undefined) found.push(`${book} ${known}`)
    }
  }
  return found
}

/**
 * What the page says of a run: a table of `operations`, the sections that no test names, and a table of `events`.
 * `tests` are those that passed, each with its file and full name.
 */
export function compatibilityText({ operations, events, tests }) {
  const all = new Set()
  const own = new Map(operations.map((operation) => [operation, { built: false, cited: new Set() }]))
  for (const { file, name } of tests) {
    const cited = citations(name)
    for (const section of cited) all.add(section)
    for (const [operation, row] of own) {
      const isOwn = new RegExp(`/operations/requester/${operation}(-[\\w-]+)?\\.test\\.ts$`).test(`/${file}`)
      if (isOwn) row.built = true
      if (isOwn || new RegExp(`\\b${operation}\\b`).test(name))
        for (const section of cited) row.cited.add(section)
    }
  }
  const rows = [...own].map(
    ([operation, { built, cited }]) => `| ${operation} | ${built ? inWords(cited) : 'not built yet'} |`,
  )
  const missing = inOrder().filter((section) => !all.has(section))
  return [
    begin,
    '',
    '| operation | sections of the specification that its tests name and pass |',
    '|---|---|',
    ...rows,
    '',
    missing.length === 0
      ? 'Every section of the specification has a test.'
      : `Sections without a test: ${inWords(new Set(missing))}.`,
    '',
    '| event | transports that delivered it to a real peer in the tests |',
    '|---|---|',
    ...events.map((event) => `| ${event} | ${deliveries(event, tests)} |`),
    '',
    end,
  ].join('\n')
}

function deliveries(event, tests) {
  const transports = tests.map(
    ({ name }) => new RegExp(`\\bthe event ${event} arrives by (\\w+)`).exec(name)?.[1],
  )
  return (
    [...new Set(transports)]
      .filter((transport) => transport !== undefined)
      .sort()
      .join(', ') || 'none'
  )
}

/** Whether the page says what the run showed; with `write` it does afterwards. */
export function isUpToDate(text, write) {
  const before = readFileSync(page, 'utf8')
  const [from, to] = [before.indexOf(begin), before.indexOf(end)]
  const after = before.slice(0, from) + text + before.slice(to + end.length)
  if (write) writeFileSync(page, after)
  return write || after === before
}

function inOrder() {
  return Object.entries(sections).flatMap(([book, list]) => list.map((section) => `${book} ${section}`))
}

/** `hits 5.6, 8; client W10`: in the order of the specification, each book named once. */
function inWords(cited) {
  return Object.entries(sections)
    .map(([book, list]) => [book, list.filter((section) => cited.has(`${book} ${section}`))])
    .filter(([, list]) => list.length > 0)
    .map(([book, list]) => `${book} ${list.join(', ')}`)
    .join('; ')
}
