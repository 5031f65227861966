// A result CSV that was brought in comes out again as it was, column by column (docs/decisions/0013) [websites 2.5].
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { resultHeader } from '../../../test/support/result-header.ts'
import { createOperatorRoutes } from './control.ts'

const annotation = 'BatchId:3848120;OriginalHitTemplateId:928390909;'

/** A row's first cells: the HIT's, those of its work, and times that fit. `id` tells rows apart. */
const plain = (id: string, state: 'Submitted' | 'Approved' | 'Rejected', season: 'PST' | 'PDT') => {
  const day = season === 'PST' ? 'Wed Nov 20' : 'Thu Jul 04'
  const at = (time: string) => `${day} ${time} ${season} 2019`
  return [
    ...[
      `3${id}HITHITHITHITHITHITHITHIT`,
      '3TYPETYPETYPETYPETYPETYPETYPE',
      'Birds, "rare" ones',
      'What is it?',
    ],
    ...['', '$0.02', at('08:00:00'), '3', annotation, '3600', '259200', at('23:00:00'), '', ''],
    ...[`3${id}WORKWORKWORKWORKWORKWORKWO`, 'A1WORKERWORKER', state, at('09:00:00'), at('09:00:26')],
    at('21:00:00'),
    state === 'Approved' ? at('10:00:00') : '',
    state === 'Rejected' ? at('10:00:00') : '',
    state === 'Rejected' ? 'Please read\nthe rules; "all" of them' : '',
    ...['26', '100% (1/1)', '0% (0/0)', '50% (1/2)'],
  ]
}

const lineOf = (cells: readonly string[]) =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`

/** A file with these columns behind the fixed ones; rows end before the last two, as the real ones do. */
const fileOf = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
  lineOf([...resultHeader, ...columns, 'Approve', 'Reject']) + rows.map(lineOf).join('')

/** The rows of a file by the ids of their work, each with its cells by column. */
const tableOf = (text: string) => {
  const rows = parse(text, { columns: true, relax_column_count: true }) as unknown as Record<string, string>[]
  return new Map(rows.map((row) => [row.AssignmentId, row]))
}

onBothDatabases('a result CSV', (market) => {
  const call = (path: string, init?: RequestInit) =>
    createOperatorRoutes({
      marketNamed: () => market().market,
      publicURL: () => '',
      failed: (error) => expect(error).toBeUndefined(),
    }).request(`/_control/${path}`, init)

  test.each([
    [
      'of a page with fields',
      fileOf(
        ['Input.image', 'Input.zoo', 'Answer.bird', 'Answer.kinds'],
        [
          [...plain('A', 'Approved', 'PST'), 'a.png', 'Wien', 'Zaunkönig 🐦', 'small|brown'],
          [...plain('B', 'Rejected', 'PDT'), 'b,"b".png', '', '', 'line one\nline two'],
          [...plain('C', 'Submitted', 'PST'), '', '', '=1+1', ''],
        ],
      ),
    ],
    [
      'of a crowd-form',
      fileOf(
        ['Input.image', 'Answer.animal.label', 'Answer.boxes.boundingBoxes', 'Answer.boxes.inputImageProperties.height', 'Answer.checks.loud', 'Answer.checks.near', 'Answer.comment'], // prettier-ignore
        [
          [
            ...plain('D', 'Approved', 'PDT'),
            'd.png',
            'wren',
            '[{"left":1,"label":"a, b"}]',
            '5',
            'true',
            'false',
            '12',
          ],
          [...plain('E', 'Approved', 'PST'), 'e.png', '', '[]', '', '', '', '"quoted" & <b>'],
        ],
      ),
    ],
  ])('%s', async (_, file) => {
    const { requesterId } = await market().requester()
    // Ids are of one requester, so each file has its own.
    const own = file.replaceAll('HITHITHIT', requesterId.slice(-9)).replaceAll('WORKWORKW', requesterId.slice(-9)).replaceAll('TYPETYPET', requesterId.slice(-9)) // prettier-ignore
    for (const outcome of [{ added: 1 }, { added: 0 }]) {
      const answer = await call(`imports?requester=${requesterId}&name=birds.csv`, {
        method: 'POST',
        body: own,
      })
      const told = (await answer.json()) as { added: number; leftOut: number }
      expect(told).toMatchObject({ kind: 'results', leftOut: 0, problems: [] })
      expect(told.added > 0, JSON.stringify(told)).toBe(outcome.added > 0)
    }
    for (const batch of ['', '&batch=3848120']) {
      const written = await (await call(`exports/results?requester=${requesterId}${batch}`)).text()
      expect(written.split('\n', 1)).toEqual(own.split('\n', 1))
      expect(tableOf(written)).toEqual(tableOf(own))
    }
  })
})
