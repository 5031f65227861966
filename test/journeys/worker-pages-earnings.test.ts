// The worker's money as a worker sees it: earning it, saying where it goes, asking for it, and reading what came of it;
// on a phone and on a desk, light and dark, by keyboard alone and without scripts [websites 1.10].
import { ApproveAssignmentCommand, SendBonusCommand } from '@aws-sdk/client-mturk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, looks, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()
const day = 86_400

let site: WorkerSite
let browser: Browser

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite()
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** A worker with so many dollars of approved work, and a bonus of a quarter. */
async function earner(...rewards: string[]): Promise<string> {
  const workerId = await site.createWorker()
  for (const Reward of rewards) {
    const hit = await site.createHIT({ Reward, MaxAssignments: 1 })
    const { assignmentId } = await site.accept(workerId, hit.HITId)
    await site.submit(assignmentId)
    await site.client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
    const bonus = { WorkerId: workerId, AssignmentId: assignmentId, BonusAmount: '0.25', Reason: 'Well done' }
    await site.client.send(new SendBonusCommand(bonus))
  }
  return workerId
}

async function open(workerId: string, options: Parameters<WorkerSite['open']>[2] = {}): Promise<Page> {
  const page = await site.open(browser, workerId, options)
  await page.goto(`${site.address}/earnings`)
  return page
}

/** Says where the money goes, on a page that shows no method yet. */
async function sayMethod(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Say how you want to be paid' }).click()
  await page.getByLabel('Way to be paid').selectOption('Bank transfer')
  await page.getByLabel('Details').fill('Ada Lovelace, IBAN GB33 0000 4711')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('It is saved how you are paid').waitFor()
}

const amountOf = (page: Page, id: string) =>
  page.locator(`section[aria-labelledby="${id}"] .amount`).innerText()

async function payoutsOf(workerId: string) {
  const all = (await control(site.address, 'payouts')).body as unknown as {
    workerId: string
    payoutId: string
  }[]
  return all.filter((one) => one.workerId === workerId)
}

const settle = (payoutId: string, result: 'paid' | 'failed', note: string) =>
  control(site.address, 'payouts/settle', { payouts: [{ payoutId, result, note }] })

