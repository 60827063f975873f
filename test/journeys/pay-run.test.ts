import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, todayInLondon } from '../../src/domain/dates.ts'
import { look } from './look.ts'
import { type AtBrowser, download, openBrowser, signIn, textOf } from './person.ts'
import { nodePortal, type Portal, workerPortal } from './server.ts'

const today = () => todayInLondon(instant(Date.now())).split('-').map(Number).reverse().join(' ')

describe.runIf(process.env['CHROMIUM']).each([
  ['on Node', nodePortal],
  ['in workerd', workerPortal],
])('a pay run %s', (_, open: () => Promise<Portal>) => {
  let portal: Portal
  let browser: Browser
  let head: AtBrowser
  let finance: AtBrowser
  beforeAll(async () => {
    browser = await openBrowser()
    portal = await open()
    head = await signIn(browser, portal.base, 'a.dhillon@wendlemoor.example')
    finance = await signIn(browser, portal.base, 'r.song@wendlemoor.example')
    for (const { page } of [head, finance]) page.setDefaultTimeout(12_000)
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  const heading = (page: Page) => textOf(page.getByRole('heading', { level: 1 }))
  const propose = async (page: Page) => {
    await page.goto(`${portal.base}/funding/runs`)
    await page.getByRole('button', { name: 'Propose a run' }).click()
  }

  test('a head begins from a published policy, and whoever set rules from an older page is told', async () => {
    const { page } = head
    await page.goto(`${portal.base}/funding/rules?begin=North%20Northamptonshire`)
    expect(await textOf(page)).toContain('Its policy names no amount: fill one in.')
    expect(await page.getByLabel('Amount, £').inputValue()).toBe('')
    await page.getByLabel('In force from').fill(today())
    await page.getByLabel('Where this was settled').fill('Policy of the board')
    await page.getByRole('button', { name: 'Set the rules' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('Type an amount in pounds')
    expect(await page.getByLabel('Where this was settled').inputValue()).toBe('Policy of the board')
    expect(await look(page)).toEqual([])

    const older = await page.context().newPage()
    for (const at of [page, older]) {
      await at.goto(`${portal.base}/funding/rules?begin=Worcestershire`)
      await at.getByLabel('In force from').fill(today())
      await at.getByLabel('Where this was settled').fill('Policy like Worcestershire')
    }
    await page.getByRole('button', { name: 'Set the rules' }).click()
    expect(await textOf(page)).toContain('Source: Policy like Worcestershire')
    await older.getByRole('button', { name: 'Set the rules' }).click()
    expect(await textOf(older.getByRole('alert'))).toContain('Somebody else set rules')
    expect(await older.getByLabel('Amount, £').inputValue()).toBe('550')
    await older.close()
  })

  test('an allocation that was said meanwhile is shown before another is; what was typed stays', async () => {
    for (const { page } of [head, finance]) {
      await page.goto(`${portal.base}/funding/allocation`)
      await page.getByLabel('Final').check()
      await page.getByLabel('Rate, £').fill('2600')
      await page.getByLabel('How many children or hours').fill('35')
      await page.getByLabel('Where it is written').fill('Letter of December')
    }
    await head.page.getByRole('button', { name: 'Record it' }).click()
    expect(await textOf(head.page.getByRole('table', { name: 'Allocation' }))).toContain('£91,000.00')
    const { page } = finance
    await page.getByRole('button', { name: 'Record it' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('An allocation was recorded meanwhile')
    expect(await page.getByLabel('Where it is written').inputValue()).toBe('Letter of December')
    expect(await look(page)).toEqual([])

    // Sent twice from one page, what is kept back moves once.
    const twice = await head.page.context().newPage()
    for (const at of [head.page, twice]) {
      await at.goto(`${portal.base}/funding/allocation`)
      await at.getByLabel('Keep, £').fill('100')
    }
    await head.page.getByRole('button', { name: 'Set it aside' }).click()
    await twice.getByRole('button', { name: 'Set it aside' }).click()
    expect(await heading(twice)).not.toContain('What you are given')
    await twice.close()
  })

  test('a run is proposed, its plans typed, approved as it was seen, and pays nobody twice; finance sees sums', async () => {
    const { page } = head
    await propose(page)
    expect(await heading(page)).toBe('Nothing is paid')
    expect(await textOf(page)).toContain('No plan meeting held in the term')
    const named = page.locator('main table').getByRole('link').first()
    const name = (await named.textContent())?.trim() ?? ''
    await named.click()
    await page.getByRole('link', { name: 'Say where the plan stands' }).click()
    await page.getByLabel('Meeting held').fill(today())
    await page.getByLabel('Quality').fill('green')
    await page.getByRole('button', { name: 'Save' }).click()
    await propose(page)
    expect(await textOf(page)).toContain('Not said yet what the plan asks for')
    const asks = (at: Page) => at.getByRole('textbox', { name: /^Plan asks for/ }).first()
    await asks(page).fill('lots')
    await page.getByRole('button', { name: 'Save what the plans ask for' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('type an amount in pounds')
    expect(await asks(page).inputValue()).toBe('lots')
    expect(await look(page)).toEqual([])
    await asks(page).fill('4800.50')
    await page.getByRole('button', { name: 'Save what the plans ask for' }).click()
    expect(await heading(page)).toBe('£550.00 in 1 payment')
    expect(await look(page)).toEqual([])

    // Somebody looks at it; what the plan asks for is mended meanwhile.
    const older = await page.context().newPage()
    await older.goto(page.url())
    await asks(page).fill('480.50')
    await page.getByRole('button', { name: 'Save what the plans ask for' }).click()
    expect(await heading(page)).toBe('£480.50 in 1 payment')
    await older.getByRole('button', { name: 'Approve these payments' }).click()
    expect(await textOf(older)).toContain('Something has changed since you looked.')
    expect(await heading(older)).toBe('£480.50 in 1 payment')
    await older.getByRole('button', { name: 'Approve these payments' }).click()
    await older.getByText('Approved').first().waitFor()
    const file = new TextDecoder().decode(await download(older, 'As a CSV file'))
    expect(file).toContain('480.5')
    await older.close()
    await page.getByRole('button', { name: 'Approve these payments' }).click()
    expect(await heading(page)).not.toContain('480.50')

    await finance.page.goto(`${portal.base}/funding/runs`)
    expect(await look(finance.page)).toEqual([])
    expect(await finance.page.getByRole('button', { name: 'Propose a run' }).count()).toBe(0)
    await finance.page
      .locator('main table tr', { hasText: 'Approved' })
      .getByRole('link', { name: /Pupil Premium Plus/ })
      .first()
      .click()
    expect(await heading(finance.page)).toBe('£480.50 in 1 payment')
    expect(await textOf(finance.page)).not.toContain(name)
    expect(await look(finance.page)).toEqual([])
    await finance.page.goto(`${portal.base}/funding/payments`)
    expect(await textOf(finance.page)).toContain('£480.50')

    await propose(page)
    expect(await heading(page)).toBe('Nothing is paid')
    expect(await textOf(page)).toContain('Paid already')
    for (const at of [head, finance]) expect(at.complaints.filter((text) => !text.includes('409'))).toEqual([])
  })
})
