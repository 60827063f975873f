import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, plusDays, todayInLondon } from '../../src/domain/dates.ts'
import { look } from './look.ts'
import { asFile, confirm, download, openBrowser, signIn, textOf, upload } from './person.ts'
import { type NodePortal, nodePortal } from './server.ts'

const journeys = describe.runIf(process.env['CHROMIUM'])
const school = 'Marrow Lane Primary'
const asTyped = (day: string) => day.split('-').reverse().join(' ')

journeys('a late school is called, reminded, given time, and let in after the round has closed', () => {
  const opened: { portal?: NodePortal; browser?: Browser } = {}
  beforeAll(async () => {
    opened.portal = await nodePortal()
    opened.browser = await openBrowser()
  }, 300_000)
  afterAll(async () => {
    await opened.browser?.close()
    await opened.portal?.stop()
  }, 60_000)
  const open = () => {
    if (!opened.portal || !opened.browser) throw new Error('not opened')
    const { portal, browser } = opened
    return {
      portal,
      /** Without JavaScript: everything here is links and forms. */
      enter: (email: string) => signIn(browser, portal.base, email, false),
      seeing: (email: string) => signIn(browser, portal.base, email),
    }
  }
  const officer = 'h.marsh@wendlemoor.example'
  const lead = 'b.carrow@marrow-lane.example'

  const ofSchool = async (page: Page, base: string) => {
    await page.goto(`${base}/calls`)
    await page
      .getByRole('row', { name: new RegExp(school) })
      .getByRole('link', { name: school, exact: true })
      .click()
  }

  const toBoard = async (page: Page, base: string) => {
    await page.goto(`${base}/rounds`)
    await page.locator('main tbody').getByRole('link').first().click()
  }

  test('every page looks right to who cannot see it well', async () => {
    const { portal, seeing } = open()
    const { page } = await seeing(officer)
    for (const path of ['/calls', '/calls/settings', '/calls/remind']) {
      await page.goto(`${portal.base}${path}`)
      expect(await look(page)).toEqual([])
    }
    await ofSchool(page, portal.base)
    expect(await look(page)).toEqual([])
    await page.getByRole('link', { name: 'Give a later date' }).click()
    expect(await look(page)).toEqual([])
    await toBoard(page, portal.base)
    await page.getByRole('link', { name: 'Close this round' }).click()
    expect(await look(page)).toEqual([])
  }, 300_000)

  test('from the first call to the late return', async () => {
    const { portal, enter } = open()
    const { base, clock } = portal
    const today = todayInLondon(instant(Date.now()))
    const team = await enter(officer)

    // Called: what is missing is said at its field, then it is logged with something to do.
    await ofSchool(team.page, base)
    await team.page.getByRole('button', { name: 'Log it' }).click()
    expect(await textOf(team.page)).toContain('Give the name of whom you spoke')
    await team.page.getByLabel('With whom').fill('Beth Carrow')
    await team.page.getByLabel('What came of it').selectOption('will_send')
    await team.page.getByLabel('What was said').fill('New to the post. About A123456789012')
    await team.page.getByLabel('What is to be done next').fill('Send the link again')
    await team.page.getByLabel('By when').fill(asTyped(today))
    await team.page.getByRole('button', { name: 'Log it' }).click()
    expect(await textOf(team.page)).toContain('This holds a UPN')
    await team.page.getByLabel('What was said').fill('New to the post')
    await team.page.getByRole('button', { name: 'Log it' }).click()
    expect(await textOf(team.page)).toContain('With Beth Carrow')
    await team.page.getByRole('button', { name: 'Checked today' }).click()
    expect(await textOf(team.page)).toContain('by Helen Marsh')
    await team.page.goto(`${base}/calls?stage=key_stage_2`)
    expect(await textOf(team.page)).toContain('Send the link again')
    expect(await textOf(team.page)).toContain('1 of 12 schools')
    await team.page.getByRole('button', { name: /^Done/ }).click()
    expect(await textOf(team.page)).toContain('Nothing was left to do')

    // Reminded: once a week, seen first, and no more than that.
    await team.page.getByRole('link', { name: `Remind ${school}` }).click()
    expect(await textOf(team.page)).toContain('Remind one school?')
    const stale = team.page.url()
    await team.page.getByRole('button', { name: 'Send one reminder' }).click()
    expect(await textOf(team.page)).toContain('One school is reminded.')
    await team.page.goto(stale)
    expect(await textOf(team.page)).toContain('Reminded this week already')
    const reminders = async () =>
      (await portal.runtime.db.query.selectFrom('outbox').select(['to_address', 'text']).execute()).filter(
        ({ to_address, text }) => to_address === lead && /has not had your/.test(text),
      )
    expect(await reminders()).toHaveLength(1)

    // Given time: the school reads the date and the reason, and not who said what.
    await ofSchool(team.page, base)
    await team.page.getByRole('link', { name: 'Give a later date' }).click()
    await team.page.getByLabel('New date').fill(asTyped(plusDays(today, -1)))
    await team.page.getByRole('button', { name: 'Give the later date' }).click()
    expect(await textOf(team.page)).toContain('Give today or a later day')
    await team.page.getByLabel('New date').fill(asTyped(plusDays(today, 2)))
    await team.page.getByLabel('Reason').fill('You are new to the post')
    await team.page.getByRole('button', { name: 'Give the later date' }).click()
    const teacher = await enter(lead)
    await teacher.page.goto(`${base}/inbox`)
    expect(await textOf(teacher.page)).toContain('“You are new to the post”')
    expect(await textOf(teacher.page)).not.toContain('Helen Marsh')

    // The time passes; what is typed while the round closes is given back, and nothing saved before is lost.
    clock.later(4)
    const later = await enter(lead)
    const workbook = await download(later.page, 'Get the workbook')
    await later.page.goto(`${base}/return/form/next`)
    const form = later.page.url()
    await later.page.locator('#a-child_view_words').fill('Likes the library')
    await later.page.getByRole('button', { name: 'Save', exact: true }).last().click()
    const officerLater = await enter(officer)
    await toBoard(officerLater.page, base)
    await officerLater.page.getByRole('link', { name: 'Close this round' }).click()
    expect(await textOf(officerLater.page)).toContain(school)
    await later.page.goto(form)
    await later.page.locator('#a-child_view_words').fill('Likes the new library')
    await officerLater.page.getByRole('button', { name: 'Close the round' }).click()
    await later.page.getByRole('button', { name: 'Save', exact: true }).last().click()
    expect(await textOf(later.page)).toContain('Wendlemoor closed this round')
    expect(await textOf(later.page)).toContain('Likes the new library')
    await later.page.goto(`${base}/return/upload`)
    await later.page.getByLabel('Your file').setInputFiles(asFile('late.xlsx', workbook))
    await later.page.getByRole('button', { name: 'Upload and check' }).click()
    expect(await textOf(later.page)).toMatch(/This round is closed|closed this round/)

    // Open again for this school alone; it goes in, and says for good that it was late.
    await toBoard(officerLater.page, base)
    await officerLater.page.getByRole('link', { name: school, exact: true }).click()
    await officerLater.page.getByRole('link', { name: 'Open the round again for this school' }).click()
    await officerLater.page.getByLabel('Last day').fill(asTyped(plusDays(today, 5)))
    await officerLater.page.getByLabel('Reason').fill('Nearly done')
    await officerLater.page.getByRole('button', { name: 'Open it for this school' }).click()
    await later.page.goto(`${base}/inbox`)
    expect(await textOf(later.page)).toContain('has opened it for you')
    await later.page.goto(form)
    expect(await later.page.locator('#a-child_view_words').inputValue()).toBe('Likes the library')
    await upload(later.page, base, 'late.xlsx', workbook)
    await confirm(later.page, 'Wendlemoor')
    expect(await textOf(later.page)).toContain('Late: it was due')
    await toBoard(officerLater.page, base)
    expect(await textOf(officerLater.page.getByRole('row', { name: new RegExp(school) }))).toContain('Submitted late')
    for (const { complaints } of [team, teacher, later, officerLater]) expect(complaints).toEqual([])
  }, 300_000)
})
