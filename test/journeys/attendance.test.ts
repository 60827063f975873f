import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mondayOf, weekOf } from '../../src/domain/attendance/week.ts'
import { instant, plusDays, todayInLondon } from '../../src/domain/dates.ts'
import { look } from './look.ts'
import { openBrowser, signIn, textOf } from './person.ts'
import { nodePortal, type Portal, workerPortal } from './server.ts'

const csv = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\r\n')}\r\n`),
})

const send = async (page: Page, file: ReturnType<typeof csv>) => {
  await page.getByLabel('Attendance files').setInputFiles(file)
  await page.getByRole('button', { name: 'Read the files' }).click()
  await page.getByRole('heading', { level: 2, name: file.name }).waitFor()
}

describe.runIf(process.env['CHROMIUM']).each([
  ['on Node', nodePortal],
  ['in workerd', workerPortal],
])('attendance %s', (of, open: () => Promise<Portal>) => {
  let portal: Portal
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
    portal = await open()
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  test('a contractor’s file comes in, the child’s year shows it, and the school’s return asks no sessions', async () => {
    const lead = await signIn(browser, portal.base, 'd.okoro@ellerwick.example')
    await lead.page.goto(`${portal.base}/pupils`)
    await lead.page.getByRole('link', { name: 'Jayden T.' }).click()
    const pupil = lead.page.url()
    await lead.page.getByRole('link', { name: /date of birth|UPN|full/i }).click()
    const upn = /[A-Z]\d{11}[\dA-Z]/.exec(await textOf(lead.page))?.[0] ?? ''
    expect(upn).not.toBe('')

    const officer = await signIn(browser, portal.base, 'h.marsh@wendlemoor.example')
    const { page } = officer
    await page.goto(`${portal.base}/imports`)
    await page.getByRole('link', { name: 'Send attendance' }).click()
    expect(await look(page)).toEqual([])
    const monday = mondayOf(weekOf(todayInLondon(instant(Date.now()))) - 1)
    const line = (who: string, day: string, session: string, mark: string) =>
      `${who},Qxname,${day},${session},${mark},Qxcomment`
    await page
      .getByLabel('Attendance files')
      .setInputFiles(csv('unclear.csv', ['Learner,When,Half,Told', `${upn},${monday},First,/`]))
    await page.getByRole('button', { name: 'Read the files' }).click()
    await page.getByRole('heading', { level: 1, name: 'Say what the columns are' }).waitFor()
    expect(await look(page)).toEqual([])
    for (const [head, is] of [
      ['Learner', 'upn'],
      ['When', 'day'],
      ['Half', 'session'],
      ['Told', 'mark'],
    ] as const)
      await page.getByLabel(`${head}, is`).selectOption(is)
    const tryIt = page.getByRole('button', { name: 'Try it on the file' }).last()
    await tryIt.click()
    await page.getByText('1 line read, 1 with something to mend.').waitFor()
    await page.getByLabel('What the file calls mornings').fill('First')
    await tryIt.click()
    await page.getByText('1 line read, none with something to mend.').waitFor()
    expect(await look(page)).toEqual([])
    await page.getByLabel('Name of this layout').fill('Daily file')
    await page.getByRole('button', { name: 'Save, and read the file' }).click()
    await page.getByRole('heading', { level: 2, name: 'unclear.csv' }).waitFor()
    await page.getByRole('button', { name: 'Give this file up' }).first().click()
    expect(await textOf(page)).not.toContain('unclear.csv')
    await send(
      page,
      csv('week.csv', [
        'UPN,Surname,Date,Session,Mark,Comment',
        ...[0, 1, 2, 3, 4].flatMap((at) => [
          line(upn, plusDays(monday, at), 'AM', at === 2 ? 'T' : '/'),
          line(upn, plusDays(monday, at), 'PM', at === 2 ? 'T' : '\\'),
        ]),
        line(upn, 'someday', 'AM', '/'),
        line('Z999999999999', monday, 'AM', '/'),
      ]),
    )
    const read = await textOf(page)
    expect(read).toContain('Children on your list1')
    expect(read).toContain('Lines held back1')
    expect(read).toContain('Comment')
    expect(read).toContain('The day cannot be read')
    expect(await page.content()).not.toMatch(/Qxname|Qxcomment/)
    expect(await look(page)).toEqual([])
    await page.getByLabel('I have looked at what is to check').first().check()
    await page.getByRole('button', { name: 'Use what was read' }).first().click()
    expect(await textOf(page)).toContain('In use')

    await page.goto(`${pupil}/attendance`)
    expect(await page.textContent('h1')).toMatch(/Jayden T\./)
    expect(await textOf(page)).toContain('week.csv')
    expect(await look(page)).toEqual([])

    await lead.page.goto(`${pupil.replace(/\?.*/, '')}/attendance`)
    expect(await lead.page.content()).not.toContain('week.csv')
    expect(await look(lead.page)).toEqual([])
    await lead.page.goto(`${portal.base}/return/form`)
    await lead.page
      .getByRole('link', { name: /Jayden T\./ })
      .first()
      .click()
    expect(await textOf(lead.page)).toMatch(/register/i)
    expect(await lead.page.locator('[name*=sessions_possible]').count()).toBe(0)
    expect([...lead.complaints, ...officer.complaints]).toEqual([])
  })

  test('a large file is read, in the background where the page would wait for it, and refused ones say why', async () => {
    const { page, complaints } = await signIn(browser, portal.base, 'h.marsh@wendlemoor.example')
    await page.goto(`${portal.base}/attendance-files`)
    const lines = (count: number) => [
      'UPN,Surname,Date,Session,Mark,Comment',
      ...Array.from({ length: count }, (_, at) => {
        const day = plusDays(mondayOf(2904 + (Math.floor(at / 10) % 40)), Math.floor((at % 10) / 2))
        const upn = `Z${String(100_000_000_000 + Math.floor(at / 400)).slice(0, 12)}`
        return `${upn},Qxname,${day},${at % 2 === 0 ? 'AM' : 'PM'},/,Qxcomment`
      }),
    ]
    for (const [name, count, end] of [
      ['large.csv', 25_000, 'Fitted nobody on your list'],
      ['too-large.csv', 100_400, of === 'in workerd' ? 'Too many marks for one file' : 'Fitted nobody on your list'],
    ] as const) {
      await send(page, csv(name, lines(count)))
      const shown = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) })
      for (let looked = 0; looked < 60 && (await textOf(shown)).includes('Being read'); looked += 1) {
        if (looked === 0) expect(await look(page)).toEqual([])
        await page.waitForTimeout(500)
        await shown.getByRole('link', { name: 'Look again' }).click()
      }
      expect(await textOf(shown)).toContain(end)
      expect(await look(page)).toEqual([])
      const away = of === 'in workerd' && count > 100_000 ? 'Take it off this list' : 'Give this file up'
      await shown.getByRole('button', { name: away }).click()
      expect(await textOf(page)).not.toContain(name)
    }
    expect(await page.content()).not.toMatch(/Qxname|Qxcomment/)
    expect(complaints).toEqual([])
  })
})
