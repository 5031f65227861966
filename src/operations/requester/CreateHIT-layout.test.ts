// HITs of layouts, made by either creating operation [questions 8, hits 12.1].
import { afterEach, describe, expect, test } from 'vitest'
import { properties } from '../../../test/support/hit-members.ts'
import { keptQuestions, parametersOf, putLayout } from '../../../test/support/layouts.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { externalQuestion, onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, showHIT, work, type ShownHIT } from '../../../test/support/steps.ts'
import { isFault } from '../../domain/fault.ts'
import { parseQuestion } from '../../domain/question/parse-question.ts'
import { operator } from '../operation.ts'
import { PutLayout } from '../operator/PutLayout.ts'
import { FindHITQuestion } from '../worker/FindHITQuestion.ts'
import { FindTask } from '../worker/FindTask.ts'
import { PreviewHIT } from '../worker/PreviewHIT.ts'

const crowd = (inside: string) =>
  `<!DOCTYPE html><html><body><crowd-form>${inside}</crowd-form></body></html>`

async function htmlOf({ Question }: { Question?: string | undefined }): Promise<string> {
  const question = await parseQuestion(Question ?? '')
  return isFault(question) || question.kind !== 'HTMLQuestion' ? `no page: ${Question}` : question.html
}

for (const operation of ['CreateHIT', 'CreateHITWithHITType'] as const) {
  onBothDatabases(`${operation} of a layout`, (market) => {
    afterEach(() => checkLedger(market()))

    const inputFor = async (client: TestClient, changes: object) => {
      const type =
        operation === 'CreateHIT'
          ? properties
          : { HITTypeId: (await client.call('CreateHITType', properties)).HITTypeId! }
      return { ...type, LifetimeInSeconds: 86_400, ...changes }
    }
    const create = async (client: TestClient, HITLayoutId: string, values: Record<string, string>) => {
      const input = await inputFor(client, { HITLayoutId, HITLayoutParameters: parametersOf(values) })
      return (await client.call(operation, input as never)).HIT as ShownHIT
    }
    const refusalFor = async (html: string, changes: (HITLayoutId: string) => object) => {
      const client = await market().requester()
      const id = await putLayout(market(), client.requesterId, html)
      return refusalOf(market(), client, operation, await inputFor(client, changes(id)))
    }

    describe('serialization', () => {
      test.each(['{}', '"a"', '[1]', '[{"Name":1,"Value":"b"}]', '[{"Name":"a","Value":true}]'])(
        'parameters of another type: %s [wire 1.3]',
        async (json) => {
          const client = await market().requester()
          const body = JSON.stringify(await inputFor(client, { HITLayoutId: 'ABC' }))
          const sent = await client.send(operation, `${body.slice(0, -1)},"HITLayoutParameters":${json}}`)
          expect(sent).toMatchObject({ status: 400, text: expect.stringContaining('SerializationException') })
        },
      )
    })

    describe('validation', () => {
      test('a parameter without name or value breaks the model [hits 4.1, 11.4]', async () => {
        const refusal = await refusalFor('${a}', (HITLayoutId) => ({
          HITLayoutId,
          HITLayoutParameters: [{}],
        }))
        expect(refusal).toEqual(
          refused.validation(
            "Value null at 'hITLayoutParameters.1.member.name' failed to satisfy constraint: Member must not be null",
            "Value null at 'hITLayoutParameters.1.member.value' failed to satisfy constraint: Member must not be null",
          ),
        )
      })

      test('an unknown layout, and another requester’s [hits 11.5 #28, 11.6]', async () => {
        const client = await market().requester()
        const ask = async (HITLayoutId: string) =>
          refusalOf(market(), client, operation, await inputFor(client, { HITLayoutId }))
        expect(await ask('39ZKK3W0VMKU0DPHRLCXKSX4INR56I')).toEqual(
          refused.noLayout('39ZKK3W0VMKU0DPHRLCXKSX4INR56I'),
        )
        const foreign = await putLayout(market(), (await market().requester()).requesterId, 'x')
        expect(await ask(foreign)).toEqual(refused.notYours)
      })

      test('a question beside a layout that is there [hits 12.1]', async () => {
        const refusal = await refusalFor('x', (HITLayoutId) => ({ HITLayoutId, Question: externalQuestion }))
        expect(refusal.message).toMatch(
          /^The value "3[A-Z0-9]{29}" is not valid for the parameter HITLayoutId\.$/,
        )
      })

      test.each<[string, object | undefined, string]>([
        ['none given', undefined, 'image_url, caption'],
        ['an empty list', [], 'image_url, caption'],
        ['one given', parametersOf({ caption: '' }), 'image_url'],
        ['a wrong case', parametersOf({ Caption: 'x', image_url: 'y' }), 'caption'],
      ])('missing parameters: %s [hits 11.5 #17, questions 8]', async (_, HITLayoutParameters, names) => {
        const html = crowd('<img src="${image_url}" alt="${caption}">${image_url}')
        const refusal = await refusalFor(html, (HITLayoutId) => ({ HITLayoutId, HITLayoutParameters }))
        expect(refusal).toEqual({
          ...refused.missing('HITLayoutParameter'),
          message:
            'Your request is missing required parameters. Required parameters include HITLayoutParameter. ' +
            `You have not provided all required HITLayout parameters. Missing parameter names: ${names}`,
        })
      })

      test.each([
        ['values that are long', '${a}', 'x'.repeat(65_535)],
        ['values whose bytes are many', '${a}', 'é'.repeat(40_000)],
        ['a value that is used often', '${a}'.repeat(2000), 'x'.repeat(100)],
        ['a template that is long', `\${a}${'x'.repeat(65_535)}`, ''],
      ])('a document beyond the limit of questions: %s [questions 8]', async (_, template, a) => {
        const refusal = await refusalFor(crowd(template), (HITLayoutId) => ({
          HITLayoutId,
          HITLayoutParameters: parametersOf({ a }),
        }))
        expect(refusal).toEqual(refused.tooLong('Question', 65_535))
      })

      test('a value can make the document invalid [questions 8, 11.2]', async () => {
        const refusal = await refusalFor('${a}', (HITLayoutId) => ({
          HITLayoutId,
          HITLayoutParameters: parametersOf({ a: 'a\u0001b' }),
        }))
        expect(refusal).toMatchObject({
          type: 'ParameterValidationError',
          code: 'AWS.MechanicalTurk.XMLParseError',
        })
      })

      test('values, layout, parameters, token, funds: in this order [hits 11.6]', async () => {
        const client = await market().requester('0.12')
        const HITLayoutId = await putLayout(market(), client.requesterId, '${a}')
        const input = await inputFor(client, {
          HITLayoutId,
          HITLayoutParameters: parametersOf({ a: '1' }),
          UniqueRequestToken: 't',
        })
        const { HIT } = await client.call(operation, input as never)
        const ask = (changes: object) => refusalOf(market(), client, operation, { ...input, ...changes })
        expect(await ask({ LifetimeInSeconds: 1, HITLayoutId: 'ABC' })).toEqual(
          refused.range('LifetimeInSeconds', 1, 30, 31_536_000),
        )
        expect(await ask({ HITLayoutId: 'ABC', HITLayoutParameters: [] })).toEqual(refused.noLayout('ABC'))
        expect((await ask({ HITLayoutParameters: [] })).code).toBe('AWS.MissingParameters')
        expect(await ask({})).toEqual(refused.alreadyCreated((HIT as ShownHIT).HITId))
        expect(await ask({ UniqueRequestToken: 'u' })).toEqual(refused.noFunds)
      })
    })

    describe('behaviour', () => {
      test('the HIT is an HTMLQuestion HIT that names its layout, the same wherever it is shown [questions 8, hits 12.0]', async () => {
        const client = await market().requester()
        const id = await putLayout(market(), client.requesterId, crowd('<img src="${image_url}">${caption}'))
        const values = {
          image_url: 'https://files.example.org/b.jpg?w=1&amp;h=2',
          caption: 'Boat & <b>sea</b>',
        }
        const hit = await create(client, id, values)
        expect(hit.HITLayoutId).toBe(id)
        expect(await htmlOf(hit)).toBe(crowd(`<img src="${values.image_url}">${values.caption}`))
        expect(await showHIT(client, hit.HITId)).toEqual(hit)
        const plain = await client.call('CreateHIT', {
          ...properties,
          LifetimeInSeconds: 86_400,
          Question: externalQuestion,
        })
        expect(plain.HIT).not.toHaveProperty('HITLayoutId')
        const { HITs } = await client.call('ListHITs', {})
        expect(HITs).toEqual([hit, plain.HIT])
        const AssignmentId = await work(await market().worker(), hit)
        expect((await client.call('GetAssignment', { AssignmentId })).HIT).toEqual(
          await showHIT(client, hit.HITId),
        )
        expect((await client.call('ListReviewableHITs', {})).HITs).toEqual([await showHIT(client, hit.HITId)])
      })

      test('the members stand in the order of the model [hits 12.0]', async () => {
        const client = await market().requester()
        const hit = await create(client, await putLayout(market(), client.requesterId, 'x'), {})
        expect(Object.keys(hit).slice(0, 5)).toEqual([
          'HITId',
          'HITTypeId',
          'HITGroupId',
          'HITLayoutId',
          'CreationTime',
        ])
      })

      test('a worker previews, accepts and is shown the page that the requester sees', async () => {
        const client = await market().requester()
        const hit = await create(client, await putLayout(market(), client.requesterId, 'A ${b}'), {
          b: 'bird',
        })
        const { runner } = market().market
        const worker = await market().worker()
        const shown = { kind: 'HTMLQuestion', text: hit.Question, layoutId: hit.HITLayoutId }
        const caller = { kind: 'worker', workerId: worker.workerId } as const
        const preview = await runner.run(PreviewHIT, caller, { groupId: hit.HITTypeId })
        expect(isFault(preview) ? preview : preview.hit.id).toBeDefined()
        expect(await runner.run(FindHITQuestion, operator, { hitId: hit.HITId })).toEqual({
          ...shown,
          isGuarded: false,
        })
        const assignmentId = await accept(worker, hit)
        const task = await runner.run(FindTask, operator, { assignmentId })
        expect(isFault(task) ? task : task.question).toEqual(shown)
        expect(hit.Question).toContain('A bird')
      })

      test('surplus parameters are ignored, the last of two counts, nothing is filled twice [questions 8]', async () => {
        const client = await market().requester()
        const HITLayoutId = await putLayout(market(), client.requesterId, crowd('${a} ${b}'))
        const HITLayoutParameters = [
          { Name: 'a', Value: 'first' },
          { Name: 'surplus', Value: 'x'.repeat(100_000) },
          { Name: 'a', Value: '${b}' },
          { Name: 'b', Value: '$&' },
        ]
        const input = await inputFor(client, { HITLayoutId, HITLayoutParameters })
        const { HIT } = await client.call(operation, input as never)
        expect(await htmlOf(HIT as ShownHIT)).toBe(crowd('${b} $&'))
        // What is not shown is not kept: a batch with one surplus column more has the same questions.
        const kept = await keptQuestions(market(), HITLayoutId)
        expect(kept).toHaveLength(1)
        expect(kept[0]!.length).toBeLessThan(200)
        await client.call(operation, { ...input, HITLayoutParameters: HITLayoutParameters.slice(1) } as never)
        await client.call(operation, { ...input, HITLayoutParameters: HITLayoutParameters.slice(2) } as never)
        expect(await keptQuestions(market(), HITLayoutId)).toEqual(kept)
      })

      test('a HIT keeps the version that it was made of; the next is made of the latest [design 4]', async () => {
        const client = await market().requester()
        const id = await putLayout(market(), client.requesterId, crowd('one ${a}'))
        const first = await create(client, id, { a: 'x' })
        expect(await putLayout(market(), client.requesterId, crowd('two ${b}'), id)).toBe(id)
        const second = await create(client, id, { b: 'y' })
        expect(await htmlOf(await showHIT(client, first.HITId))).toBe(crowd('one x'))
        expect(await htmlOf(await showHIT(client, second.HITId))).toBe(crowd('two y'))
        const { HITs } = await client.call('ListHITs', {})
        expect(HITs).toEqual([first, second])
      })
    })
  })
}

