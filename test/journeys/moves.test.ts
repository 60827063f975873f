import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, plusDays, todayInLondon } from '../../src/domain/dates.ts'
import { cellOf, fillWorkbook } from '../make.ts'
import { rowsOf } from './filled.ts'
import { look } from './look.ts'
import {
  type AtBrowser,
  confirm,
  download,
  everyMenuPage,
  openBrowser,
  seek,
  signIn,
  statusOf,
  textOf,
  upload,
} from './person.ts'
import { type NodePortal, nodePortal } from './server.ts'

/** The child's record as the seed made it: its address, and the numbers that people type. */
const recordOf = async ({ runtime }: NodePortal, surname: string) => {
  const { id, reference, upn } = await runtime.db.query
    .selectFrom('pupil_detail')
    .innerJoin('pupil', 'pupil.number', 'pupil_detail.pupil_number')
    .innerJoin('pupil_identifier', 'pupil_identifier.pupil_number', 'pupil.number')
    .select(['pupil.id', 'pupil.child_reference as reference', 'pupil_identifier.value as upn'])
    .where('pupil_detail.attribute', '=', 'surname')
    .where('pupil_detail.value', '=', surname)
    .orderBy('pupil.number')
    .executeTakeFirstOrThrow()
  return { path: `/pupils/${id}`, reference, upn }
}

/** How often a council's pages name Kestrelham: as the area that schools are in, which a child's move does not change. */
const areasNamed = (held: string) => held.match(/Kestrelham/g)?.length ?? 0

const asTyped = (day: string) => day.split('-').reverse().join(' ')

/** An officer says from the pupil's page that care ends, and why. */
const endCare = async ({ page, base }: AtBrowser, path: string, lastDay: string, reason: string) => {
  await page.goto(`${base}${path}`)
  await page.getByRole('link', { name: 'Care ends' }).click()
  await page.getByLabel('Last day').fill(asTyped(lastDay))
  await page.locator('#reason').selectOption(reason)
  expect(await look(page)).toEqual([])
  await page.getByRole('button', { name: 'Save the end of care' }).click()
}

type NewRecord = {
  readonly reference: string
  readonly forename: string
  readonly surname: string
  readonly upn: string
}

/** An officer adds a child, with a place at Ellerwick that nobody has confirmed; gives the record's path. */
const addAtEllerwick = async (at: AtBrowser, child: NewRecord, since: string): Promise<string> => {
  const { page, base } = at
  await page.goto(`${base}/pupils`)
  await page.getByRole('link', { name: 'Add a pupil' }).click()
  await page.getByLabel('Your own reference').fill(child.reference)
  await page.getByLabel('First name').fill(child.forename)
  await page.getByLabel('Last name').fill(child.surname)
  await page.getByLabel('UPN').fill(child.upn)
  await page.getByLabel('Year group').selectOption({ label: 'Year 8' })
  await page.getByLabel('In care since').fill(asTyped(since))
  expect(await look(page)).toEqual([])
  await page.getByRole('button', { name: 'Add the pupil' }).click()
  await seek(at, child.reference)
  await page.locator('main table tbody').getByRole('link').click()
  const path = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Add a place' }).click()
  await page.getByLabel('School', { exact: true }).selectOption({ label: 'Ellerwick Academy' })
  await page.getByLabel('First day').fill(asTyped(since))
  expect(await look(page)).toEqual([])
  await page.getByRole('button', { name: /place/i }).click()
  return path
}

/** The school says who the child is, without having been told. */
const keyUpn = async ({ page, base }: AtBrowser, council: string, upn: string) => {
  await page.goto(`${base}/inbox`)
  const note = page.getByRole('region', { name: new RegExp(`^${council} believes`) })
  await note.getByText('Tell us who it is').click()
  await note.getByLabel('Unique pupil number (UPN)').fill(upn)
  await note.getByRole('button', { name: 'It is this child' }).click()
}

const journeys = describe.runIf(process.env['CHROMIUM'])
const lead = 'd.okoro@ellerwick.example'

const rig = (startsOn?: string) => {
  const opened: { portal?: NodePortal; browser?: Browser } = {}
  beforeAll(async () => {
    opened.portal = await nodePortal(startsOn)
    opened.browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    await opened.browser?.close()
    await opened.portal?.stop()
  }, 60_000)
  return () => {
    if (!opened.portal || !opened.browser) throw new Error('not opened')
    const { portal, browser } = opened
    return { portal, enter: (email: string) => signIn(browser, portal.base, email) }
  }
}