describeUnless(missing, 'the earnings page', () => {
  test('without scripts: from the first cent to a payout that failed and one that was paid', async () => {
    const workerId = await earner('4.75', '5.00')
    const page = await open(workerId, { javaScript: false, width: 360 })
    expect(await amountOf(page, 'balance')).toBe('$10.25')
    await page.getByText('First say how you want to be paid.').waitFor()
    await sayMethod(page)
    await page.getByText('By: Bank transfer, ending in 4711').waitFor()
    expect(await page.content()).not.toContain('GB33')

    await page.getByLabel('Amount in dollars').fill('4.00')
    await page.getByRole('button', { name: 'Ask for the payout' }).click()
    await page.getByText('Your payout is under way').waitFor()
    expect([await amountOf(page, 'balance'), await amountOf(page, 'under-way')]).toEqual(['$6.25', '$4.00'])
    const [first] = await payoutsOf(workerId)
    await settle(first!.payoutId, 'failed', 'The bank does not know this account.')
    await page.goto(`${site.address}/earnings`)
    const row = page.locator('table.payouts tbody tr').first()
    expect(await row.innerText()).toContain('Not paid, back in your balance')
    expect(await row.innerText()).toContain('The bank does not know this account.')

    // All of it is what the field proposes.
    expect(await page.getByLabel('Amount in dollars').inputValue()).toBe('10.25')
    await page.getByRole('button', { name: 'Ask for the payout' }).click()
    const [second] = await payoutsOf(workerId)
    await settle(second!.payoutId, 'paid', 'Transfer 99')
    await page.goto(`${site.address}/earnings`)
    expect([await amountOf(page, 'balance'), await amountOf(page, 'under-way')]).toEqual(['$0.00', '$0.00'])
    expect(await page.locator('table.payouts tbody tr').first().innerText()).toMatch(/Paid[\s\S]*Transfer 99/)
    const told = (await control(site.address, `mail?workerId=${workerId}`)).body as unknown as {
      kind: string
      subject: string
    }[]
    expect(told.filter(({ kind }) => kind === 'payout').map(({ subject }) => subject)).toEqual([
      'Your payout of $10.25 was paid',
      'Your payout of $4.00 could not be paid',
    ])
    const ledger = (await control(site.address, 'ledger')).body
    expect(ledger).toMatchObject({ sum: '0.00' })
    expect(ledger.accounts).toContainEqual({ account: 'payouts', balance: '0.00' })
    await page.context().close()
  })

  test.for([
    ['', 'Write an amount in dollars, such as 12.50.'],
    ['all of it', 'Write an amount in dollars, such as 12.50.'],
    ['-5', 'Write an amount in dollars, such as 12.50.'],
    ['0.99', 'The least you can ask for is $1.00.'],
    ['5.26', 'That is more than your balance of $5.25.'],
    ['$1,000,000.00', 'That is more than your balance of $5.25.'],
  ] as const)('an amount of "%s" comes back with the reason beside it', async ([typed, reason]) => {
    const workerId = await earner('5.00')
    const page = await open(workerId)
    await sayMethod(page)
    await page.getByLabel('Amount in dollars').fill(typed)
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      page.getByRole('button', { name: 'Ask for the payout' }).click(),
    ])
    expect(answer.status()).toBe(422)
    const field = page.getByLabel('Amount in dollars')
    expect(await field.inputValue()).toBe(typed)
    const error = await field.getAttribute('aria-describedby')
    expect(await page.locator(`#${error!.split(' ')[0]}`).innerText()).toBe(reason)
    expect(await findFaults(page)).toEqual([])
    expect(await payoutsOf(workerId)).toEqual([])
    await page.context().close()
  })

  test('a payout can be cancelled while it is under way, and no longer', async () => {
    const workerId = await earner('5.00')
    const page = await open(workerId)
    await sayMethod(page)
    const ask = async () => {
      await page.getByRole('button', { name: 'Ask for the payout' }).click()
      await page.getByText('Your payout is under way').waitFor()
    }
    await ask()
    await page.getByRole('button', { name: /^Cancel the payout of \$5\.25/ }).click()
    await page.getByText('The payout is cancelled').waitFor()
    expect(await amountOf(page, 'balance')).toBe('$5.25')
    await ask()
    const [{ payoutId } = { payoutId: '' }] = await payoutsOf(workerId)
    await settle(payoutId, 'paid', '')
    await page.getByRole('button', { name: /^Cancel the payout/ }).click()
    await page.getByText('This payout cannot be cancelled any more').waitFor()
    expect(await amountOf(page, 'balance')).toBe('$0.00')
    await page.context().close()
  })

  test('the schedule pays by itself, and its date stands where tools look for it [websites 1.10]', async () => {
    const workerId = await earner('5.00')
    const page = await open(workerId)
    const date = () => page.locator('#MainContent > :first-child > :nth-child(3) strong').innerText()
    expect(await date()).toBe('none planned')
    await sayMethod(page)
    await page.getByLabel('Automatic payouts').selectOption('Every 7 days')
    await page.locator('form.schedule').getByRole('button', { name: 'Save' }).click()
    await page.getByText('The schedule is saved').waitFor()
    expect(await date()).toMatch(/^\w{3}, \w{3} \d{1,2}, \d{4}$/)
    await site.advance(7 * day)
    await page.goto(`${site.address}/earnings`)
    expect(await page.locator('table.payouts tbody tr').first().innerText()).toContain('automatic')
    expect(await amountOf(page, 'under-way')).toBe('$5.25')
    await page.context().close()
  })

  test('what is typed about the way to be paid is kept when it is refused', async () => {
    const workerId = await site.createWorker()
    const page = await site.open(browser, workerId)
    await page.goto(`${site.address}/earnings/method`)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write down where the money should go.').waitFor()
    expect(await findFaults(page)).toEqual([])
    const long = '=1+1 <b>&amp;</b>\n'.repeat(70)
    await page.getByLabel('Way to be paid').selectOption('Gift card')
    await page.getByLabel('Details').fill(long)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Keep it to 1,000 characters or fewer.').waitFor()
    expect(await page.getByLabel('Details').inputValue()).toBe(long)
    expect(await page.getByLabel('Way to be paid').inputValue()).toBe('Gift card')
    await page.context().close()
  })

  test('a form of another site is refused, and one that is sent twice asks once', async () => {
    const workerId = await earner('5.00')
    const page = await open(workerId)
    await sayMethod(page)
    const field = (name: string) =>
      page.locator(`form[action="/earnings/payouts"] [name=${name}]`).inputValue()
    const fields = { authenticity_token: await field('authenticity_token'), form: await field('form') }
    const statuses: number[] = []
    for (const changes of [{ amount: '2.00' }, { amount: '2.00' }, { authenticity_token: 'forged' }]) {
      const form = { ...fields, ...changes }
      statuses.push((await page.request.post(`${site.address}/earnings/payouts`, { form })).status())
    }
    expect(statuses).toEqual([200, 200, 403])
    expect(await payoutsOf(workerId)).toHaveLength(1)
    await page.context().close()
  })

  test('by keyboard alone: the field, the button, the way back', async () => {
    const workerId = await earner('5.00')
    const page = await open(workerId)
    await sayMethod(page)
    await page.getByLabel('Amount in dollars').focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('2.50')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Ask for the payout')
    await page.keyboard.press('Enter')
    await page.getByText('Your payout is under way').waitFor()
    const cancel = page.getByRole('button', { name: /^Cancel the payout of \$2\.50/ })
    const isFocused = async () =>
      (await page.evaluate('document.activeElement.getAttribute("aria-label")')) ===
      (await cancel.getAttribute('aria-label'))
    for (let i = 0; i < 40 && !(await isFocused()); i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('The payout is cancelled').waitFor()
    await page.context().close()
  })

  describe('in each state, at both widths, light and dark', () => {
    let workers: readonly string[]
    beforeAll(async () => {
      const rich = await earner('12.00', '3.00')
      workers = [await site.createWorker(), rich]
      const page = await open(rich)
      await sayMethod(page)
      for (const amount of ['2.00', '3.00', '4.00']) {
        await page.getByLabel('Amount in dollars').fill(amount)
        await page.getByRole('button', { name: 'Ask for the payout' }).click()
        await page.getByText('Your payout is under way').waitFor()
      }
      const [, second, third] = await payoutsOf(rich)
      await settle(
        second!.payoutId,
        'failed',
        'The bank does not know this account. Look at the number again.',
      )
      await settle(third!.payoutId, 'paid', 'Transfer 4711')
      await page.context().close()
    }, 60_000)

    test.for(looks)('axe-core finds nothing: %o [design 5]', async ({ width, dark }) => {
      for (const worker of workers) {
        const page = await open(worker, { width, dark })
        for (const path of ['/earnings', '/earnings/method']) {
          await page.goto(`${site.address}${path}`)
          expect(await findFaults(page), path).toEqual([])
          expect(await page.locator('h1').count()).toBe(1)
        }
        await page.context().close()
      }
    })
  })
})
