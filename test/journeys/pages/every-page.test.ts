import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statement } from '../../../src/store/statement.ts'
import { browserFor, tokenFor } from '../../web/browser.ts'
import { openBrowser } from '../person.ts'
import { type NodePortal, nodePortal } from '../server.ts'
import { pagesOf, reached } from './addresses.ts'
import { formsOf, sendAmiss } from './amiss.ts'
import { fill, ownExport, type Reader, readers } from './filled.ts'
import { look, lookAgain, lookForWidth } from './states.ts'

/** Pages of people who are not signed in, each beside how it is come to. */
const signedOut = ['/sign-in', '/sign-in/code', '/signed-out']

/** Forms that say what is to mend where they are sent with nothing, or with a word that is none. */
const showing: readonly string[] = [
  '/attendance-files',
  '/attendance/benchmark',
  '/attendance/routes/*',
  '/attendance/schools/*/week',
  '/calls/schools/*/log',
  '/calls/settings',
  '/funding/agenda',
  '/funding/allocation',
  '/funding/allocation/top-slice',
  '/funding/applications/*/decide',
  '/funding/applications/*/interest',
  '/funding/incentives/told',
  '/funding/ledger/close',
  '/funding/ledger/left',
  '/funding/payees/new',
  '/funding/payments/*/cancel',
  '/funding/payments/*/pass',
  '/funding/payments/*/return',
  '/funding/payments/paid',
  '/funding/rules',
  '/funding/settlements/*',
  '/imports/*/withdraw',
  '/inbox/asserted/*',
  '/money/applications/*/answer',
  '/money/applications/*/evidence',
  '/money/applications/*/withdraw',
  '/money/ask',
  '/money/incentives/*/*',
  '/money/payments/*/use',
  '/money/surveys/*/*',
  '/people/*/end',
  '/people/add',
  '/places/*/call',
  '/plans/rules',
  '/pupils/*/care-end',
  '/pupils/*/guards',
  '/pupils/*/places/*/end',
  '/pupils/*/places/add',
  '/pupils/*/plan',
  '/pupils/add',
  '/return/attendance-files',
  '/return/form/pupils/*',
  '/return/layouts/*/rename',
  '/return/transfer-files',
  '/return/upload',
  '/return/uploads/*',
  '/return/uploads/*/confirm',
  '/return/uploads/*/set-aside',
  '/roll',
  '/rounds/*/schools/*/date',
  '/rounds/open',
  '/schools/add',
  '/schools/add-setting',
  '/schools/questions',
  '/transfer-files',
  '/unmatched/*/match',
  '/unmatched/*/set-aside',
  '/write-transfer-file',
  '/your-school/*/end',
  '/your-school/add',
  '/your-school/scales/*',
  '/your-school/scales/new',
]

/** A page of several kinds for one pattern: each is looked at. */
const several = /uploads|imports\/:import$|money\/applications\/:application$|funding\/payments\/:payment$/

type Seen = { readonly reader: Reader; readonly pattern: string; readonly address: string; readonly html: string }

const kindOf = (reader: Reader) => (reader === 'head' ? 'data' : reader)

/** Names as long as names are, in one piece: a village, and what a system calls a file that it exported itself. */
const longest = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'
const rename = [
  `update pupil_detail set value = '${longest}' where attribute in ('forename', 'surname')`,
  `update school_detail set name = '${longest}'`,
  `update appointment set name = '${longest}'`,
  `update virtual_school set name = '${longest}' || number`,
  `update delivery set file_name = '${longest}_${longest}.xlsx'`,
  `update layout set name = '${longest}'`,
  `update grade_scale set name = '${longest}'`,
]

