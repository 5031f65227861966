// The product's main job, with the programs and the browser that people use: an unmodified client makes work, a
// worker does it in Chromium, another client approves it, and the money has moved.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetAccountBalanceCommand, ListHITsCommand, MTurkClient } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchBrowser, browserMissing } from '../support/browser.ts'
import { aws, boto3, clientsMissing } from '../support/python.ts'
import { control, startDemo, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'

const page = `<!DOCTYPE html><html><head><title>Bird</title>
<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script></head><body>
<form id="mturk_form" name="mturk_form" method="post" action="https://www.mturk.com/mturk/externalSubmit">
<input type="hidden" id="assignmentId" name="assignmentId" value="">
<label>Which bird is it? <input name="species" required></label>
<button id="submitButton" type="submit">Send</button></form>
<script>turkSetAssignmentID();</script></body></html>`

const question = `<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd"><HTMLContent><![CDATA[${page}]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>`

let server: TestServer
beforeAll(async () => {
  server = await startDemo()
})
afterAll(() => server.stop())

describeUnless(
  clientsMissing() ?? (await browserMissing()),
  'AWS CLI, boto3, SDK for JavaScript and Chromium',
  () => {
    test('create, do, approve: feedback, earnings, balance and ledger [wire 5]', async () => {
      const sdk = new MTurkClient({
        endpoint: server.address,
        region: 'us-east-1',
        credentials: {
          accessKeyId: 'AKIDEXAMPLE',
          secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
        },
      })
      expect((await sdk.send(new GetAccountBalanceCommand({}))).AvailableBalance).toBe('10000.00')

      // The AWS CLI, from a file of input.
      const folder = mkdtempSync(join(tmpdir(), 'kempelen-cli-'))
      onTestFinished(() => rmSync(folder, { recursive: true }))
      const input = join(folder, 'hit.json')
      writeFileSync(
        input,
        JSON.stringify({
          LifetimeInSeconds: 86_400,
          AssignmentDurationInSeconds: 600,
          Reward: '0.50',
          Title: 'Name the bird – café',
          Description: 'Look and name it.',
          Question: question,
        }),
      )
      const created = (await aws(server.address, 'create-hit', '--cli-input-json', `file://${input}`)) as {
        HIT: Record<string, string>
      }
      const { HITId, HITGroupId } = created.HIT
      expect(created.HIT).toMatchObject({
        HITStatus: 'Assignable',
        Title: 'Name the bird – café',
        Reward: '0.50',
      })
      expect((await sdk.send(new GetAccountBalanceCommand({}))).AvailableBalance).toBe('9999.40')
      expect((await sdk.send(new ListHITsCommand({ MaxResults: 1 }))).HITs?.[0]?.HITId).toBe(HITId)

      // A worker, in a browser.
      const browser = await launchBrowser()
      const context = await browser.newContext()
      const tab = await context.newPage()
      tab.setDefaultTimeout(10_000)
      await tab.goto(`${server.address}/ap/signin`)
      await tab.getByLabel('E-mail').fill('worker@example.com')
      await tab.getByLabel('Password').fill('demo')
      await tab.getByRole('button', { name: 'Sign in' }).click()
      await tab.goto(`${server.address}/projects/${HITGroupId}/tasks`)
      await tab
        .getByRole('link', { name: /Accept/ })
        .or(tab.getByRole('button', { name: /Accept/ }))
        .first()
        .click()
      await tab.waitForURL(/assignment_id=/)
      const frame = tab.frameLocator('iframe').first()
      await frame.getByLabel('Which bird is it?').fill('Zaunkönig 🐦')
      await frame.getByRole('button', { name: 'Send' }).click()
      await tab.getByText('HIT Submitted').first().waitFor()

      // boto3 lists and approves.
      const approved = (await boto3(
        server.address,
        `
listed = client.list_assignments_for_hit(HITId='${HITId}')
assignment = listed['Assignments'][0]
answer = client.approve_assignment(AssignmentId=assignment['AssignmentId'], RequesterFeedback='Merci, très bien!')
try:
    client.approve_assignment(AssignmentId=assignment['AssignmentId'])
    second = None
except client.exceptions.RequestError as error:
    second = [error.response['Error']['Code'], error.response['Error']['Message'], error.response['TurkErrorCode']]
try:
    client.reject_assignment(AssignmentId='3UNKNOWN', RequesterFeedback='')
    unknown = None
except client.exceptions.RequestError as error:
    unknown = error.response['Error']['Message']
print(json.dumps({'status': assignment['AssignmentStatus'], 'answer': assignment['Answer'], 'worker': assignment['WorkerId'],
  'keys': sorted(answer.keys()), 'second': second, 'unknown': unknown, 'pages': listed['NumResults']}))`,
      )) as Record<string, unknown>
      expect(approved).toMatchObject({
        status: 'Submitted',
        worker: 'ADEMOWORKER001',
        keys: ['ResponseMetadata'],
        pages: 1,
      })
      expect(approved.answer).toContain('<FreeText>Zaunk&#246;nig &#128038;</FreeText>')
      expect(approved.second).toEqual([
        'RequestError',
        expect.stringMatching(/^This operation can be called with a status of: Submitted \(\d+\)$/),
        'AWS.MechanicalTurk.InvalidAssignmentState',
      ])
      expect(approved.unknown).toMatch(/^Assignment 3UNKNOWN does not exist\. \(\d+\)$/)

      // What the worker sees, what the requester has left, and the books.
      await tab.goto(`${server.address}/dashboard`)
      await tab.locator('a[href*="/status_details/"]').first().click()
      await tab.getByText('Merci, très bien!').waitFor()
      await tab.getByText('Approved').first().waitFor()
      await tab.goto(`${server.address}/earnings`)
      await tab.getByText('$0.50').first().waitFor()
      await browser.close()
      expect((await sdk.send(new GetAccountBalanceCommand({}))).AvailableBalance).toBe('9999.40')
      const ledger = await control(server.address, 'ledger')
      expect(ledger.body.sum).toBe('0.00')
      expect(ledger.body.accounts).toContainEqual({ account: 'worker:ADEMOWORKER001', balance: '0.50' })
      expect(ledger.body.accounts).toContainEqual({ account: 'fees', balance: '0.10' })
    })

    test('the AWS CLI prints its skeleton, and paginates to the end', async () => {
      const skeleton = await aws(server.address, 'create-hit', '--generate-cli-skeleton')
      expect(skeleton).toHaveProperty('AssignmentDurationInSeconds')
      const all = (await aws(server.address, 'list-hits', '--page-size', '2')) as { HITs: object[] }
      expect(all.HITs.length).toBeGreaterThanOrEqual(5)
    })
  },
)
