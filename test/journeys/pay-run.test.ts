import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, plusDays, todayInLondon } from '../../src/domain/dates.ts'
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
  /** Where the record of the child is whom the run pays for. */
  let pupil = ''
  beforeAll(async () => {
    browser = await openBrowser()
    portal = await open()
    head = await signIn(browser, portal.base, 'a.dhillon@wendlemoor.example')
    finance = await signIn(browser, portal.base, 'r.song@wendlemoor.example')
    for (const { page } of [head, finance]) page.setDefaultTimeout(30_000)
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
      await at.getByLabel('How much, £').fill('100')
    }
    await head.page.getByRole('button', { name: 'Set it aside' }).click()
    await twice.getByRole('button', { name: 'Set it aside' }).click()
    expect(await heading(twice)).not.toContain('What you are given')
    await twice.close()
    expect(await textOf(head.page)).toContain('£100.00 is set aside.')
    await head.page.getByLabel('How much, £').fill('100.01')
    await head.page.getByRole('button', { name: 'Put it back' }).click()
    expect(await textOf(head.page.getByRole('alert'))).toContain('no more than is set aside')
    await head.page.getByLabel('How much, £').fill('100')
    await head.page.getByRole('button', { name: 'Put it back' }).click()
    expect(await head.page.getByRole('button', { name: 'Put it back' }).count()).toBe(0)
  })

  test('a run is proposed, its plans typed, approved as it was seen, and pays nobody twice; finance sees sums', async () => {
    const { page } = head
    await propose(page)
    expect(await heading(page)).toBe('Nothing is paid')
    expect(await textOf(page)).toContain('No plan meeting held in the term')
    const name = 'Amara D.'
    await page.locator('main table').getByRole('link', { name }).first().click()
    pupil = page.url()
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

  test('what was paid by entitlement waits for the return, is let pass with a reason and paid, and its use is reported', async () => {
    const { page } = head
    const paidRow = (at: Page) => at.locator('main tr', { hasText: '£480.50' }).getByRole('link').first()
    await page.goto(`${portal.base}/funding/payments`)
    expect(await textOf(page)).toContain('Wait for the virtual school')
    await paidRow(page).click()
    const reference = /\d{3}-\d\d-P\d{4}/.exec(await textOf(page))?.[0] ?? ''
    expect(await textOf(page)).toMatch(/Payment for the plan \(PEP\), \w+.\d{4}, for Amara D\./)
    expect(await look(page)).toEqual([])
    await page.getByRole('button', { name: 'Pay without them' }).click()
    expect(await textOf(page.getByRole('alert'))).toContain('Say why.')
    await page.getByLabel('Why?').first().fill('Amara moves on Friday.')
    await page.getByRole('button', { name: 'Pay without them' }).click()
    expect(await textOf(page)).toContain('Amara moves on Friday.')
    const council = page.url()

    await finance.page.goto(council)
    expect(await textOf(finance.page)).toContain('May be paid before everything is in')
    expect(await textOf(finance.page)).not.toContain('Amara')
    await finance.page.goto(`${portal.base}/funding/payments`)
    await finance.page.getByRole('button', { name: /^Send \d+ payment/ }).click()
    await finance.page.getByLabel('Your file').setInputFiles({
      name: 'paid.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Reference,Amount,Paid on\n${reference},480.50,${today().replaceAll(' ', '/')}\n`),
    })
    await finance.page.getByRole('button', { name: 'Read it' }).click()
    expect(await heading(finance.page)).toBe('1 of 1 lines matched')

    const teacher = await signIn(browser, portal.base, 'd.okoro@ellerwick.example')
    teacher.page.setDefaultTimeout(30_000)
    await teacher.page.goto(`${portal.base}/money`)
    expect(await look(teacher.page)).toEqual([])
    await teacher.page.getByRole('link', { name: /^Report how it was used Payment for the plan \(PEP\)/ }).click()
    expect(await textOf(teacher.page)).toContain(reference)
    await teacher.page.getByRole('button', { name: 'Report the use' }).click()
    expect(await textOf(teacher.page.getByRole('alert'))).toContain('Say what was spent, in pounds')
    expect(await look(teacher.page)).toEqual([])
    await teacher.page.getByLabel('Spent, £').fill('480.51')
    await teacher.page.getByLabel('Target met').check()
    await teacher.page.getByLabel('Where is the child now?').fill('Reads to a younger class.')
    await teacher.page.getByRole('button', { name: 'Report the use' }).click()
    expect(await textOf(teacher.page.getByRole('alert'))).toContain('No more than £480.50')
    expect(await teacher.page.getByLabel('Where is the child now?').inputValue()).toBe('Reads to a younger class.')
    await teacher.page.getByLabel('Spent, £').fill('470')
    await teacher.page.getByRole('button', { name: 'Report the use' }).click()
    expect(await textOf(teacher.page)).toContain('£470.00 spent. Target met.')
    expect(await look(teacher.page)).toEqual([])

    await page.goto(council)
    expect(await textOf(page)).toContain('Reads to a younger class.')
    expect(await look(page)).toEqual([])
    await finance.page.goto(council)
    expect(await textOf(finance.page)).not.toContain('Reads to a younger class.')
    await page.goto(`${portal.base}/funding/impact`)
    expect(await textOf(page.getByRole('table', { name: 'By intervention' }))).toContain('Paid by entitlement')
  })

  test('when the child moves what is not spent comes back and goes on to the next school, once', async () => {
    const { page } = head
    const day = (from: number) =>
      plusDays(todayInLondon(instant(Date.now())), from)
        .split('-')
        .map(Number)
        .reverse()
        .join(' ')
    const officer = await signIn(browser, portal.base, 'h.marsh@wendlemoor.example')
    officer.page.setDefaultTimeout(30_000)
    await officer.page.goto(pupil)
    await officer.page.getByRole('link', { name: 'This place ends' }).first().click()
    await officer.page.getByLabel('Last day').fill(day(-1))
    await officer.page.getByRole('button', { name: 'Save the last day' }).click()
    await officer.page.goto(pupil)
    await officer.page.getByRole('link', { name: 'Add a place' }).click()
    await officer.page.getByLabel('School', { exact: true }).selectOption({ label: 'Wendle Park School' })
    await officer.page.getByLabel('First day').fill(day(0))
    await officer.page.getByRole('button', { name: 'Add the place' }).click()
    await officer.page.goto(`${portal.base}/places`)
    await officer.page.getByRole('link', { name: 'Log a call Amara D.' }).click()
    await officer.page.getByLabel('Who you spoke to').fill('The office')
    await officer.page.getByLabel('The child is on its roll').check()
    await officer.page.getByRole('button', { name: 'Save the call' }).click()

    await page.goto(`${portal.base}/funding/settlements`)
    expect(await textOf(page)).toContain('£10.50 is to go on to Wendle Park')
    expect(await look(page)).toEqual([])
    await page
      .getByRole('link', { name: /^Note what came back/ })
      .last()
      .click()
    await page.getByLabel('How much, £').fill('10.50')
    await page.getByLabel('On which day?').fill(day(0))
    await page.getByLabel('Why?').last().fill('The child has moved.')
    await page.getByRole('button', { name: 'Note it' }).click()
    const twice = await page.context().newPage()
    for (const at of [page, twice]) await at.goto(`${portal.base}/funding/settlements`)
    const onward = (at: Page) => at.getByRole('button', { name: /^Pay £10\.50 to Wendle Park/ })
    expect(await look(page)).toEqual([])
    await onward(page).click()
    expect(await textOf(page)).toContain('It was paid on to the next school.')
    await onward(twice).click()
    expect(await textOf(twice)).not.toContain('It was paid on to the next school.')
    await twice.close()
    const tarn = await signIn(browser, portal.base, 'a.tarn@wendle-park.example')
    await tarn.page.goto(`${portal.base}/money`)
    expect(await textOf(tarn.page)).toContain('Payment that goes on with the child')
    expect(await textOf(tarn.page)).toContain('£10.50')
  })
})
