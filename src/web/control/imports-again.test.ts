// Files that tell of the same work in their own ways: what is known better stays, whichever came first, and what was
// exported tells nothing new when it comes back (docs/decisions/0013).
import { expect, test } from 'vitest'
import { files } from '../../../test/support/history-files.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { answersOf } from '../../../test/support/imports.ts'
import { createOperatorRoutes } from './control.ts'

const {
  'results.csv': plain,
  'crowd.csv': crowd,
  'workers.csv': workers,
  'transactions.csv': transactions,
} = files
const header = crowd.split('\n', 1)[0]!
const batchOf = (text: string, batch: number) =>
  text.replaceAll(/"(?:BatchId:\d+;[^"]*)?","(?=600"|3600")/g, `"BatchId:${batch};","`)

onBothDatabases('files about the same work', (market) => {
  let letter = 64

  /** A requester with calls of his own. Ids are of one requester, so they are made his. */
  const laboratory = async () => {
    const client = await market().requester()
    const { requesterId } = client
    const sign = String.fromCharCode(++letter)
    const own = (text: string) =>
      text.replaceAll(/3(BIRDS|CROWD|WHOLE)0/g, `3$1${sign}`).replaceAll('A2QSX8Z', `A2${sign}QSX8`)
    const routes = createOperatorRoutes({
      marketNamed: () => market().market,
      publicURL: () => '',
      failed: (error) => expect(error).toBeUndefined(),
    })
    const bring = async (text: string, answers = '') => {
      const path = `/_control/imports?requester=${requesterId}&name=a${answers && `&answers=${answers}`}`
      const answer = await routes.request(path, { method: 'POST', body: own(text) })
      const { added, changed, unchanged, problems } = (await answer.json()) as Record<string, unknown>
      expect(problems).toEqual([])
      return [added, changed, unchanged]
    }
    const written = async (what: string, batch = '') => {
      const path = `/_control/exports/${what}?requester=${requesterId}${batch && `&batch=${batch}`}`
      return (await routes.request(path)).text()
    }
    const answerOf = async (AssignmentId: string) =>
      (await client.call('GetAssignment', { AssignmentId: own(AssignmentId) })).Assignment!.Answer!
    return { bring, written, answerOf, own }
  }

  const crowdWork = '3CROWD000000000000000000WORK01'
  const sent =
    '[{"sure":{"on":true},"mood":{"label":"calm"},"box":{"boundingBoxes":[{"height":20,"label":"Bird","left":1,"top":2,"width":30}],"inputImageProperties":{"height":480,"width":640}}}]'
  const saved = (answer: string) =>
    JSON.stringify({
      Assignments: [
        {
          ...{ AssignmentId: crowdWork, HITId: '3CROWD00000000000000000000HIT1', WorkerId: 'A2QSX8ZT2ABCDE' },
          ...{ AssignmentStatus: 'Submitted', AcceptTime: '2020-07-05T09:00:00.750-07:00' },
          ...{ SubmitTime: '2020-07-05T09:01:00-07:00', Answer: answer },
        },
      ],
    })

  test.each([
    ['of a crowd-form', answersOf({ taskAnswers: sent })],
    ['of a page that a crowd-form is not', answersOf({ 'sure.on': 'true', 'mood.label': 'calm', 'box.boundingBoxes': '[{"height":20,"label":"Bird","left":1,"top":2,"width":30}]', 'box.inputImageProperties.height': '480', 'box.inputImageProperties.width': '640', empty: '' })], // prettier-ignore
  ])('answers %s stay as the API told them where a result CSV has the same cells', async (_, answer) => {
    const { bring, answerOf } = await laboratory()
    expect(await bring(crowd)).toEqual([1, 0, 0])
    expect(await answerOf(crowdWork)).not.toBe(answer)
    expect(await bring(saved(answer))).toEqual([0, 1, 0])
    for (const again of [crowd, saved(answer), crowd]) {
      expect(await bring(again)).toEqual([0, 0, 1])
      expect(await answerOf(crowdWork)).toBe(answer)
    }
  })

  test('who says how they were sent is believed; other cells are news', async () => {
    const { bring, answerOf } = await laboratory()
    await bring(crowd)
    expect(await bring(crowd, 'plain')).toEqual([0, 1, 0])
    expect(await answerOf(crowdWork)).toContain('<QuestionIdentifier>mood.label<')
    expect(await bring(crowd)).toEqual([0, 0, 1])
    expect(await bring(crowd.replace('calm', 'wild'))).toEqual([0, 1, 0])
    expect(await answerOf(crowdWork)).toContain('wild')
  })

  test('a line of the transaction history is the same in a file with other columns', async () => {
    const { bring, written } = await laboratory()
    await bring(transactions)
    const [head = '', ...lines] = transactions.trimEnd().split('\n')
    const more = [`"Note",${head},"Balance"`, ...lines.map((line) => `"",${line},""`)].join('\n')
    expect(await bring(more)).toEqual([0, 0, 2])
    expect(await bring(`${more}\n"Coffee","1/2/20","1/3/20","Fee","","-$0.02","$5.00"\n`)).toEqual([1, 0, 2])
    expect(await bring(await written('transactions'))).toEqual([0, 0, 3])
    // Another year's file calls its columns otherwise; one of both is read by whichever name has a cell.
    expect(await bring('Date,Type,Amount (USD)\n1/4/21,Fee,-0.05\n')).toEqual([1, 0, 0])
    expect(await bring(await written('transactions'))).toEqual([0, 0, 4])
    // Two payments of the same day are not one, nor do they become more.
    expect(await bring(`${transactions}${lines[0]}\n`)).toEqual([1, 0, 2])
  })

  test('all that was exported tells nothing new when it comes back', async () => {
    const { bring, written } = await laboratory()
    // A file with the whole document in one cell, as that of a page with a field of this name.
    const whole =
      `${header.slice(0, header.indexOf('"Answer.'))}"Answer.taskAnswers","Approve","Reject"\n` +
      crowd
        .slice(header.length + 1)
        .replaceAll('3CROWD0', '3WHOLE0')
        .replace(/"\[\{.*\n$/, `"${sent.replaceAll('"', '""')}"\n`)
    const batches = [batchOf(plain, 1), batchOf(crowd, 2), batchOf(whole, 3)]
    // Of the second worker only the results tell.
    const oneWorker = workers.split('\n').slice(0, 2).join('\n')
    for (const text of [...batches, oneWorker]) await bring(text)
    const names = ['1', '2', '3', '']
    const before = await Promise.all(names.map((batch) => written('results', batch)))
    expect(before[2]).toContain('"Answer.taskAnswers","Approve"')
    expect(await bring(before.at(-1)!)).toEqual([0, 0, 4])
    expect(await Promise.all(names.map((batch) => written('results', batch)))).toEqual(before)
    const list = await written('workers')
    expect((await bring(list)).slice(0, 2)).toEqual([0, 0])
    expect(await written('workers')).toBe(list)
  })
})