journeys('the responsible council changes', () => {
  const open = rig()

  test('the school answers the new council from the next day; neither council reads the other, and nothing is linked', async () => {
    const { portal, enter } = open()
    const { base, clock } = portal
    const today = todayInLondon(instant(Date.now()))
    const amara = await recordOf(portal, 'Denby')
    const teacher = await enter(lead)
    const before = await download(teacher.page, 'Get the workbook')
    const row = rowsOf(before).find(({ forename }) => forename?.raw === 'Amara')?.reference?.raw ?? ''
    const officer = await enter('h.marsh@wendlemoor.example')
    const areasBefore = areasNamed(await everyMenuPage(officer))
    await endCare(officer, amara.path, today, 'other_council')
    expect(await statusOf(teacher.page, `${base}${amara.path}`)).toBe(200)

    clock.later(1)
    const tomorrow = plusDays(today, 1)
    const [school, old, fresh] = [
      await enter(lead),
      await enter('h.marsh@wendlemoor.example'),
      await enter('y.brandt@kestrelham.example'),
    ]
    expect(await statusOf(school.page, `${base}${amara.path}`)).toBe(404)
    const child = { reference: '992-MOVED', forename: 'Amara', surname: 'Denby', upn: amara.upn }
    const path = await addAtEllerwick(fresh, child, tomorrow)
    expect(await statusOf(fresh.page, `${base}${amara.path}`)).toBe(404)
    expect(await statusOf(old.page, `${base}${path}`)).toBe(404)
    expect(await statusOf(school.page, `${base}${path}`)).toBe(404)
    expect(await everyMenuPage(school)).not.toContain('Amara')

    await keyUpn(school, 'Kestrelham', amara.upn)
    expect(await textOf(school.page)).toContain('The place is confirmed')
    await school.page.goto(`${base}${path}`)
    expect(await textOf(school.page)).toContain('What you send shows here')
    expect(await look(school.page)).toEqual([])
    await school.page.goto(`${base}/inbox`)
    const workbook = await download(school.page, 'Get the workbook')
    const rows = rowsOf(workbook).filter(({ forename }) => forename?.raw === 'Amara')
    expect(rows.map(({ council }) => council?.raw)).toEqual(['Kestrelham (992)'])
    // What Wendlemoor was told is not offered to Kestrelham.
    const known = rows[0]?.answers.map(({ item }) => item) ?? []
    expect(known).toEqual(expect.arrayContaining(['year_group', 'entry_date']))
    expect(known).not.toContain('hours_offered')

    await upload(
      school.page,
      base,
      'before.xlsx',
      fillWorkbook(before, [{ rowReference: row, item: 'hours_offered', value: 23 }]),
    )
    expect(await textOf(school.page)).toContain('Not asked now')
    expect(await textOf(school.page)).not.toContain('Amara')
    await upload(
      school.page,
      base,
      'after.xlsx',
      fillWorkbook(workbook, [{ rowReference: rows[0]?.reference?.raw ?? '', item: 'hours_offered', value: 21.5 }]),
    )
    await confirm(school.page, 'Kestrelham')
    await fresh.page.goto(`${base}${path}`)
    const read = await textOf(fresh.page)
    for (const part of ['21.5', 'after.xlsx', 'Dana Okoro']) expect(read).toContain(part)
    for (const part of ['Wendlemoor', 'before.xlsx', 'Replaced']) expect(read).not.toContain(part)

    await old.page.goto(`${base}${amara.path}`)
    expect(await textOf(old.page)).not.toContain('21.5')
    expect(await textOf(old.page)).not.toContain('Kestrelham')
    await seek(old, amara.upn)
    expect(await old.page.content()).not.toContain(child.reference)
    const menuOfOld = await everyMenuPage(old)
    expect(menuOfOld).not.toMatch(/992-MOVED|after\.xlsx/)
    expect(areasNamed(menuOfOld)).toBe(areasBefore)
    expect(await everyMenuPage(fresh)).not.toContain(amara.reference)
    expect([...school.complaints, ...old.complaints, ...fresh.complaints]).toEqual([])
  })
})

