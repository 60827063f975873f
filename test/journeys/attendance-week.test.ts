import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { look } from './look.ts'
import { openBrowser, signIn, textOf } from './person.ts'
import { nodePortal, type Portal, workerPortal } from './server.ts'

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

    test('a school types a mark of its week, and child’s year, tables and register of routes know it', async () => {
      const { base } = portal
      const seen: string[] = []
      const lookAt = async (page: Page) => {
        if (javaScriptEnabled) seen.push(...(await look(page)))
      }
      const lead = await signIn(browser, base, 'd.okoro@ellerwick.example', javaScriptEnabled)
      const { page } = lead
      await page.getByRole('link', { name: 'Your school' }).click()
      await page.getByRole('link', { name: 'Marks of a week' }).click()
      await lookAt(page)
      await page.getByLabel('Amara D., Monday morning').fill('Y8')
      await page.getByRole('button', { name: 'Send this week' }).click()
      await page.getByRole('alert').first().waitFor()
      expect(await textOf(page)).toContain('“Y8” is no code of that day')
      await lookAt(page)
      await page.getByLabel('Amara D., Monday morning').fill('m')
      await page.getByRole('button', { name: 'Send this week' }).click()
      await page.getByRole('status').waitFor()
      expect(await page.getByRole('status').textContent()).toMatch(/^Sent: \d+ marks? of \d pupils?\./)
      expect(await page.getByLabel('Amara D., Monday morning').inputValue()).toBe('M')

      await page.getByRole('link', { name: 'Amara D.' }).click()
      expect(await page.textContent('h1')).toMatch(/^Amara D\. was at \d+ of \d+ sessions$/)
      expect(await page.locator('svg[role=img]').count()).toBe(3)
      const absence = page.getByRole('row', { name: /^Monday \d+ \w+, morning/ }).first()
      expect(await textOf(absence)).toMatch(/M At the doctor or dentist.*Absent, authorised.*typed on a page, line \d/)
      await lookAt(page)

      const officer = await signIn(browser, base, 'h.marsh@wendlemoor.example', javaScriptEnabled)
      await officer.page.getByRole('link', { name: 'Attendance', exact: true }).click()
      expect(await officer.page.textContent('h1')).toMatch(/^\d+\.\d% of sessions attended, by \d+ pupils$/)
      expect(await textOf(officer.page.getByRole('row', { name: /^Ellerwick Academy/ }))).toMatch(/\d+ of \d+/)
      await lookAt(officer.page)
      await officer.page.getByRole('link', { name: 'How each school’s attendance comes' }).click()
      await lookAt(officer.page)
      await officer.page.getByRole('link', { name: 'Change Wendle Park School' }).click()
      await officer.page.getByLabel('We call and type it in').check()
      await officer.page.getByLabel('every week').check()
      await officer.page.getByLabel('How many days later it usually is here').fill('2')
      await officer.page.getByLabel('Why it changes').fill('The contractor no longer calls this school')
      await officer.page.getByRole('button', { name: 'Save' }).click()
      expect(await textOf(officer.page.getByRole('row', { name: /^Wendle Park School/ }))).toContain(
        'Telephone, every week',
      )
      expect(seen).toEqual([])
      expect([...lead.complaints, ...officer.complaints]).toEqual([])
    })
  })

if (process.env['CHROMIUM']) {
  journey('on Node', nodePortal, true)
  journey('on Node, without JavaScript', nodePortal, false)
  journey('inside workerd', workerPortal, true)
} else test.skip('journeys need a browser: CHROMIUM names one', () => undefined)
