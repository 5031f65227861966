import { expect, test } from 'vitest'
import { server } from '../limits.ts'
import { readAnswerPage } from './answer-pages.ts'

const { step, length } = server.answerPage

/** Reads a page of as many entries as there are lengths; answers their times, and how many were asked for each time. */
async function read(lengths: readonly number[], limit: number, after?: number) {
  const asked: number[] = []
  const entries = lengths.map((characters, time) => ({ time, characters }))
  const page = await readAnswerPage(
    { after: after === undefined ? undefined : { time: after, id: '' }, limit },
    {
      list(cursor, wanted) {
        asked.push(wanted)
        const first = cursor === undefined ? 0 : cursor.time + 1
        return Promise.resolve(entries.slice(first, first + wanted))
      },
      placeOf: ({ time }) => ({ time, id: '' }),
      lengthOf: ({ characters }) => characters,
    },
  )
  return { times: page.map(({ time }) => time), asked }
}

const upTo = (count: number, first = 0) => Array.from({ length: count }, (_, i) => first + i)
const small = Array<number>(100).fill(1000)

test.each([
  ['nothing', [], 10, [], [10]],
  ['less than a step', small.slice(0, 3), 100, upTo(3), [step]],
  ['whole steps and no more', small.slice(0, step * 2), 100, upTo(step * 2), [step, step, step]],
  ['one entry', small, 1, [0], [1]],
  ['a step and a part of one', small, step + 5, upTo(step + 5), [step, 5]],
  ['all that a page may have', small, 100, upTo(100), Array<number>(100 / step).fill(step)],
  ['large answers', Array<number>(100).fill(length), 100, upTo(step), [step]],
  [
    'large answers after small ones',
    [...small.slice(0, step), length, ...small],
    100,
    upTo(step * 2),
    [step, step],
  ],
])(
  'a page of %s is read to its end, or to the step that fills it [hits 8]',
  async (_, lengths, limit, times, asked) => {
    expect(await read(lengths, limit)).toEqual({ times, asked })
  },
)

test('the next page goes on behind the last entry [hits 8]', async () => {
  const large = Array<number>(25).fill(length)
  expect((await read(large, 100, step - 1)).times).toEqual(upTo(step, step))
  expect((await read(large, 100, 2 * step - 1)).times).toEqual(upTo(25 - 2 * step, 2 * step))
  expect((await read(large, 100, 24)).times).toEqual([])
})

test('the longest answers of one step and of what came before fit into one text, even when all of it is escaped', () => {
  // Half a gigabyte: what the engine refuses to go beyond.
  expect(2 * (length + step * server.answerLength)).toBeLessThan(2 ** 29 - 24)
})
