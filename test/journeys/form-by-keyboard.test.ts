import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyboard } from './keyboard.ts'
import { atBrowser, codeFromOutbox, openBrowser, textOf } from './person.ts'
import { type NodePortal, nodePortal } from './server.ts'

describe.runIf(process.env['CHROMIUM'])('the return on screen, by somebody who has no mouse', () => {
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

  test('from signing in to the receipt: what is still true, answers typed and chosen, checked, confirmed', async () => {
    const { base } = portal
    const lead = await atBrowser(browser, base)
    const { page } = lead
    const keys = keyboard(page)
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    const saved = () => page.getByRole('status').getByText('Saved', { exact: true }).waitFor()

    await page.goto(`${base}/sign-in`)
    await keys.write(page.getByLabel('Work e-mail'), 'd.okoro@ellerwick.example')
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    await keys.write(page.getByLabel('Code', { exact: true }), await codeFromOutbox(lead))
    await keys.go(button('Sign in'))

    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await keys.go(page.getByRole('link', { name: /^(Answer|Carry on) on screen$/ }))
    expect(await page.textContent('h1')).toContain('Amara D.')
    await keys.go(button(/still true$/))
    expect(await textOf(page)).toContain('Said to be true this term')

    const suspensions = page.getByLabel('Suspensions since 1 September')
    await keys.write(suspensions, 'some')
    await page.keyboard.press('Tab')
    await page.getByText('A number goes here, in digits and without words.').first().waitFor()
    await keys.write(suspensions, '0')
    await page.keyboard.press('Tab')
    await saved()
    const asked = page.getByLabel('Has the child been asked for their view? (optional)')
    await keys.to(asked)
    await page.keyboard.type('Yes')
    await page.keyboard.press('Tab')
    await expect.poll(() => asked.inputValue()).toBe('Yes')
    await keys.write(page.getByLabel('What did the child say?'), 'I like the new art room.')
    await page.keyboard.press('Tab')
    await saved()

    await keys.go(page.getByRole('link', { name: 'All pupils, and sending' }))
    await keys.go(button('Check and send'))
    const council = page.locator('li.send', { has: page.getByRole('heading', { name: 'Wendlemoor', exact: true }) })
    for (const tick of await council.getByRole('checkbox').all()) await keys.press(tick, 'Space')
    await keys.go(council.getByRole('button', { name: /^Confirm and send/ }))
    expect(page.url()).toMatch(/\/receipts\//)
    expect(await page.textContent('h1')).toContain('Sent: Wendlemoor has your return')
    await keys.go(page.getByRole('link', { name: 'Back to your receipts' }))
    expect(keys.unseen).toEqual([])
    expect(lead.complaints).toEqual([])
  })
})
