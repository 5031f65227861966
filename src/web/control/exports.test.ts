// Imported history as files, through the calls of the operator (docs/decisions/0013).
import { describe, expect, test } from 'vitest'
import { answersOf, importedAt, importLaboratory } from '../../../test/support/imports.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { resultHeader } from '../../../test/support/result-header.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import { createOperatorRoutes } from './control.ts'

onBothDatabases('exports', (market) => {
  const laboratory = async () => {
    const made = await importLaboratory(market())
    await made.imports.type({})
    return { ...made, requester: made.client.requesterId }
  }

  const ask = async (what: string, query: Record<string, string>): Promise<Response> => {
    const app = createOperatorRoutes({
      marketNamed: (name) => (name === 'sandbox' ? undefined : market().market),
      publicURL: () => '',
      failed: (error) => expect(isFault(error) ? error : undefined).toBeUndefined(),
    })
    return app.request(`/_control/exports/${what}?${new URLSearchParams(query).toString()}`)
  }
  const textOf = async (what: string, query: Record<string, string>) => {
    const response = await ask(what, query)
    expect(response.status).toBe(200)
    return response.text()
  }

  describe('results [websites 2.5]', () => {
    test('a whole file, character by character', async () => {
      const { imports, requester, name } = await laboratory()
      await imports.hit({
        annotation: 'BatchId:7;OriginalHitTemplateId:9;',
        input: JSON.stringify({ zoo: 'Wien', image: 'say "cheese", please.png' }),
      })
      await imports.assignment({
        state: 'Approved',
        auto_approval_at: importedAt + 259_320_000,
        approved_at: importedAt + 200_000,
        feedback: 'Thanks',
        rates: JSON.stringify({ lifetime: '100% (1/1)', last30Days: '0% (0/0)', last7Days: '50% (1/2)' }),
        document: answersOf({ bird: 'ein Zaunkönig 🐦', place: 'line one\nline two' }),
      })
      const july = Date.parse('2019-07-04T07:00:00Z')
      await imports.type({ id: name('T2'), keywords: null, reward: 1205 })
      await imports.hit({ id: name('SUMMER'), hit_type_id: name('T2'), created_at: july, expires_at: july })
      await imports.assignment({
        id: name('REJECTED'),
        hit_id: name('SUMMER'),
        state: 'Rejected',
        accepted_at: july + 500,
        submitted_at: july + 61_400,
        rejected_at: july + 90_000,
        document: answersOf({ animal: 'none' }),
      })
      const lines = (await textOf('results', { requester })).split('\n"')
      const [header, summer, november] = lines
      const dynamic = ['Input.image', 'Input.zoo', 'Answer.animal', 'Answer.bird', 'Answer.place']
      expect(lines).toHaveLength(3)
      expect(`${header}\n`).toBe(lineOf([...resultHeader, ...dynamic, 'Approve', 'Reject']))
      expect(`"${summer}\n`).toBe(
        lineOf([
          name('SUMMER'),
          name('T2'),
          'Listen to a bird',
          'Say which bird it is.',
          '',
          '$12.05',
          'Thu Jul 04 00:00:00 PDT 2019',
          '3',
          '',
          '3600',
          '259200',
          'Thu Jul 04 00:00:00 PDT 2019',
          '',
          '',
          name('REJECTED'),
          name('WORKER'),
          'Rejected',
          'Thu Jul 04 00:00:00 PDT 2019',
          'Thu Jul 04 00:01:01 PDT 2019',
          '',
          '',
          'Thu Jul 04 00:01:30 PDT 2019',
          '',
          '61',
          '',
          '',
          '',
          '',
          '',
          'none',
          '',
          '',
        ]),
      )
      expect(`"${november}`).toBe(
        lineOf([
          name('HIT'),
          name('TYPE'),
          'Listen to a bird',
          'Say which bird it is.',
          'bird, song',
          '$0.02',
          'Wed Nov 20 21:03:26 PST 2019',
          '3',
          'BatchId:7;OriginalHitTemplateId:9;',
          '3600',
          '259200',
          'Wed Nov 27 21:03:26 PST 2019',
          '',
          '',
          name('ASSIGNMENT'),
          name('WORKER'),
          'Approved',
          'Wed Nov 20 21:04:26 PST 2019',
          'Wed Nov 20 21:05:26 PST 2019',
          'Sat Nov 23 21:05:26 PST 2019',
          'Wed Nov 20 21:06:46 PST 2019',
          '',
          'Thanks',
          '60',
          '100% (1/1)',
          '0% (0/0)',
          '50% (1/2)',
          'say "cheese", please.png',
          'Wien',
          '',
          'ein Zaunkönig 🐦',
          'line one\nline two',
        ]),
      )
    })

    test('what a crowd-form sent is flattened again: booleans, labels, arrays as JSON', async () => {
      const { imports, requester } = await laboratory()
      await imports.hit({})
      const answer = {
        animal: { label: 'wren' },
        boxes: { boundingBoxes: [{ left: 1, label: 'a' }], inputImageProperties: { height: 5, width: 6 } },
        checks: { loud: true, near: false },
        comment: 'so, so',
      }
      await imports.assignment({ document: answersOf({ taskAnswers: JSON.stringify([answer]) }) })
      const [header, row] = (await textOf('results', { requester })).trimEnd().split('\n')
      expect(header?.split(',').slice(27, -2)).toEqual([
        '"Answer.animal.label"',
        '"Answer.boxes.boundingBoxes"',
        '"Answer.boxes.inputImageProperties.height"',
        '"Answer.boxes.inputImageProperties.width"',
        '"Answer.checks.loud"',
        '"Answer.checks.near"',
        '"Answer.comment"',
      ])
      expect(row).toMatch(/,"wren","\[\{""left"":1,""label"":""a""\}\]","5","6","true","false","so, so"$/)
    })

    test('of one batch, under the name that its file has there', async () => {
      const { imports, requester, name } = await laboratory()
      for (const batch of ['7', '77']) {
        await imports.hit({
          id: name(`H${batch}`),
          annotation: `BatchId:${batch};`,
          input: `{"in${batch}":"x"}`,
        })
        await imports.assignment({ id: name(`A${batch}`), hit_id: name(`H${batch}`) })
      }
      const response = await ask('results', { requester, batch: '7' })
      expect(response.headers.get('Content-Disposition')).toBe(
        'attachment; filename="Batch_7_batch_results.csv"',
      )
      expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
      const text = await response.text()
      expect(text).toContain(name('A7'))
      expect(text).not.toContain(name('A77'))
      expect(text).toContain('"Input.in7"')
      expect(text).not.toContain('"Input.in77"')
    })

    test('columns are those of all pages together', async () => {
      const { imports, requester, name } = await laboratory()
      for (let i = 0; i <= server.imports.batch; i++) {
        await imports.hit({ id: name(`H${i}`), created_at: importedAt + i })
        const document = answersOf({ [i === server.imports.batch ? 'last' : 'usual']: String(i) })
        await imports.assignment({ id: name(`A${i}`), hit_id: name(`H${i}`), document })
      }
      const lines = (await textOf('results', { requester })).trimEnd().split('\n')
      expect(lines).toHaveLength(server.imports.batch + 2)
      expect(lines[0]).toMatch(/,"Answer.last","Answer.usual","Approve","Reject"$/)
      expect(lines[1]).toMatch(/,"","0"$/)
      expect(lines.at(-1)!.endsWith(`,"${server.imports.batch}",""`)).toBe(true)
    })
  })

  test('workers and transactions', async () => {
    const { client, imports, requester, name } = await laboratory()
    await imports.worker({ worker_id: name('A'), figures: '{"Your Lifetime Approval Rate":"75%"}' })
    await imports.worker({ worker_id: name('B') })
    await client.call('CreateWorkerBlock', { WorkerId: name('B'), Reason: 'Guessed.' })
    expect(await textOf('workers', { requester })).toBe(
      '"Worker ID","Your Lifetime Approval Rate","CURRENT-BlockStatus","UPDATE-BlockStatus"\n' +
        `"${name('A')}","75%","Never Blocked",""\n"${name('B')}","","Blocked",""\n`,
    )
    await imports.transaction({ cells: '{"Date Initiated":"11/20/19","Amount":"-$0.02"}' })
    expect(await textOf('transactions', { requester })).toBe(
      '"Date Initiated","Amount"\n"11/20/19","-$0.02"\n',
    )
  })

  describe('refusals', () => {
    const refusalOf = async (what: string, query: Record<string, string>) => {
      const response = await ask(what, query)
      return { status: response.status, ...((await response.json()) as object) }
    }

    test.each(['results', 'workers', 'transactions'])(
      '%s of nobody, and of somebody who has none',
      async (what) => {
        expect(await refusalOf(what, {})).toMatchObject({ status: 400, error: 'InvalidInput' })
        expect(await refusalOf(what, { requester: 'NOBODY' })).toEqual({
          status: 404,
          error: 'RequesterDoesNotExist',
          message: 'There is no requester NOBODY.',
        })
        const { requester } = await laboratory()
        expect(await refusalOf(what, { requester })).toMatchObject({
          status: 400,
          message: `requester: There are no ${what} that were brought in for this requester.`,
        })
      },
    )

    test('a batch that is none, and one that nobody brought', async () => {
      const { imports, requester } = await laboratory()
      await imports.hit({ annotation: 'BatchId:7;' })
      await imports.assignment({})
      for (const batch of ['', '7;', '%', 'a b'])
        expect(await refusalOf('results', { requester, batch })).toMatchObject({
          status: 400,
          message: 'batch: It must be the number of a batch.',
        })
      expect(await refusalOf('results', { requester, batch: '70' })).toMatchObject({
        status: 400,
        message: 'batch: No results of this batch were brought in for this requester.',
      })
    })
  })
})

/** Cells as the real site writes a line. */
const lineOf = (cells: readonly string[]) =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`
