import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { read, utils, write } from 'xlsx'
import { findBrowser } from './browser.mjs'
import { prepare } from './prepare.mjs'
import { say } from './say.mjs'

// Makes the pictures of the README again, from a fresh demo: node scripts/pictures.mjs

const root = join(import.meta.dirname, '..')
const width = 1200

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const startDemo = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vsx-pictures-'))
  const port = await freePort()
  const child = spawn(process.execPath, [join(root, 'build', 'main.node.js')], {
    stdio: 'ignore',
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), VSX_DATA: folder, VSX_ORIGIN: '' },
  })
  const gone = new Promise((resolve) => child.on('exit', resolve))
  const base = `http://127.0.0.1:${port}`
  const ready = () =>
    fetch(`${base}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  for (let tries = 0; !(await ready()); tries += 1) {
    if (tries > 240 || child.exitCode !== null) throw new Error('The demo did not start.')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return {
    base,
    stop: async () => {
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const signIn = async (browser, base, email) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true })
  const page = await context.newPage()
  await page.goto(`${base}/sign-in`)
  await page.fill('#email', email)
  await page.locator('main form button').first().click()
  const outbox = await context.newPage()
  await outbox.goto(`${base}/demo/outbox`)
  const code = /\b\d{6}\b/.exec(await outbox.textContent('main'))?.[0] ?? ''
  await outbox.close()
  await page.fill('#code', code)
  await page.locator('main form button').first().click()
  return page
}

/** What a busy person might type: one cell each in four pupils' rows, by the question's code. */
const slips = [
  ['status', 'on role'],
  ['entry_date', '31/06/2026'],
  ['hours_offered', '99'],
  ['upn', 'A123456789012'],
]

const withSlips = (bytes) => {
  const workbook = read(bytes, { cellNF: true })
  const sheet = workbook.Sheets.Return
  const rows = utils.sheet_to_json(sheet, { header: 1, blankrows: true })
  const codesAt = rows.findIndex((row) => row.includes('row_reference'))
  const reference = rows[codesAt].indexOf('row_reference')
  const pupils = rows.flatMap((row, index) => (index > codesAt && row[reference] ? [index] : []))
  for (const [index, [code, typed]] of slips.entries()) {
    sheet[utils.encode_cell({ r: pupils[index], c: rows[codesAt].indexOf(code) })] = { t: 's', v: typed }
  }
  return write(workbook, { type: 'buffer', bookType: 'xlsx', compression: true })
}

const taken = async (page, name, height) => {
  const path = join(root, 'docs', 'pictures', `${name}.png`)
  await page.mouse.move(0, 0)
  await page.evaluate(() => globalThis.document.activeElement?.blur())
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height } })
  say(`docs/pictures/${name}.png`)
}

const take = async (browser, base) => {
  const lead = await signIn(browser, base, 'd.okoro@ellerwick.example')
  await taken(lead, 'inbox', 900)

  await lead.goto(`${base}/money`)
  await taken(lead, 'money', 1150)

  await lead.goto(`${base}/pupils`)
  await lead.getByRole('link', { name: /Amara D\./ }).click()
  await lead.locator('.fact', { hasText: 'How many hours of education' }).locator('summary').click()
  await taken(lead, 'pupil', 1000)

  await lead.goto(`${base}/inbox`)
  const [download] = await Promise.all([
    lead.waitForEvent('download'),
    lead.getByRole('link', { name: 'Get the workbook' }).click(),
  ])
  const chunks = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk)
  await lead.goto(`${base}/return/upload`)
  await lead.locator('input[type=file]').setInputFiles({
    name: 'ellerwick-autumn.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: withSlips(Buffer.concat(chunks)),
  })
  await lead.locator('main form button').first().click()
  await lead.getByRole('heading', { level: 1, name: /to mend/ }).waitFor()
  await taken(lead, 'check', 1000)

  const officer = await signIn(browser, base, 'h.marsh@wendlemoor.example')
  await officer.locator('main table a').first().click()
  await officer.locator('#main').getByText('Attendance').click()
  await taken(officer, 'board', 1000)
}

await prepare({ dev: true })
const found = findBrowser()
if (!found.path) {
  say(found.why)
  process.exit(1)
}
const demo = await startDemo()
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] })
try {
  await take(browser, demo.base)
} finally {
  await browser.close()
  await demo.stop()
}
