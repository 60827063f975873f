import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellOf, fillWorkbook } from '../make.ts'
import { rowsOf } from './filled.ts'
import { hasFocus, keyboard } from './keyboard.ts'
import { look } from './look.ts'
import { asFile, atBrowser, codeFromOutbox, openBrowser, signIn, textOf } from './person.ts'
import { type NodePortal, nodePortal } from './server.ts'

describe.runIf(process.env['CHROMIUM'])('mending on screen', () => {
  let portal: NodePortal
  let browser: Browser
  beforeAll(async () => {
    portal = await nodePortal()
    browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  test('by keyboard alone: four cells are mended on the page, a row is set aside with its reason, and the return is in', async () => {
    const { base } = portal
    const lead = await atBrowser(browser, base)
    const { page } = lead
    const keys = keyboard(page)
    const button = (name: string | RegExp) => page.getByRole('button', { name })

    await page.goto(`${base}/sign-in`)
    await keys.write(page.getByLabel('Work e-mail'), 'd.okoro@ellerwick.example')
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    await keys.write(page.getByLabel('Code', { exact: true }), await codeFromOutbox(lead))
    await keys.press(page.getByLabel(/stay signed in/), 'Space')
    await keys.go(button('Sign in'))
    const downloading = page.waitForEvent('download')
    await keys.press(page.getByRole('link', { name: 'Get the workbook, already filled in' }))
    const workbook = new Uint8Array(await readFile(await (await downloading).path()))
    const rows = rowsOf(workbook)
    const wrong = [
      { item: 'status', value: 'on role' },
      { item: 'entry_date', value: '31/06/2026' },
      { item: 'hours_offered', value: '99' },
      { item: 'upn', value: 'A999999999999' },
      { item: 'suspensions', value: 'a few' },
    ].map((one, index) => ({ ...one, rowReference: rows[index]?.reference?.raw ?? '' }))
    const cells = wrong.map(({ rowReference, item }) => cellOf(workbook, rowReference, item))

    await keys.go(page.getByRole('link', { name: 'Upload your workbook' }))
    const choosing = page.waitForEvent('filechooser')
    await keys.press(page.getByLabel('Your file'))
    await (await choosing).setFiles(asFile('ellerwick.xlsx', fillWorkbook(workbook, wrong)))
    await keys.go(button('Upload and check'))
    expect(await page.textContent('h1')).toBe('Five cells to mend. Everything else is kept.')
    expect(await page.locator('li.find .cell').allTextContents()).toEqual(cells)

    const control = (cell: number) => page.locator('li.find').nth(cell).locator('input, select').first()
    await keys.to(control(0))
    await page.keyboard.type('On roll here only')
    await keys.write(control(1), '1 9 2025')
    await keys.write(control(2), '250')
    await keys.press(control(3), 'Space')
    await keys.go(button('Save and check again'))
    const still = page.getByRole('alert').getByRole('link')
    expect(await still.count()).toBe(1)
    expect(await page.locator('li.find .cell').allTextContents()).toEqual([cells[2], cells[4]])
    await keys.press(still)
    const reached = page.locator('li.find').first().locator('input')
    expect(await hasFocus(reached)).toBe(true)
    expect(await reached.inputValue()).toBe('250')
    await keys.write(reached, '25')
    await keys.go(button('Save and check again'))
    expect(await page.textContent('h1')).toBe('One cell to mend. Everything else is kept.')

    const aside = page.locator('li.send', { hasText: 'Kestrelham' })
    await keys.press(aside.locator('summary'))
    await keys.write(aside.getByLabel('Why it is set aside'), 'Joined us last week: numbers to follow')
    await keys.go(button('Set aside'))
    expect(await textOf(page)).toContain('Set aside: Joined us last week: numbers to follow')
    expect(await look(page)).toEqual([])
    const check = page.url()
    for (const council of ['Wendlemoor', 'North Ashdale', 'Kestrelham']) {
      await page.goto(check)
      await keys.go(button(new RegExp(`to ${council}$`)))
    }
    expect(await textOf(page)).toContain(`Row ${rows[4]?.number}: Joined us last week: numbers to follow`)
    expect(await look(page)).toEqual([])
    await page.goto(`${base}/inbox`)
    expect(await page.textContent('h1')).toBe('Every return is sent. Nothing is left to do.')
    expect(keys.unseen).toEqual([])
    expect(lead.complaints).toEqual([])

    await page.goto(`${base}/pupils`)
    await page.getByRole('link', { name: 'Kofi B.' }).click()
    const hours = page.locator('.fact', { hasText: 'How many hours of education' })
    expect(await textOf(hours)).toMatch(/As sent99.*Read as25, mended on screen by Dana Okoro/)

    const officer = await signIn(browser, base, 'y.brandt@kestrelham.example')
    await officer.page.goto(`${base}/rounds`)
    await officer.page.locator('main table tbody tr').first().getByRole('link').first().click()
    const school = officer.page.getByRole('row', { name: 'Ellerwick Academy' })
    expect(await textOf(school)).toContain('Submitted')
    await school.getByRole('link').first().click()
    expect(await textOf(officer.page)).toContain('Callum W.: Joined us last week: numbers to follow')
    expect(await look(officer.page)).toEqual([])
  })

  test('the receipt’s e-mail says what is still to answer, as its page does', async () => {
    const { query } = portal.runtime.db
    const mails = await query
      .selectFrom('outbox')
      .select(['subject', 'text'])
      .where('subject', 'like', '%eceipt%')
      .execute()
    expect(mails.length).toBe(3)
    for (const { text } of mails) expect(text).toMatch(/\d+ questions are still/)
  })
})
