import { readFile } from 'node:fs/promises'
import { type Browser, chromium, type Page } from 'playwright-core'

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
export type AtBrowser = { readonly page: Page; readonly complaints: readonly string[] }

/** Signs a person of the demo in with the code from its outbox page. */
export const signIn = async (
  browser: Browser,
  base: string,
  email: string,
  javaScriptEnabled = true,
): Promise<AtBrowser> => {
  const context = await browser.newContext({
    javaScriptEnabled,
    acceptDownloads: true,
    viewport: { width: 1280, height: 900 },
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${base}/sign-in`)
  await page.getByLabel('Work e-mail').fill(email)
  await page.getByRole('button', { name: 'Send me a code', exact: true }).click()
  const outbox = await context.newPage()
  await outbox.goto(`${base}/demo/outbox`)
  const code = /\b(\d{6})\b/.exec((await outbox.textContent('main')) ?? '')?.[1]
  await outbox.close()
  if (!code) throw new Error('the outbox shows no code')
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByLabel(/stay signed in/).check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  return { page, complaints }
}

/** Presses a link that downloads, and gives the bytes. */
export const download = async (page: Page, name: string): Promise<Uint8Array> => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  return new Uint8Array(await readFile(await file.path()))
}

/** Uploads a return from the inbox. */
export const upload = async (page: Page, base: string, name: string, bytes: Uint8Array): Promise<void> => {
  await page.goto(`${base}/return/upload`)
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.getByLabel('Your file').setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) })
  await page.getByRole('button', { name: 'Upload and check' }).click()
  await page.waitForURL(/\/return\/uploads\//)
}
