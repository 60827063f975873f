import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { utils, write } from 'xlsx'
import { writeCsv } from '../../connectors/format/csv.ts'
import { look } from './look.ts'
import { asFile, confirm, openBrowser, signIn, textOf } from './person.ts'
import { type NodePortal, nodePortal } from './server.ts'

type Row = readonly string[]

/** An export as a school's system writes it: a cover sheet, a title over the headings, and other pupils' rows. */
const asWorkbook = (rows: readonly Row[]): Uint8Array => {
  const workbook = utils.book_new()
  utils.book_append_sheet(workbook, utils.aoa_to_sheet([['Printed for the office']]), 'Cover')
  utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows.map((row) => [...row])), 'Data')
  return new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx' }))
}

const heads: Row = ['UPN', 'Legal Surname', 'Reg', 'SEN Status', '', 'Weekly hours', 'Eng ARE', 'Maths ARE', 'Medical']
const other: Row = ['Z999999999999', 'Zqother', '8C', 'N - No Special Educational Need', '', '25', 'Sec', 'EXS', '']

describe.runIf(process.env['CHROMIUM'])('a school’s own export', () => {
  let portal: NodePortal
  let browser: Browser
  let upns: readonly string[] = []
  beforeAll(async () => {
    portal = await nodePortal('2026-11-20')
    browser = await openBrowser()
    const rows = await portal.runtime.db.query
      .selectFrom('pupil_identifier')
      .innerJoin('place', 'place.pupil_number', 'pupil_identifier.pupil_number')
      .innerJoin('school_detail', 'school_detail.school_number', 'place.school_number')
      .select('pupil_identifier.value')
      .where('school_detail.name', '=', 'Ellerwick Academy')
      .where('pupil_identifier.kind', '=', 'upn')
      .orderBy('pupil_identifier.value')
      .execute()
    upns = rows.map(({ value }) => value)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  const choose = async (page: Page, name: string, bytes: Uint8Array) => {
    await page.goto(`${portal.base}/return/upload`)
    await page.getByLabel('Your file').setInputFiles(asFile(name, bytes))
    await page.getByRole('button', { name: 'Upload and check' }).click()
    await page.getByRole('heading', { level: 1, name: 'Upload your return' }).waitFor({ state: 'detached' })
  }
  const goOn = (page: Page) => page.getByRole('button', { name: 'Continue' }).last().click()
  const lead = () => signIn(browser, portal.base, 'd.okoro@ellerwick.example')
  const answersIn = async (page: Page) => {
    await page.goto(`${portal.base}/rounds`)
    const row = await textOf(page.locator('main tbody tr').first())
    return Number(/([\d,]+) of [\d,]+/.exec(row)?.[1]?.replace(',', ''))
  }

  test('its columns and words are said once, tried, saved and sent; the next file goes straight to the check', async () => {
    const officer = await signIn(browser, portal.base, 'h.marsh@wendlemoor.example')
    const before = await answersIn(officer.page)
    const { page, complaints } = await lead()
    const words = [
      ['Sec', 'EXS'],
      ['WTS', 'Ruby'],
    ]
    const own = upns.map((upn, index): Row => {
      const [english = 'Sec', mathematics = 'EXS'] = words[index] ?? []
      return [upn, `Zq${index}`, '8B', 'K - SEN Support', 'x', '25', english, mathematics, 'Zqmedical']
    })

    await choose(page, 'photo.xlsx', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))
    expect(await textOf(page)).toContain('This is a picture')
    await choose(page, 'headings.csv', writeCsv([heads]))
    expect(await textOf(page)).toContain('0 rows')
    await choose(page, 'assessment.xlsx', asWorkbook([['Ellerwick Academy'], [], heads, ...own, other]))
    expect(await textOf(page)).toContain('Sheet “Data”, headings in row 3.')
    expect(await textOf(page)).toContain('Column E has no heading, so it is not read.')
    expect(await look(page)).toEqual([])
    await page.locator('#c-2').selectOption('upn')
    await goOn(page)
    expect(await textOf(page.getByRole('alert'))).toContain('Two columns are “UPN”. Choose one.')
    await page.locator('#c-2').selectOption('')
    await page.locator('#c-0').selectOption('')
    await goOn(page)
    expect(await textOf(page.getByRole('alert'))).toContain('Rows are never matched by name')
    expect(await look(page)).toEqual([])
    await page.locator('#c-0').selectOption('upn')
    await goOn(page)

    expect(await page.textContent('h1')).toBe('What do your words mean?')
    expect(await page.getByLabel('What does “K - SEN Support” mean').inputValue()).toBe('K')
    expect(await page.getByLabel('What does “N - No Special Educational Need” mean').inputValue()).toBe('N')
    expect(await page.getByLabel('What does “WTS” mean').inputValue()).toBe('below')
    expect(await page.getByLabel('What does “Ruby” mean').inputValue()).toBe('-')
    expect(await look(page)).toEqual([])
    await page.getByLabel('What does “Ruby” mean').selectOption('above')
    await goOn(page)
    expect(await page.textContent('h1')).toMatch(/^Tried on your file: 5 rows would match$/)
    expect(await look(page)).toEqual([])
    await page.getByRole('button', { name: 'Save and check' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('Give the layout a name.')
    await page.getByLabel('Name of this layout').fill('Assessment points')
    await page.getByRole('button', { name: 'Save and check' }).click()

    await page.waitForURL(/\/return\/uploads\//)
    expect(await textOf(page)).toContain('Read with your layout “Assessment points”, version 1.')
    expect(await page.content()).not.toMatch(/Zqmedical|Zqother/)
    expect(await look(page)).toEqual([])
    await confirm(page, 'Wendlemoor')
    expect(await answersIn(officer.page)).toBeGreaterThan(before)

    await choose(page, 'assessment-2.csv', writeCsv([heads, ...own.map((row) => row.with(6, 'GDS'))]))
    expect(page.url()).toMatch(/\/return\/uploads\//)
    expect(await textOf(page)).toContain('Read with your layout “Assessment points”, version 1.')
    expect(await textOf(page)).not.toContain('has no heading')
    await choose(page, 'assessment-3.csv', writeCsv([[...heads, ''], ...own.map((row) => [...row, 'Zqnew'])]))
    expect(await textOf(page)).toContain('Column J has no heading, so nothing in it was used.')
    expect(await page.content()).not.toContain('Zqnew')
    expect([...complaints, ...officer.complaints]).toEqual([])
  })

  test('next term a file with the same headings is read by itself', async () => {
    portal.clock.set('2027-02-10')
    const officer = await signIn(browser, portal.base, 'h.marsh@wendlemoor.example')
    await officer.page.goto(`${portal.base}/rounds`)
    await officer.page.getByRole('link', { name: 'Open a round' }).click()
    await officer.page.locator('#asAt').fill('5 2 2027')
    await officer.page.getByRole('button', { name: 'Open the round and tell schools' }).click()
    expect(await officer.page.textContent('h1')).toContain('Spring return')
    const { page } = await lead()
    const rows = upns.map((upn): Row => ['8B', 'K - SEN Support', upn, 'Zq', 'WTS', 'EXS', '25'])
    const moved: Row = ['Reg', 'SEN Status', 'UPN', 'Legal Surname', 'Eng ARE', 'Maths ARE', 'Weekly hours']
    await choose(page, 'spring.csv', writeCsv([['Spring'], moved, ...rows]))
    expect(await textOf(page)).toContain('Read with your layout “Assessment points”, version 1.')
    const part = page.locator('li.send', { has: page.getByRole('heading', { name: 'Wendlemoor', exact: true }) })
    expect(await textOf(part)).toContain('Spring return 2026 to 2027: 2 pupils.')
    expect(await look(page)).toEqual([])
    const before = await answersIn(officer.page)
    await choose(page, 'spring.csv', writeCsv([['Spring'], moved, ...rows]))
    await confirm(page, 'Wendlemoor')
    expect(await answersIn(officer.page)).toBeGreaterThan(before)
    portal.clock.set('2026-11-20')
  })
})
