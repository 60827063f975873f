import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { termlyReturn } from '../../connectors/registry.ts'
import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { termOf } from '../../src/domain/calendar.ts'
import { instant, todayInLondon } from '../../src/domain/dates.ts'
import { askedOf } from '../../src/domain/return/ask.ts'
import { completenessOf } from '../../src/domain/return/completeness.ts'
import type { Answer } from '../../src/domain/return/item.ts'
import { itemWords } from '../../templates/words/en/items.ts'
import { type CellEdit, cellOf, fillWorkbook } from '../make.ts'
import { download, openBrowser, signIn, upload } from './person.ts'
import { nodePortal, type Portal, workerPortal } from './server.ts'

const words = (item: string, code: string) => itemWords[item]?.options?.[code] ?? code

/** What a school's program fills in for each pupil. */
const filled: readonly (readonly [string, string])[] = [
  ['status', words('status', 'C')],
  ['hours_offered', '27.5'],
  ['full_time', words('full_time', 'Y')],
  ['other_provision', words('other_provision', 'N')],
  ['suspensions', '0'],
]

const rowsOf = (bytes: Uint8Array): readonly ReturnRow[] => {
  const parsed = termlyReturn.parse({ name: 'return.xlsx', bytes })
  if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
  return parsed.rows
}

/** How many answers that a council asks for a row holds: what its completeness must grow by. */
const counted = (row: ReturnRow): number => {
  const answers = new Map(
    row.answers.flatMap(({ item, state, value }): [string, Answer][] =>
      state === 'unread' ? [] : [[item, { state, value }]],
    ),
  )
  const asked = askedOf({
    term: termOf(todayInLondon(instant(Date.now()))).term,
    yearGroup: answers.get('year_group')?.value ?? '',
    overlay: new Map(),
    facts: new Set(),
    answers,
  })
  return completenessOf(asked, answers).answered
}

const boardFigures = async (page: Awaited<ReturnType<typeof signIn>>['page'], base: string) => {
  await page.goto(`${base}/rounds`)
  await page.locator('main table tbody tr').first().getByRole('link').first().click()
  const text = (await page.textContent('main')) ?? ''
  const [, answered, asked] = /([\d,]+) of ([\d,]+) answers asked for/.exec(text) ?? []
  const row = page.locator('main table tbody tr', { hasText: 'Ellerwick Academy' })
  return {
    answered: Number((answered ?? '').replace(',', '')),
    asked: Number((asked ?? '').replace(',', '')),
    school: ((await row.textContent()) ?? '').replace(/\s+/g, ' '),
  }
}

const journey = (name: string, open: () => Promise<Portal>, javaScriptEnabled: boolean) =>
  describe(name, () => {
    let portal: Portal
    let browser: Browser
    beforeAll(async () => {
      portal = await open()
      browser = await openBrowser()
    }, 180_000)
    afterAll(async () => {
      await browser?.close()
      await portal?.stop()
    }, 60_000)

    test('a return goes from workbook to board: four findings at their cells, mended, confirmed, seen with its source', async () => {
      const { base } = portal
      const officer = await signIn(browser, base, 'h.marsh@wendlemoor.example', javaScriptEnabled)
      const before = await boardFigures(officer.page, base)
      expect(before.school).toContain('Overdue')

      const lead = await signIn(browser, base, 'd.okoro@ellerwick.example', javaScriptEnabled)
      expect(await lead.page.textContent('h1')).toMatch(/^Three councils, five pupils/)
      const workbook = await download(lead.page, 'Get the workbook')
      const rows = rowsOf(workbook)
      expect(rows.map(({ council }) => council?.raw)).toEqual([
        'Wendlemoor (991)',
        'Wendlemoor (991)',
        'North Ashdale (993)',
        'Kestrelham (992)',
        'Kestrelham (992)',
      ])
      const good: CellEdit[] = rows.flatMap((row) =>
        filled.map(([item, value]) => ({ rowReference: row.reference?.raw ?? '', item, value })),
      )
      const [first, second, third, fourth] = rows.map(({ reference }) => reference?.raw ?? '')
      const wrong = [
        { rowReference: first ?? '', item: 'status', value: 'on role' },
        { rowReference: second ?? '', item: 'entry_date', value: '31/06/2026' },
        { rowReference: third ?? '', item: 'hours_offered', value: '99' },
        { rowReference: fourth ?? '', item: 'upn', value: 'A999999999999' },
      ]
      await upload(lead.page, base, 'ellerwick.xlsx', fillWorkbook(workbook, [...good, ...wrong]))
      expect(await lead.page.textContent('h1')).toBe('Four cells to mend. Everything else is kept.')
      expect(await lead.page.locator('li.find .cell').allTextContents()).toEqual(
        wrong.map(({ rowReference, item }) => cellOf(workbook, rowReference, item)),
      )
      const results = (await lead.page.locator('main table tbody tr').allTextContents()).map((row) =>
        row.includes('Held back'),
      )
      expect(results).toEqual([true, true, true, true, false])

      const mended = fillWorkbook(workbook, good)
      await upload(lead.page, base, 'ellerwick.xlsx', mended)
      expect(await lead.page.locator('li.find').count()).toBe(0)
      const check = lead.page.url()
      for (const council of ['Wendlemoor', 'North Ashdale', 'Kestrelham']) {
        await lead.page.goto(check)
        await lead.page.getByRole('button', { name: new RegExp(`to ${council}$`) }).click()
        await lead.page.waitForURL(/\/receipts\//)
        expect(await lead.page.textContent('main')).toContain(council)
      }
      await lead.page.goto(`${base}/inbox`)
      expect(await lead.page.textContent('h1')).toBe('Every return is sent. Nothing is left to do.')

      const after = await boardFigures(officer.page, base)
      expect(after.school).toContain('Submitted')
      const grown = rowsOf(mended)
        .filter(({ council }) => council?.raw.startsWith('Wendlemoor'))
        .reduce((sum, row) => sum + counted(row), 0)
      expect(after.answered - before.answered).toBe(grown)

      await lead.page.goto(`${base}/pupils`)
      await lead.page.getByRole('link', { name: /Amara D\./ }).click()
      const hours = lead.page.locator('.fact', { hasText: 'How many hours of education' })
      expect(await hours.textContent()).toContain('27.5')
      await hours.locator('summary').click()
      const source = ((await hours.textContent()) ?? '').replace(/\s+/g, ' ')
      for (const part of [
        'ellerwick.xlsx',
        cellOf(workbook, first ?? '', 'hours_offered'),
        'Dana Okoro',
        'Replaced',
        '25',
      ])
        expect(source).toContain(part)
      expect([...lead.complaints, ...officer.complaints]).toEqual([])
    })
  })

const chromium = process.env['CHROMIUM']
if (chromium) {
  journey('on Node', nodePortal, true)
  journey('on Node, without JavaScript', nodePortal, false)
  journey('inside workerd', workerPortal, true)
} else test.skip('journeys need a browser: set CHROMIUM', () => undefined)
