import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, todayInLondon } from '../../src/domain/dates.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import { itemWords } from '../../templates/words/en/items.ts'
import { cellOf, fillWorkbook } from '../make.ts'
import { completeness, editsOf, type FilledRow, filledRows, inWords, withAnswer } from './filled.ts'
import { look } from './look.ts'
import { type AtBrowser, confirm, download, openBrowser, signIn, textOf, upload } from './person.ts'
import { nodePortal, type Portal, workerPortal } from './server.ts'

/** How many targets each of a school's pupils has, as their pages show. */
const targetsShown = async ({ page, base }: AtBrowser): Promise<ReadonlyMap<string, number>> => {
  await page.goto(`${base}/pupils`)
  const links = page.locator('main table tbody th').getByRole('link')
  const names = await links.allTextContents()
  const targets = new Map<string, number>()
  for (const name of names) {
    await page.goto(`${base}/pupils`)
    await links.filter({ hasText: name }).click()
    await page.waitForURL(/\/pupils\/./)
    targets.set(name, await page.getByText(/^Target \d$/).count())
  }
  await page.goto(`${base}/inbox`)
  return targets
}

const numbers = (text: string) => [...text.matchAll(/[\d,]+/g)].map(([number]) => Number(number.replace(',', '')))

/** The board of the council's newest round: its total, one school's line, and every question by what it is called. */
const boardOf = async ({ page, base }: AtBrowser, name: string) => {
  await page.goto(`${base}/rounds`)
  await page.locator('main table tbody tr').first().getByRole('link').first().click()
  const [, answered, asked] = /([\d,]+) of ([\d,]+) answers asked for/.exec(await textOf(page)) ?? []
  const row = page.getByRole('row', { name })
  const line = await textOf(row)
  const school = numbers(await textOf(row.locator('[data-label="Answers in"]')))
  const questions = new Map<string, readonly [answered: number, asked: number]>()
  for (const question of await page.locator('details .govuk-details__text.bars > li').all()) {
    const label = await question.locator('span').first().textContent()
    const [of, from] = numbers(/[\d,]+ of [\d,]+$/.exec(await textOf(question))?.[0] ?? '')
    const [sumOf, sumFrom] = questions.get(label ?? '') ?? [0, 0]
    questions.set(label ?? '', [sumOf + (of ?? 0), sumFrom + (from ?? 0)])
  }
  return {
    total: numbers(`${answered} ${asked}`),
    state: /Overdue|Submitted|In progress|Not started/.exec(line)?.[0],
    school,
    questions,
  }
}

/** What every "Where did this come from?" of a page says, by the cell it names. */
const sourcesOf = async (page: Page, file: string) => {
  const sources = new Map<string, string>()
  for (const said of await page.locator('dl.say', { hasText: file }).all()) {
    const first = said.locator('dd').first()
    if ((await first.locator('.mono').textContent()) === file)
      sources.set((await first.locator('.cell').textContent()) ?? '', await textOf(said))
  }
  return sources
}

const file = 'ellerwick.xlsx'

/** The designated teacher's way from the workbook to a file that says four wrong things, one of them a UPN. */
const fourToMend = (rows: readonly FilledRow[]) => {
  const at = (index: number, item: string, value: string) => ({
    rowReference: rows[index]?.reference ?? '',
    item,
    value,
  })
  return [
    at(0, 'status', 'on role'),
    at(1, 'entry_date', '31/06/2026'),
    at(2, 'hours_offered', '99'),
    at(3, 'upn', 'A999999999999'),
  ]
}

