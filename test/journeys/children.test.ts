import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { download, openBrowser, signIn, upload } from './person.ts'
import { nodePortal } from './server.ts'

const chromium = process.env['CHROMIUM']

describe.runIf(chromium)('what a child’s record can be', () => {
  let portal: Awaited<ReturnType<typeof nodePortal>>
  let browser: Browser
  beforeAll(async () => {
    portal = await nodePortal()
    browser = await openBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  const factOf = async (surname: string) => {
    const { query } = portal.runtime.db
    const row = await query
      .selectFrom('pupil_detail')
      .innerJoin('pupil', 'pupil.number', 'pupil_detail.pupil_number')
      .leftJoin('pupil_identifier', 'pupil_identifier.pupil_number', 'pupil.number')
      .select(['pupil.id', 'pupil.child_reference as reference', 'pupil_identifier.value as upn'])
      .where('pupil_detail.attribute', '=', 'surname')
      .where('pupil_detail.value', '=', surname)
      .executeTakeFirstOrThrow()
    return { id: row.id, reference: row.reference, upn: row.upn ?? '' }
  }

  test('an asserted place is only counted until the school itself keys the child’s UPN', async () => {
    const { base } = portal
    const { page } = await signIn(browser, base, 'd.okoro@ellerwick.example')
    const { id, upn } = await factOf('Orrell')
    expect(await page.textContent('main')).toContain('Kestrelham believes you have one more child in its care')
    expect(await page.content()).not.toContain('Tamsin')
    expect((await page.goto(`${base}/pupils/${id}`))?.status()).toBe(404)
    await page.goto(`${base}/inbox`)
    await page.getByText('Tell us who it is').click()
    await page.getByLabel('Unique pupil number (UPN)').fill('A999999999999')
    await page.getByRole('button', { name: 'It is this child' }).click()
    expect(await page.textContent('main')).toContain('That is not the child we mean')
    await page.getByLabel('Unique pupil number (UPN)').fill(upn)
    await page.getByRole('button', { name: 'It is this child' }).click()
    expect(await page.textContent('main')).toContain('The place is confirmed')
    expect((await page.goto(`${base}/pupils/${id}`))?.status()).toBe(200)
  })

  test('care ends in mid-round: the record closes at once, and the row of a workbook taken before is not taken in', async () => {
    const { base } = portal
    const lead = await signIn(browser, base, 'd.okoro@ellerwick.example')
    const workbook = await download(lead.page, 'Get the workbook')
    const { id, reference } = await factOf('Thorne')
    const officer = await signIn(browser, base, 'h.marsh@wendlemoor.example')
    await officer.page.goto(`${base}/pupils`)
    await officer.page.locator('#query').fill(reference)
    await officer.page.locator('main search button').click()
    await officer.page.getByRole('link', { name: /Jayden T\./ }).click()
    await officer.page.goto(`${base}/pupils/${id}/care-end`)
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    await officer.page.locator('#lastDay').fill(yesterday)
    await officer.page.locator('#reason').selectOption('returned_home')
    await officer.page.getByRole('button', { name: 'Save the end of care' }).click()
    expect((await lead.page.goto(`${base}/pupils/${id}`))?.status()).toBe(404)
    await upload(lead.page, base, 'before.xlsx', workbook)
    expect(await lead.page.textContent('main')).toContain('Not asked now')
    expect(await lead.page.textContent('main')).not.toContain('Jayden')
  })

  test('an adopted child’s record is sealed: nobody finds it, and a new record of the same child is linked to nothing', async () => {
    const { base } = portal
    const { id, reference, upn } = await factOf('Carter-Lowe')
    for (const email of [
      'h.marsh@wendlemoor.example',
      'a.dhillon@wendlemoor.example',
      'b.carrow@marrow-lane.example',
    ]) {
      const { page } = await signIn(browser, base, email)
      expect((await page.goto(`${base}/pupils/${id}`))?.status()).toBe(404)
      if (email.startsWith('b.')) continue
      for (const sought of [reference, upn]) {
        await page.goto(`${base}/pupils`)
        await page.locator('#query').fill(sought)
        await page.locator('main search button').click()
        expect(await page.content()).not.toContain('Alfie')
      }
    }
    const { page } = await signIn(browser, base, 'h.marsh@wendlemoor.example')
    await page.goto(`${base}/pupils/add`)
    await page.locator('#childReference').fill('991-NEW')
    await page.locator('#forename').fill('Alfie')
    await page.locator('#surname').fill('Newname')
    await page.locator('#upn').fill(upn)
    await page.locator('#careFirstDay').fill('1 11 2026')
    await page.getByRole('button', { name: 'Add the pupil' }).click()
    const fresh = await factOf('Newname')
    await page.goto(`${base}/pupils/${fresh.id}`)
    const text = (await page.textContent('main')) ?? ''
    expect(text).not.toContain('Where did this come from')
    expect(text).not.toContain('Marrow Lane')
    expect(await page.content()).not.toContain(reference)
  })

  test('a no-disclose child is read by the officer who handles it and the head, and by nobody else in the council', async () => {
    const { base } = portal
    const { id } = await factOf('Farrow')
    const statuses = []
    for (const email of [
      'c.bowen@wendlemoor.example',
      'a.dhillon@wendlemoor.example',
      'h.marsh@wendlemoor.example',
      'y.brandt@kestrelham.example',
      'd.okoro@ellerwick.example',
    ]) {
      const { page } = await signIn(browser, base, email)
      statuses.push((await page.goto(`${base}/pupils/${id}`))?.status())
    }
    expect(statuses).toEqual([200, 200, 404, 404, 404])
  })

  test('one council’s officer never opens the file that holds another council’s rows', async () => {
    const { base } = portal
    const lead = await signIn(browser, base, 'd.okoro@ellerwick.example')
    const workbook = await download(lead.page, 'Get the workbook')
    await upload(lead.page, base, 'three-councils.xlsx', workbook)
    await lead.page.getByRole('button', { name: /to Wendlemoor$/ }).click()
    await lead.page.waitForURL(/\/receipts\//)
    const officer = await signIn(browser, base, 'a.dhillon@wendlemoor.example')
    await officer.page.goto(`${base}/imports`)
    await officer.page.getByRole('link', { name: 'three-councils.xlsx' }).first().click()
    const address = officer.page.url()
    expect(await officer.page.content()).not.toContain('Kestrelham')
    const file = await officer.page.request.get(`${address}/file`)
    expect(file.status()).toBe(404)
  })
})