journeys('a year 11 leaver', () => {
  const open = rig('2027-06-21')

  test('results come from the school in August, after the child has left, and until 30 September', async () => {
    const { portal, enter } = open()
    const { base, clock } = portal
    const kofi = await recordOf(portal, 'Boateng')
    const officer = await enter('f.marr@north-ashdale.example')
    await officer.page.goto(`${base}${kofi.path}`)
    await officer.page.getByRole('link', { name: 'This place ends' }).click()
    await officer.page.getByLabel('Last day').fill('30 6 2027')
    await officer.page.getByRole('button', { name: 'Save the last day' }).click()

    clock.set('2027-08-26')
    const teacher = await enter(lead)
    const { page } = teacher
    await page.goto(`${base}/pupils`)
    expect(await textOf(page)).not.toContain('Kofi')
    await page.goto(`${base}${kofi.path}`)
    const own = await textOf(page)
    expect(own).toContain('Left on 30 June 2027. You see what you sent yourself.')
    expect(own).not.toContain('Ewan Grist')
    expect(await look(page)).toEqual([])
    expect(await statusOf(page, `${base}${kofi.path}?full=1`)).toBe(200)
    await page.goto(`${base}${kofi.path}?full=1`)
    expect(await page.content()).not.toContain(kofi.upn)

    await page.goto(`${base}/inbox`)
    expect(await textOf(page)).toContain('Kofi B., Year 11')
    const workbook = await download(page, 'Get the workbook')
    const row = rowsOf(workbook).find(({ forename }) => forename?.raw === 'Kofi')?.reference?.raw ?? ''
    const results = [
      { item: 'ks4_english_language_qualification', value: 'GCSE' },
      { item: 'ks4_english_language_result', value: '6' },
      { item: 'ks4_mathematics_qualification', value: 'GCSE' },
      { item: 'ks4_mathematics_result', value: '5' },
    ]
    const filled = fillWorkbook(
      workbook,
      results.map((one) => ({ ...one, rowReference: row })),
    )
    await upload(page, base, 'results.xlsx', filled)
    expect(await page.locator('li.find').count()).toBe(0)
    const receipt = await confirm(page, 'North Ashdale')
    expect(await textOf(page)).toContain('Kofi B.')

    const after = await enter('f.marr@north-ashdale.example')
    await after.page.goto(`${base}${kofi.path}`)
    const said = await textOf(after.page)
    for (const { item } of results.filter(({ item }) => item.endsWith('_result')))
      expect(said).toContain(`results.xlsx, sheet Return, cell ${cellOf(workbook, row, item)}`)
    expect(await textOf(after.page.getByRole('row', { name: /^English language/ }).first())).toContain('6')

    clock.set('2027-09-30')
    const last = await enter(lead)
    expect(await statusOf(last.page, `${base}${kofi.path}`)).toBe(200)
    clock.set('2027-10-01')
    const late = await enter(lead)
    expect(await statusOf(late.page, `${base}${kofi.path}`)).toBe(404)
    expect(await everyMenuPage(late)).not.toContain('Kofi')
    await late.page.goto(receipt)
    expect(await textOf(late.page)).not.toContain('Kofi')
    await upload(late.page, base, 'too-late.xlsx', filled)
    expect(await textOf(late.page)).toContain('Not asked now')
    const council = await enter('f.marr@north-ashdale.example')
    expect(await statusOf(council.page, `${base}${kofi.path}`)).toBe(200)
    expect([...teacher.complaints, ...after.complaints, ...late.complaints]).toEqual([])
  })
})

journeys('a child is adopted', () => {
  const open = rig()

  test('the record is sealed at once, and the same child’s new record has no link, suggestion or notice of the old one', async () => {
    const { portal, enter } = open()
    const { base } = portal
    const today = todayInLondon(instant(Date.now()))
    const callum = await recordOf(portal, 'Wray')
    const teacher = await enter(lead)
    const before = await download(teacher.page, 'Get the workbook')
    await upload(teacher.page, base, 'before-the-seal.xlsx', before)
    const draft = teacher.page.url()
    expect(await textOf(teacher.page)).toContain('Callum W.')

    const officer = await enter('y.brandt@kestrelham.example')
    await endCare(officer, callum.path, today, 'adopted')
    const head = await enter('c.odell@kestrelham.example')
    for (const { page } of [teacher, officer, head]) {
      expect(await statusOf(page, `${base}${callum.path}`)).toBe(404)
      expect(await statusOf(page, `${draft}/file`)).toBe(404)
    }
    await teacher.page.goto(draft)
    expect(await textOf(teacher.page)).not.toContain('Callum')
    await upload(teacher.page, base, 'after-the-seal.xlsx', before)
    expect(await textOf(teacher.page)).toContain('Not asked now')
    expect(await textOf(teacher.page)).not.toContain('Callum')

    // The school has made a new record with a new number; here even the old number is tried.
    const child = { reference: '992-ANEW', forename: 'Cal', surname: 'Newname', upn: callum.upn }
    const path = await addAtEllerwick(officer, child, today)
    await keyUpn(teacher, 'Kestrelham', callum.upn)
    expect(await textOf(teacher.page)).toContain('The place is confirmed')
    await teacher.page.goto(`${base}/inbox`)
    const workbook = await download(teacher.page, 'Get the workbook')
    const row = rowsOf(workbook).find(({ forename }) => forename?.raw === 'Cal')
    expect(row?.answers.map(({ item }) => item)).not.toContain('hours_offered')
    for (const at of [teacher, officer, head]) {
      await at.page.goto(`${base}${path}`)
      const held = `${await at.page.content()}${await everyMenuPage(at)}`
      for (const trace of ['Callum', 'Wray', callum.reference, callum.path]) expect(held).not.toContain(trace)
      expect(await textOf(at.page)).not.toMatch(/adopted|sealed/i)
    }
    for (const at of [officer, head])
      for (const sought of [callum.reference, callum.upn]) {
        await seek(at, sought)
        expect(await at.page.content()).not.toMatch(/Callum|>992-\d{4}</)
      }
    const outbox = await portal.runtime.db.query.selectFrom('outbox').select(['subject', 'text']).execute()
    expect(JSON.stringify(outbox)).not.toMatch(/Callum|Wray|Newname/)
    const sealed = await portal.runtime.db.query
      .selectFrom('audit')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .innerJoin('pupil', 'pupil.number', 'audit.pupil_number')
      .where('pupil.id', '=', callum.path.replace('/pupils/', ''))
      .where('audit.action', '=', 'looked up')
      .executeTakeFirstOrThrow()
    expect(sealed.count).toBe(0)
    expect([...teacher.complaints, ...officer.complaints, ...head.complaints]).toEqual([])
  })
})