onBothDatabases('PutLayout', (market) => {
  const put = (input: object) =>
    market().market.runner.run(PutLayout, operator, { requesterId: '', name: 'Birds', html: 'x', ...input })

  test.each([
    ['blank', ' \n'],
    ['a control character', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
    ['more than 1 MiB', 'é'.repeat(524_289)],
  ])('a template that is %s is refused', async (_, html) => {
    const { requesterId } = await market().requester()
    expect(await put({ requesterId, html })).toMatchObject({ fault: 'InvalidInput', member: 'html' })
  })

  test('a template of 1 MiB is kept [questions 6.3]', async () => {
    const { requesterId } = await market().requester()
    expect(await put({ requesterId, html: 'é'.repeat(524_288) })).toMatchObject({ version: 1 })
  })

  test('of nobody, of no layout, of another requester’s layout it is refused', async () => {
    const { requesterId } = await market().requester()
    expect(await put({ requesterId: 'ANOBODY' })).toEqual({
      fault: 'RequesterDoesNotExist',
      requesterId: 'ANOBODY',
    })
    expect(await put({ requesterId, layoutId: 'ABC' })).toEqual({
      fault: 'HITLayoutDoesNotExist',
      hitLayoutId: 'ABC',
    })
    const layoutId = await putLayout(market(), (await market().requester()).requesterId, 'x')
    expect(await put({ requesterId, layoutId })).toEqual({ fault: 'PermissionDenied' })
  })

  test('ten versions at once are ten versions', async () => {
    const { requesterId } = await market().requester()
    const layoutId = await putLayout(market(), requesterId, 'x')
    const made = await Promise.all(Array.from({ length: 10 }, () => put({ requesterId, layoutId })))
    const versions = made.map((one) => (isFault(one) ? 0 : one.version)).toSorted((a, b) => a - b)
    expect(versions).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })
})
