// What goes to standard error, as a program sees it: one JSON line per event, and no secret.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

type Level = 'debug' | 'info' | 'error' | 'silent'

/** Runs the lines with a log of the level in a process of its own; answers what it wrote. */
function written(level: Level, lines: string): Record<string, unknown>[] {
  const module = new URL('./log.ts', import.meta.url).href
  const script = `const { createLog } = await import(${JSON.stringify(module)})
    const log = createLog('${level}'); ${lines}`
  const { stderr, stdout, status } = spawnSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  )
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

const everything = `
  log.call({ operation: 'GetHIT', status: 200 })
  log.info('listening')
  log.error(new Error('broken'), 'a page failed')
  log.call({ operation: 'GetHIT', status: 500, error: new Error('a bug') })`

test.for<[Level, string[]]>([
  ['debug', ['call', 'listening', 'a page failed', 'call failed']],
  ['info', ['listening', 'a page failed', 'call failed']],
  ['error', ['a page failed', 'call failed']],
  ['silent', []],
])('at level %s the log tells %o', ([level, messages]) => {
  expect(written(level, everything).map(({ msg }) => msg)).toEqual(messages)
})

test('a line has its time, its error with the stack, and nothing about the machine', () => {
  const [page, call] = written('error', everything)
  expect(page).toEqual({
    level: 50,
    time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/) as string,
    msg: 'a page failed',
    err: { type: 'Error', message: 'broken', stack: expect.stringContaining('Error: broken') as string },
  })
  expect(call).toMatchObject({ operation: 'GetHIT', status: 500, err: { message: 'a bug' } })
})

test('a call is told by its name and status: bodies, keys and signatures have no place', () => {
  const lines = written(
    'debug',
    `const told = { requestId: 'id', operation: 'GetHIT', accessKeyId: 'AK', requesterId: 'A', status: 200, milliseconds: 3 }
    log.call({ ...told, body: 'secret answer', authorization: 'AWS4-HMAC secret' })`,
  )
  const told = { requestId: 'id', operation: 'GetHIT', accessKeyId: 'AK', requesterId: 'A', milliseconds: 3 }
  expect(lines).toEqual([expect.objectContaining({ ...told, status: 200, msg: 'call' })])
  expect(JSON.stringify(lines)).not.toContain('secret')
})

test('a call is told with the names that it ignored, few and short, where it is worth a look [qualifications 6.1]', () => {
  const many = `Array.from({ length: 1000 }, (_, index) => index + 'x'.repeat(1000))`
  const [line, ...others] = written(
    'info',
    `log.call({ operation: 'CreateHIT', requesterId: 'A', status: 200, ignored: ['Aprove'] })
    log.call({ operation: 'CreateHIT', status: 200, ignored: ${many} })
    log.call({ operation: 'CreateHIT', status: 200 })`,
  )
  expect(line).toMatchObject({
    msg: 'call with ignored parameters',
    operation: 'CreateHIT',
    requesterId: 'A',
    ignored: ['Aprove'],
  })
  expect(others).toHaveLength(1)
  const names = others[0]!.ignored as string[]
  expect([names.length, ...new Set(names.map(({ length }) => length))]).toEqual([20, 100])
})

test('an error of the database is told without the values of its row', () => {
  const lines = written(
    'error',
    `log.error(Object.assign(new Error('duplicate key'), { detail: 'Key (email)=(ada@example.com) exists.' }), 'x')`,
  )
  expect(JSON.stringify(lines)).not.toContain('ada@example.com')
})