describe.runIf(process.env['CHROMIUM'])('every page there is', () => {
  let portal: NodePortal
  let browser: Browser
  let patterns: readonly string[] = []
  const pages: Seen[] = []
  const contexts = new Map<Reader, BrowserContext>()

  const pageFor = async (reader: Reader): Promise<Page> => {
    let context = contexts.get(reader)
    if (!context) {
      context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      const token = await tokenFor(portal.runtime, readers[reader])
      await context.addCookies([{ name: 'vsx-session', value: token, url: portal.base }])
      contexts.set(reader, context)
    }
    return context.newPage()
  }

  /** Goes through the pages of schools and those of councils, two at a time: neither changes the other's. */
  const each = async (
    of: readonly Seen[],
    see: (page: Page, one: Seen) => Promise<readonly string[]>,
  ): Promise<readonly string[]> => {
    const wrong: string[] = []
    const walk = async (school: boolean) => {
      const own = new Map<Reader, Page>()
      for (const one of of.filter(({ reader }) => /lead/i.test(reader) === school)) {
        const page = own.get(one.reader) ?? (await pageFor(one.reader))
        own.set(one.reader, page)
        await page.goto(`${portal.base}${one.address}`)
        wrong.push(...(await see(page, one)))
      }
      for (const page of own.values()) await page.close()
    }
    await Promise.all([walk(true), walk(false)])
    return wrong
  }

  beforeAll(async () => {
    portal = await nodePortal()
    browser = await openBrowser()
    await fill(portal)
    patterns = pagesOf(portal.runtime)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  test('three steps say what a school’s own export is, and each can be read and used by everybody', async () => {
    const page = await pageFor('lead')
    const press = async (step: string) =>
      Promise.all([page.waitForEvent('load'), page.locator(`main button[value=${step}]`).last().click()])
    await page.goto(`${portal.base}/return/upload`)
    const buffer = Buffer.from(await ownExport(portal))
    await page.getByLabel('Your file').setInputFiles({ name: 'export.csv', mimeType: 'text/csv', buffer })
    await page.getByRole('button', { name: 'Upload and check' }).click()
    await page.getByRole('heading', { level: 1, name: /What is in each column/ }).waitFor()
    const wrong = [...(await look(page, 'columns')), ...(await lookAgain(page))]
    await press('columns')
    wrong.push(...(await look(page, 'words')), ...(await lookAgain(page)))
    await page.locator('select[name="w-sen-0"]').selectOption('K')
    await press('words')
    wrong.push(...(await look(page, 'tried')), ...(await lookAgain(page)))
    await page.locator('#name').fill('SIMS list')
    await press('save')
    expect(wrong).toEqual([])
  })

  test('is come to by links from the first page, and comes in 70 KB with its style, its scripts and its mark', async () => {
    for (const reader of Object.keys(readers) as Reader[]) {
      const { get } = await browserFor(portal.runtime, readers[reader])
      for (const [pattern, met] of await reached(patterns, get))
        for (const address of several.test(pattern) ? met : met.slice(0, 1)) {
          if (
            pages.some(
              (one) => one.pattern === pattern && kindOf(one.reader) === kindOf(reader) && !several.test(pattern),
            )
          )
            continue
          pages.push({ reader, pattern, address, html: await (await get(address)).text() })
        }
    }
    const met = new Set([...pages.map(({ pattern }) => pattern), ...signedOut, '/'])
    expect(patterns.filter((pattern) => !met.has(pattern))).toEqual([])

    const folder = join('build', 'public', 'assets')
    const packed = new Map(readdirSync(folder).map((name) => [name, gzipSync(readFileSync(join(folder, name))).length]))
    const weights = pages.map(({ address, html }) => {
      const assets = [...html.matchAll(/\/assets\/([\w.-]+)/g)].map(([, name]) => packed.get(name ?? '') ?? Number.NaN)
      return { address, bytes: assets.reduce((sum, one) => sum + one, gzipSync(html).length) }
    })
    const [heaviest] = weights.toSorted((one, other) => other.bytes - one.bytes)
    console.log(`${pages.length} pages; the heaviest first view is ${heaviest?.bytes} bytes, ${heaviest?.address}`)
    const heavy = weights.filter(({ bytes }) => !(bytes <= 70 * 1024))
    expect(heavy).toEqual([])
  })

  test('has no finding of axe-core, filled or empty, folded open, at 400% zoom, in forced colours, on paper', async () => {
    const wrong = await each(pages, async (page, { reader }) => [
      ...(await look(page, reader.startsWith('new') ? 'with nothing in it' : 'filled')),
      ...(reader.startsWith('new') ? [] : await lookAgain(page)),
    ])
    expect(wrong).toEqual([])
  })

  test('and those of nobody in particular', async () => {
    const page = await browser.newPage()
    const wrong: string[] = []
    for (const address of ['/signed-out', '/sign-in', '/nowhere']) {
      await page.goto(`${portal.base}${address}`)
      wrong.push(...(await look(page, 'signed out')), ...(await lookAgain(page)))
    }
    await page.goto(`${portal.base}/sign-in`)
    await page.getByRole('button', { name: 'Send me a code', exact: true }).click()
    await page.getByLabel('Work e-mail').fill(readers.lead)
    await page.getByRole('button', { name: 'Send me a code', exact: true }).click()
    await page.waitForURL(/code/)
    wrong.push(...(await look(page, 'asked for the code')), ...(await lookAgain(page)))
    await page.getByLabel('Code', { exact: true }).fill('1')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').first().waitFor()
    wrong.push(...(await look(page, 'with a wrong code')), ...(await lookAgain(page)))
    expect(wrong).toEqual([])
  })

  test('has no finding where it shows what is to mend', async () => {
    const [tried, shown] = [new Set<string>(), new Set<string>()]
    const see = async (page: Page, one: Seen) => {
      const found: string[] = []
      for (const [at, action] of (await formsOf(page)).entries()) {
        const form = action.replaceAll(/\/[a-z0-9]{20,}[^/]*/g, '/*')
        if (tried.has(form)) continue
        tried.add(form)
        let place = at
        for (const typed of ['', '?']) {
          if ((await sendAmiss(page, place, typed)).status() === 422) {
            found.push(...(await look(page, 'with what is to mend')))
            shown.add(form)
          }
          await page.goto(`${portal.base}${one.address}`)
          // What was taken may have moved the form.
          place = (await formsOf(page)).indexOf(action)
          if (shown.has(form) || place < 0) break
        }
      }
      return found
    }
    // A file that the school takes back meanwhile takes its unmatched rows along: those are looked at first.
    const isUnmatched = ({ pattern }: Seen) => pattern.startsWith('/unmatched')
    const wrong = await each([...pages.filter(isUnmatched), ...pages.filter((one) => !isUnmatched(one))], see)
    expect(wrong).toEqual([])
    expect([...shown].sort()).toEqual(showing)
  })

  test('holds names as long as names are, in one piece, at 320, 768 and 1280 pixels', async () => {
    await portal.runtime.db.commit(rename.map((one) => statement(one)))
    const named = pages.filter(({ reader }) => !reader.startsWith('new'))
    expect(await each(named, lookForWidth)).toEqual([])
  })
})
