import { readFile } from 'node:fs/promises'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'

/** Chromium as scripts/test.mjs found it; as root it runs without its sandbox, and it asks nobody outside. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** A person at a browser: the page they look at, and everything it complained of. */
export type AtBrowser = { readonly page: Page; readonly base: string; readonly complaints: readonly string[] }

/** How a browser reports a page that is not there: expected wherever a journey looks for one that must not be. */
const missing = /status of 404 \(Not Found\)|status of 422/

/**
 * Makes every click last until the page it leads to is read to its end, as a person would wait: a page that has begun to
 * come is not yet all there, and what is then counted or read on it may be half of it.
 */
const waitAfterClicks = (page: Page): void => {
  const locators = Object.getPrototypeOf(page.locator('main')) as Locator & { waits?: true }
  if (locators.waits) return
  const { click } = locators
  locators.waits = true
  locators.click = async function (this: Locator, options) {
    await click.call(this, options)
    await this.page().waitForLoadState('domcontentloaded')
  }
}

/** Opens a browser that notes faults of scripts, refusals of the content policy and requests to any other machine. */
export const atBrowser = async (browser: Browser, base: string, javaScriptEnabled = true): Promise<AtBrowser> => {
  const context = await browser.newContext({
    javaScriptEnabled,
    acceptDownloads: true,
    viewport: { width: 1280, height: 900 },
  })
  const page = await context.newPage()
  waitAfterClicks(page)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !missing.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (problem) => complaints.push(problem.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${base}/`)) complaints.push(`asked for ${request.url()}`)
  })
  return { page, base, complaints }
}

/** The newest code in the demo's outbox. */
export const codeFromOutbox = async ({ page, base }: AtBrowser): Promise<string> => {
  const outbox = await page.context().newPage()
  await outbox.goto(`${base}/demo/outbox`)
  const code = /\b(\d{6})\b/.exec((await outbox.textContent('main')) ?? '')?.[1]
  await outbox.close()
  if (!code) throw new Error('the outbox shows no code')
  return code
}

/** Signs a person of the demo in with the code from its outbox page. */
export const signIn = async (
  browser: Browser,
  base: string,
  email: string,
  javaScriptEnabled = true,
): Promise<AtBrowser> => {
  const at = await atBrowser(browser, base, javaScriptEnabled)
  const { page } = at
  await page.goto(`${base}/sign-in`)
  await page.getByLabel('Work e-mail').fill(email)
  await page.getByRole('button', { name: 'Send me a code', exact: true }).click()
  await page.getByLabel('Code', { exact: true }).fill(await codeFromOutbox(at))
  await page.getByLabel(/stay signed in/).check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  return at
}

/** Presses a link that downloads, and gives the bytes. */
export const download = async (page: Page, name: string): Promise<Uint8Array> => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  return new Uint8Array(await readFile(await file.path()))
}

/** A file as a person would choose it. */
export const asFile = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(bytes),
})

/** Uploads a return from the inbox. */
export const upload = async (page: Page, base: string, name: string, bytes: Uint8Array): Promise<void> => {
  await page.goto(`${base}/return/upload`)
  await page.getByLabel('Your file').setInputFiles(asFile(name, bytes))
  await page.getByRole('button', { name: 'Upload and check' }).click()
  await page.waitForURL(/\/return\/uploads\//)
}

/** Says that everything to check for one council is right, and presses its button. */
export const pressConfirm = async (page: Page, council: string): Promise<void> => {
  const part = page.locator('li.send', { has: page.getByRole('heading', { name: council, exact: true }) })
  for (const tick of await part.getByRole('checkbox').all()) await tick.check()
  await part.getByRole('button', { name: new RegExp(`^Confirm and send \\d+ pupils? to ${council}$`) }).click()
}

/** Confirms the part of one council, and gives the receipt's address. */
export const confirm = async (page: Page, council: string): Promise<string> => {
  await pressConfirm(page, council)
  await page.waitForURL(/\/receipts\//)
  return page.url()
}

/** What a page says, in one line of text. */
export const textOf = async (part: Page | Locator): Promise<string> => {
  const text = 'goto' in part ? await part.textContent('main') : await part.textContent()
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

/** Whether a page that must not be there looks like any other that is not: the status it answers with. */
export const statusOf = async (page: Page, address: string): Promise<number> =>
  (await page.request.get(address)).status()

/** Finds a pupil of a council by its own reference or a whole UPN, from the search page. */
export const seek = async ({ page, base }: AtBrowser, sought: string): Promise<void> => {
  await page.goto(`${base}/pupils`)
  await page.getByLabel('Your reference or a whole UPN').fill(sought)
  await page.getByRole('button', { name: 'Search' }).click()
}

/** Opens every page of the person's menu and gives all that they hold, markup included. */
export const everyMenuPage = async ({ page, base }: AtBrowser): Promise<string> => {
  await page.goto(base)
  const links = await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link').all()
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')))
  let held = ''
  for (const address of addresses) {
    await page.goto(`${base}${address}`)
    held += await page.content()
  }
  return held
}