const journey = (name: string, open: () => Promise<Portal>, javaScriptEnabled: boolean) =>
  describe(name, () => {
    let portal: Portal
    let browser: Browser
    beforeAll(async () => {
      portal = await open()
      browser = await openBrowser()
    }, 300_000)
    afterAll(async () => {
      await browser?.close()
      await portal?.stop()
    }, 60_000)

    test('a return goes from workbook to board: four findings at their cells, mended, confirmed, seen with its source', async () => {
      const { base } = portal
      const today = todayInLondon(instant(Date.now()))
      const seen: string[] = []
      const lookAt = async (page: Page) => {
        if (javaScriptEnabled) seen.push(...(await look(page)))
      }
      const officer = await signIn(browser, base, 'h.marsh@wendlemoor.example', javaScriptEnabled)
      await lookAt(officer.page)
      const before = await boardOf(officer, 'Ellerwick Academy')
      await lookAt(officer.page)
      expect(before.state).toBe('Overdue')

      const lead = await signIn(browser, base, 'd.okoro@ellerwick.example', javaScriptEnabled)
      const { page } = lead
      expect(await page.textContent('h1')).toMatch(/^Three councils, five pupils, about .* minutes left$/)
      await lookAt(page)
      const targets = await targetsShown(lead)
      const workbook = await download(page, 'Get the workbook')
      const rows = filledRows(workbook, today, (pupil) => targets.get(pupil) ?? 0).map((row, index) =>
        index === 0 ? withAnswer(row, 'hours_offered', '27.5') : row,
      )
      expect(rows.map(({ council, shortName }) => `${shortName} ${council}`)).toEqual([
        'Amara D. Wendlemoor',
        'Jayden T. Wendlemoor',
        'Kofi B. North Ashdale',
        'Ruby S. Kestrelham',
        'Callum W. Kestrelham',
      ])

      const wrong = fourToMend(rows)
      await upload(page, base, file, fillWorkbook(workbook, [...editsOf(rows), ...wrong]))
      expect(await page.textContent('h1')).toBe('Four cells to mend. Everything else is kept.')
      expect(await page.locator('li.find .cell').allTextContents()).toEqual(
        wrong.map(({ rowReference, item }) => cellOf(workbook, rowReference, item)),
      )
      for (const finding of await page.locator('li.find').all())
        for (const term of ['You sent', 'The rule', 'How to mend'])
          expect((await textOf(finding.locator('dl.say > div', { hasText: term }))).length).toBeGreaterThan(term.length)
      const states = /Held back|Ready once checked|Ready|Set aside|Not asked now|Not matched|Sent/
      const results = (await page.locator('main table tbody tr').allTextContents()).map((row) => states.exec(row)?.[0])
      expect(results).toEqual(['Held back', 'Held back', 'Held back', 'Held back', 'Ready'])
      await lookAt(page)

      await upload(page, base, file, fillWorkbook(workbook, editsOf(rows)))
      expect(await page.locator('li.find').count()).toBe(0)
      expect(await page.textContent('h1')).toBe('Every row is ready to send')
      expect(await textOf(page)).not.toContain('still to answer')
      await lookAt(page)
      const check = page.url()
      for (const council of ['Wendlemoor', 'North Ashdale', 'Kestrelham']) {
        await page.goto(check)
        await confirm(page, council)
        expect(await page.textContent('h1')).toMatch(new RegExp(`^Sent: ${council} has your return for `))
        for (const row of rows)
          expect((await textOf(page)).includes(row.shortName), row.shortName).toBe(row.council === council)
      }
      await lookAt(page)
      await page.goto(`${base}/inbox`)
      expect(await page.textContent('h1')).toBe('Every return is sent. Nothing is left to do.')
      await lookAt(page)

      const own = rows.filter(({ council }) => council === 'Wendlemoor')
      const [none, all] = [completeness(own, today, true), completeness(own, today)]
      const after = await boardOf(officer, 'Ellerwick Academy')
      expect(after.state).toBe('Submitted')
      expect(before.school).toEqual([0, none.asked])
      expect(after.school).toEqual([all.answered, all.asked])
      expect(all.answered).toBe(all.asked)
      expect(after.total[0]).toBe((before.total[0] ?? 0) + all.answered)
      expect(after.total[1]).toBe((before.total[1] ?? 0) + all.asked - none.asked)
      const expected = new Map(before.questions)
      for (const code of new Set([...none.items.keys(), ...all.items.keys()])) {
        const label = itemWords[code]?.head ?? itemWords[code]?.label ?? code
        const [answered, asked] = expected.get(label) ?? [0, 0]
        const [was, is] = [none.items.get(code), all.items.get(code)]
        expected.set(label, [answered + (is?.answered ?? 0), asked + (is?.base ?? 0) - (was?.base ?? 0)])
      }
      expect([...after.questions].sort()).toEqual([...expected].filter(([, [, asked]]) => asked > 0).sort())

      await officer.page.getByRole('row', { name: 'Ellerwick Academy' }).getByRole('link').first().click()
      await lookAt(officer.page)
      const amara = own[0]
      if (!amara) throw new Error('the workbook has no pupil of Wendlemoor')
      await officer.page.getByRole('link', { name: amara.shortName }).click()
      const figures = [...amara.answers].filter(([item]) => itemOf(item)?.restricted !== true)
      const sources = await sourcesOf(officer.page, file)
      expect([...sources.keys()].sort()).toEqual(
        figures.map(([item]) => cellOf(workbook, amara.reference, item)).sort(),
      )
      for (const [item, answer] of figures) {
        const said = sources.get(cellOf(workbook, amara.reference, item)) ?? ''
        for (const part of [
          `${file}, sheet Return, cell `,
          'As sent',
          `Read as${inWords(item, answer)}`,
          'Sent byDana Okoro',
          'Confirmed',
        ])
          expect(said, item).toContain(part)
      }
      expect(sources.get(cellOf(workbook, amara.reference, 'hours_offered'))).toMatch(
        /As sent27\.5.*Replaced25, .* return/,
      )
      await lookAt(officer.page)

      await page.goto(`${base}/pupils`)
      await lookAt(page)
      await page.getByRole('link', { name: amara.shortName }).click()
      expect([...(await sourcesOf(page, file)).keys()].length).toBeGreaterThanOrEqual(figures.length)
      await lookAt(page)
      expect(seen).toEqual([])
      expect([...lead.complaints, ...officer.complaints]).toEqual([])
    })
  })

if (process.env['CHROMIUM']) {
  journey('on Node', nodePortal, true)
  journey('on Node, without JavaScript', nodePortal, false)
  journey('inside workerd', workerPortal, true)
} else test.skip('journeys need a browser: CHROMIUM names one', () => undefined)
