import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillWorkbook } from '../make.ts'
import { rowsOf } from './filled.ts'
import { look } from './look.ts'
import { confirm, download, openBrowser, seek, signIn, textOf, upload } from './person.ts'
import { type NodePortal, nodePortal } from './server.ts'

describe.runIf(process.env['CHROMIUM'])('plans, reports and what grades mean', () => {
  let portal: NodePortal
  let browser: Browser
  beforeAll(async () => {
    portal = await nodePortal('2026-11-20')
    browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  const enter = (email: string) => signIn(browser, portal.base, email)
  const officer = () => enter('h.marsh@wendlemoor.example')
  const lead = () => enter('d.okoro@ellerwick.example')

  const pupilAtEllerwick = async () =>
    portal.runtime.db.query
      .selectFrom('pupil')
      .innerJoin('place', 'place.pupil_number', 'pupil.number')
      .innerJoin('school_detail', 'school_detail.school_number', 'place.school_number')
      .innerJoin('virtual_school', 'virtual_school.number', 'pupil.virtual_school_number')
      .select(['pupil.child_reference as reference', 'pupil.id'])
      .where('school_detail.name', '=', 'Ellerwick Academy')
      .where('virtual_school.name', '=', 'Wendlemoor')
      .orderBy('pupil.number')
      .executeTakeFirstOrThrow()

  test('a rule is set, a child’s plan is typed, the round closes the school’s section, and the school reads it', async () => {
    const { base } = portal
    const team = await officer()
    const { page } = team
    const { reference, id } = await pupilAtEllerwick()

    await page.goto(`${base}/plans/rules`)
    expect(await look(page)).toEqual([])
    await page.getByLabel('How many').fill('four')
    await page.getByLabel('In force from').fill('31 2 2026')
    await page.getByLabel('Where it comes from').fill('As agreed for A123456789012')
    await page.getByRole('button', { name: 'Set the rule' }).click()
    const toMend = await textOf(page.getByRole('alert'))
    expect(toMend).toContain('Give a whole number, from 0 to 400.')
    expect(toMend).toContain('Give a day that exists')
    expect(toMend).toContain('This holds a UPN')
    expect(await look(page)).toEqual([])
    await page.getByLabel('How many').fill('2')
    await page.getByLabel('In force from').fill('1 9 2026')
    await page.getByLabel('Where it comes from').fill('Plan policy of 2026')
    await page.getByRole('button', { name: 'Set the rule' }).click()
    expect(await textOf(page.getByRole('table', { name: 'Your own', exact: true }))).toContain(
      'By the end of the 2nd term after the last meeting',
    )

    await seek(team, reference)
    await page.locator('main table').getByRole('link').first().click()
    await page.getByRole('link', { name: 'Say where the plan stands' }).click()
    expect(await look(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('Fill in what is known')
    await page.getByLabel('Meeting held').fill('32 1 2026')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('Meeting held: Type the day, month and year.')
    await page.getByLabel('Meeting held').fill('18 11 2027')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('Meeting held: this day is still to come.')
    expect(await look(page)).toEqual([])
    await page.getByLabel('Meeting held').fill('18 11 2026')
    await page.getByLabel('Quality').fill('green')
    await page.getByLabel('Rated by').fill('Carys Bowen')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(`${base}/pupils/${id}`)
    expect(await textOf(page)).toContain('held 18 November 2026')
    expect(await textOf(page)).toContain('rated green by Carys Bowen')
    expect(await textOf(page)).toContain('Typed by Helen Marsh')

    await page.goto(`${base}/rounds`)
    await page.locator('main tbody').getByRole('link').first().click()
    const board = page.url()
    await page.getByRole('button', { name: 'Count it as the plan’s school section' }).click()
    expect(await textOf(page)).toContain('a return that comes in closes it')
    expect(page.url()).toBe(board)

    const teacher = await lead()
    const record = teacher.page
    await record.goto(`${base}/pupils/${id}`)
    const plan = () => textOf(record)
    expect(await plan()).toContain('held 18 November 2026')
    expect(await plan()).toContain('Shown to you by the council. You are not asked for these dates.')
    expect(await plan()).not.toContain('Helen Marsh')
    expect(await plan()).not.toContain('School’s section in')
    await record.goto(`${base}/inbox`)
    const workbook = await download(record, 'Get the workbook')
    await upload(record, base, 'ellerwick.xlsx', workbook)
    await confirm(record, 'Wendlemoor')
    await record.goto(`${base}/pupils/${id}`)
    expect(await plan()).toMatch(/School’s section in with the return, .*receipt 991-/)
    await page.goto(`${base}/pupils/${id}`)
    expect(await textOf(page)).toMatch(/School’s section in with the return/)
    await page.goto(board)
    await page.getByRole('button', { name: 'Do not count it any more' }).click()
    await record.reload()
    expect(await plan()).not.toContain('School’s section in')

    await record.getByRole('link', { name: 'Print for the plan (PEP) meeting' }).click()
    expect(await textOf(record)).toContain('last held 18 November 2026')
    await record.emulateMedia({ media: 'print' })
    expect(await record.getByRole('navigation', { name: 'Main', exact: true }).isVisible()).toBe(false)
    await record.emulateMedia({ media: 'screen' })
    expect(await look(record)).toEqual([])
    expect([...team.complaints, ...teacher.complaints]).toEqual([])
  })

  test('a scale is said on screen, gives the answers it can, and is refused beside national results; reports name nobody', async () => {
    const { base } = portal
    const teacher = await lead()
    const { page } = teacher
    await page.goto(`${base}/your-school`)
    await page.getByRole('link', { name: 'What your grades mean' }).click()
    expect(await textOf(page)).toContain('No scale yet.')
    await page.getByRole('link', { name: 'Say what a scale means' }).click()
    expect(await look(page)).toEqual([])
    // The words of its returns stand there already; the first empty line comes after them.
    const typedWords = await page
      .getByLabel(/^Your word, line/)
      .evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value))
    const [one, two] = [typedWords.indexOf('') + 1, typedWords.indexOf('') + 2]
    expect(one).toBeGreaterThan(1)
    await page.getByLabel(`What it means, line ${one}`, { exact: true }).selectOption('at')
    await page.getByRole('button', { name: 'Save' }).click()
    const toMend = await textOf(page.getByRole('alert'))
    expect(toMend).toContain('Say which scale it is.')
    expect(toMend).toContain('Say what you call it.')
    expect(toMend).toContain(`Line ${one} says what it means, and has no word.`)
    expect(await look(page)).toEqual([])
    await page.getByLabel('Which scale is it in the return?').selectOption('own')
    await page.getByLabel('What do you call it?').fill('Ellerwick gems')
    await page.getByLabel(`Your word, line ${one}`, { exact: true }).fill('Opal')
    await page.getByLabel(`Your word, line ${two}`, { exact: true }).fill('opal')
    await page.getByLabel(`What it means, line ${two}`, { exact: true }).selectOption('below')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('has another line for the same year and term')
    await page.getByLabel(`Your word, line ${two}`, { exact: true }).fill('Jet')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.textContent('h1')).toBe('Scale “Ellerwick gems”')
    expect(await textOf(page)).toContain('Version 1 2 wordsDana Okoro, 20 November 2026')
    expect(await look(page)).toEqual([])
    const scale = page.url()

    await page.goto(`${base}/inbox`)
    const workbook = await download(page, 'Get the workbook')
    const { reference } = rowsOf(workbook).find(({ council }) => council?.raw.startsWith('Wendlemoor')) ?? {}
    const gem = (item: string, value: string) => ({ rowReference: reference?.raw ?? '', item, value })
    const filled = fillWorkbook(workbook, [gem('english_grade', 'Opal'), gem('mathematics_grade', 'Garnet')])
    await upload(page, base, 'gems.xlsx', filled)
    await confirm(page, 'Wendlemoor')
    const { id } = await pupilAtEllerwick()
    await page.goto(`${base}/pupils/${id}`)
    expect(await textOf(page)).toContain('OpalAt (by the school’s scale)')
    expect(await textOf(page)).toContain('“Ellerwick gems”, version 1, as Dana Okoro said on 20 November 2026')
    expect(await textOf(page)).toContain('Not to be set beside national results.')
    expect(await textOf(page)).not.toMatch(/Garnet(Below|At|Above) \(by the school’s scale\)/)
    await page.goto(scale)
    await page.getByLabel('What it means, line 1', { exact: true }).selectOption('above')
    await page.getByRole('button', { name: 'Save as a new version' }).click()
    expect(await textOf(page)).toContain('Version 2 2 words')
    await page.goto(`${base}/pupils/${id}`)
    expect(await textOf(page)).toContain('OpalAt (by the school’s scale)')

    const team = await officer()
    await team.page.goto(`${base}/rounds`)
    await team.page.locator('main tbody').getByRole('link').first().click()
    await team.page.getByRole('link', { name: 'Results, each with its base' }).click()
    expect(await look(team.page)).toEqual([])
    expect(await textOf(team.page)).toMatch(
      /English: for the child’s age.{0,120}not to be held against national results\. Some answers were worked out/,
    )
    await team.page.getByRole('link', { name: 'The report for members, without names' }).click()
    expect(await textOf(team.page)).toContain('from what schools have sent in this round')
    expect(await look(team.page)).toEqual([])

    await page.goto(`${base}/your-school`)
    await page.getByRole('link', { name: /Report to the governors/ }).click()
    expect(await page.textContent('h1')).toContain('Between one and five looked-after children')
    expect(await look(page)).toEqual([])
    expect([...team.complaints, ...teacher.complaints]).toEqual([])
  })
})
