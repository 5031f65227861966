// Accounts in a browser: opened, found again, looked after and closed, on a phone and at a desk, light and dark, with
// the keyboard alone, and without scripts.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, looks, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()
const password = 'correct horse battery'
let made = 0
const newAddress = () => `browser${++made}@example.org`

async function linkTo(site: WorkerSite, email: string): Promise<string> {
  const mail = (await control(site.address, 'mail')).body as unknown as { email: string; text: string }[]
  const link = /^http:\S+$/m.exec(mail.find((one) => one.email === email)?.text ?? '')
  if (link === null) throw new Error(`no address was mailed to ${email}`)
  return link[0]
}

async function fillApplication(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Name').fill('Ada Lovelace')
  await page.getByLabel('Country where you live').selectOption({ label: 'United States' })
  await page.getByLabel('State', { exact: true }).selectOption({ label: 'Pennsylvania' })
  await page.getByLabel('I am 18 or older').check()
  await page.getByLabel('I have read the terms').check()
}

describeUnless(missing, 'accounts in a browser', () => {
  let site: WorkerSite
  let browser: Browser
  beforeAll(async () => {
    site = await startWorkerSite()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  test.each([true, false])(
    'sign-up, sign-in, new password and closing, scripts on: %s',
    async (javaScript) => {
      const email = newAddress()
      const page = await site.open(browser, undefined, { width: 360, javaScript })
      await page.goto(site.address)
      await page.getByRole('link', { name: 'Create an account' }).click()
      await fillApplication(page, email)
      await page.getByRole('button', { name: 'Create account' }).click()
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
      await page.goto(await linkTo(site, email))
      await page.getByRole('button', { name: 'Create my account' }).click()
      await page.getByRole('status').getByText('Welcome').waitFor()
      await page.getByRole('button', { name: 'Sign out' }).click()

      await page.goto(`${site.address}/ap/signin`)
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await page.getByLabel('E-mail').fill(email)
      await page.getByRole('button', { name: 'Send me the mail' }).click()
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
      await page.goto(await linkTo(site, email))
      await page.getByLabel('New password').fill('a brand new one')
      await page.getByRole('button', { name: 'Save the new password' }).click()
      await page.getByRole('status').getByText('Your new password is saved').waitFor()
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password').fill('a brand new one')
      await page.getByRole('button', { name: 'Sign in' }).click()

      await page.getByRole('link', { name: 'Account', exact: true }).click()
      await page.getByText('Pennsylvania, United States').waitFor()
      await page.getByRole('link', { name: 'Close your account' }).click()
      await page.getByLabel('Password').fill('a brand new one')
      await page.getByLabel('I want to close my account for good').check()
      await page.getByRole('button', { name: 'Close my account' }).click()
      await page.getByRole('status').getByText('Your account is closed').waitFor()
      await page.context().close()
    },
  )

  test('sign-up by keyboard alone', async () => {
    const email = newAddress()
    const page = await site.open(browser)
    await page.goto(`${site.address}/sign-up`)
    const typed: Record<string, string> = {
      email,
      password,
      name: 'Ada',
      country: 'United States',
      state: 'Pennsylvania',
      adult: ' ',
      terms: ' ',
    }
    const reached: string[] = []
    while (!reached.includes('terms')) {
      await page.keyboard.press('Tab')
      const name = (await page.evaluate('document.activeElement.id')) as string
      if (reached.length > 30) throw new Error(`stuck after ${reached.join(' ')}`)
      reached.push(name)
      if (typed[name] !== undefined) await page.keyboard.type(typed[name])
    }
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    expect(await linkTo(site, email)).toContain('/sign-up/confirm/')
    await page.context().close()
  })

  test.each(looks)('the pages of somebody without an account, $width wide, dark: $dark', async (look) => {
    const page = await site.open(browser, undefined, look)
    for (const path of [
      '/sign-up',
      '/mail-sent',
      '/sign-up/confirm/x',
      '/password-reset',
      '/help',
      '/worker_requirements',
      '/terms',
      '/privacy',
      '/ap/signin?notice=SignedUp',
    ]) {
      await page.goto(site.address + path)
      expect([path, await findFaults(page)]).toEqual([path, []])
      expect([path, await page.getByRole('heading', { level: 1 }).count()]).toEqual([path, 1])
    }
    await page.goto(`${site.address}/sign-up`)
    await page.evaluate("document.querySelector('form.account-form').noValidate = true")
    await page.getByLabel('Name').fill('Ada')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('alert').waitFor()
    expect(await findFaults(page)).toEqual([])
    expect(await page.getByLabel('Name').inputValue()).toBe('Ada')
    const country = page.getByLabel('Country where you live')
    expect(await country.getAttribute('aria-invalid')).toBe('true')
    const described = (await country.getAttribute('aria-describedby'))!.split(' ')
    expect(await page.locator(`#${described[0]}`).textContent()).toContain('Choose the country')
    await page.context().close()
  })

  test.each(looks)('the pages of an account, $width wide, dark: $dark', async (look) => {
    const workerId = await site.createWorker({ email: newAddress(), password, name: 'Ada Lovelace' })
    const { HITId } = await site.createHIT()
    const { assignmentId } = await site.accept(workerId, HITId)
    await site.submit(assignmentId)
    const page = await site.open(browser, workerId, look)
    for (const path of [
      '/account',
      '/account?notice=AccountSaved',
      '/account/close',
      '/messages',
      '/account/email/x',
    ]) {
      await page.goto(site.address + path)
      expect([path, await findFaults(page)]).toEqual([path, []])
      expect([path, await page.getByRole('heading', { level: 1 }).count()]).toEqual([path, 1])
    }
    await page.goto(`${site.address}/account`)
    await page.getByLabel('New e-mail address').fill('new@example.org')
    await page.locator('#email_password').fill('wrong')
    await page.getByRole('button', { name: 'Change the address' }).click()
    await page.getByText('This is not your password.').waitFor()
    expect(await page.getByLabel('New e-mail address').inputValue()).toBe('new@example.org')
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
  })

  test('what the person chose counts before how the device is set, signed in or not', async () => {
    const workerId = await site.createWorker({ email: newAddress(), password })
    const page = await site.open(browser, workerId, { dark: false })
    const background = async () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.goto(`${site.address}/account`)
    const light = await background()
    const choose = async (label: string) => {
      await page.getByLabel(label).check()
      await page.getByRole('button', { name: 'Save' }).nth(1).click()
      await page.getByRole('status').getByText('Saved').waitFor()
    }
    await choose('Dark')
    const dark = await background()
    expect(dark).not.toBe(light)
    expect(await findFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('status').waitFor()
    expect(await background()).toBe(dark)
    await page.goto(await site.signInLink(workerId))
    await page.goto(`${site.address}/account`)
    await page.emulateMedia({ colorScheme: 'dark' })
    await choose('Light')
    expect(await background()).toBe(light)
    await choose('As on my device')
    expect(await background()).toBe(dark)
    await page.context().close()
  })

  test.each(looks)('the terms that are asked at sign-in, $width wide, dark: $dark', async (look) => {
    const asking = await startWorkerSite({ KEMPELEN_TERMS: 'LICENSE', KEMPELEN_SIGN_UP: 'invitation' })
    const email = newAddress()
    await asking.createWorker({ email, password })
    const page = await asking.open(browser, undefined, look)
    await page.goto(asking.address)
    await page.getByText('you need an invitation').waitFor()
    await page.goto(`${asking.address}/ap/signin?return_to=/messages`)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Agree to the terms' }).waitFor()
    expect(await findFaults(page)).toEqual([])
    await page.getByLabel('I have read the terms').check()
    await page.getByRole('button', { name: 'Agree and go on' }).click()
    await page.getByRole('heading', { name: 'There are no messages yet' }).waitFor()
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
    await asking.stop()
  })

  test('the download comes as a file', async () => {
    const workerId = await site.createWorker({ email: newAddress(), password, name: 'Ada Lovelace' })
    const page = await site.open(browser, workerId)
    await page.goto(`${site.address}/account`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download my data' }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`kempelen-${workerId}.json`)
    const data = JSON.parse(readFileSync(await download.path(), 'utf8')) as { identity: object }
    expect(data.identity).toMatchObject({ workerId, name: 'Ada Lovelace' })
    await page.context().close()
  })
})
