import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant, plusDays, todayInLondon } from '../../src/domain/dates.ts'
import { look } from './look.ts'
import { type AtBrowser, download, openBrowser, signIn, textOf } from './person.ts'
import { nodePortal, type Portal, workerPortal } from './server.ts'

const typed = (days: number) =>
  plusDays(todayInLondon(instant(Date.now())), days)
    .split('-')
    .map(Number)
    .reverse()
    .join(' ')
const within = 240_000

describe.runIf(process.env['CHROMIUM']).each([
  ['on Node', nodePortal],
  ['in workerd', workerPortal],
])('money %s', (_, open: () => Promise<Portal>) => {
  let portal: Portal
  let browser: Browser
  let teacher: AtBrowser
  let fenwold: AtBrowser
  let head: AtBrowser
  let officer: AtBrowser
  let panel: AtBrowser
  let finance: AtBrowser
  beforeAll(async () => {
    browser = await openBrowser()
    portal = await open()
    const enter = async (email: string) => {
      const at = await signIn(browser, portal.base, email)
      at.page.setDefaultTimeout(30_000)
      return at
    }
    teacher = await enter('d.okoro@ellerwick.example')
    fenwold = await enter('m.sole@fenwold.example')
    head = await enter('a.dhillon@wendlemoor.example')
    officer = await enter('c.bowen@wendlemoor.example')
    panel = await enter('n.ashby@wendlemoor.example')
    finance = await enter('r.song@wendlemoor.example')
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  /** Fills in what an application needs, but for what is left out. */
  const fill = async (page: Page, what: { readonly need: string; readonly each: string; readonly amount?: string }) => {
    await page.getByLabel('What does the child need?').fill(what.need)
    await page.getByLabel('Where is the child now?').fill('11 of 25 on fractions')
    await page.getByLabel('What will have changed?').fill('18 of 25 on fractions')
    await page.getByLabel('How will you measure it?').fill('The same test again')
    await page.getByLabel('When will you measure it?').fill(typed(84))
    await page.getByLabel('Who at your school sees to it?').fill('Head of maths')
    await page.getByLabel('What support is it?').selectOption('Literacy or numeracy programme')
    await page.getByLabel('What', { exact: true }).first().fill('Tutor')
    await page.getByLabel('Kind').first().selectOption('Somebody’s time')
    await page.getByLabel('How many', { exact: true }).first().fill('60')
    await page.getByLabel('Price of one, £').first().fill(what.each)
    await page
      .getByLabel('Comes to, £')
      .first()
      .fill(what.amount ?? '')
  }

  const sendOff = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('Being decided').first().waitFor()
    return /\d{3}-\d\d-\d{3}/.exec(await textOf(page))?.[0] ?? ''
  }

  const putOnAgenda = async (reference: string) => {
    const { page } = head
    await page.goto(`${portal.base}/funding/agenda`)
    expect(await look(page)).toEqual([])
    await page.getByRole('checkbox', { name: new RegExp(reference) }).check()
    await page.getByLabel('Day of the meeting').fill(typed(0))
    await page.getByRole('button', { name: 'Put on the agenda' }).click()
    expect(await textOf(page)).toContain(reference)
  }

  const openQueued = async ({ page }: AtBrowser, reference: string, show = 'open') => {
    await page.goto(`${portal.base}/funding?show=${show}`)
    await page.getByRole('link', { name: reference }).click()
  }

  const decide = async (page: Page, kind: string, more: { readonly amount?: string; readonly said?: string }) => {
    await page.getByLabel(kind, { exact: true }).check()
    if (more.amount !== undefined) await page.getByLabel('How much, £').fill(more.amount)
    await page.getByLabel('What the school is told').fill(more.said ?? '')
    await page.getByRole('button', { name: 'Decide' }).click()
  }

  test(
    'a teacher applies, the coach stops what is not finished, the panel asks, two people agree, the gate is passed, finance pays, the use is reported',
    async () => {
      const { page } = teacher
      await page.goto(`${portal.base}/money`)
      expect(await look(page)).toEqual([])
      await page.getByRole('link', { name: 'Ask for money' }).click()
      expect(await look(page)).toEqual([])
      await page.getByRole('button', { name: 'Begin' }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('Tick at least one child.')
      await page.getByRole('checkbox', { name: /Amara D\./ }).check()
      await page.getByRole('button', { name: 'Begin' }).click()
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('Say what the child needs')
      expect(await textOf(page)).toContain('Before Wendlemoor can pay')
      expect(await look(page)).toEqual([])
      await fill(page, { need: 'Mathematics is a year behind.', each: '40', amount: '2300' })
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('Cost 1 comes to £2,400.00. The line says £2,300.00.')
      expect(await page.getByLabel('What does the child need?').inputValue()).toBe('Mathematics is a year behind.')
      await page.getByLabel('Comes to, £').first().fill('2400')
      const reference = await sendOff(page)
      expect(reference).toMatch(/^991-\d\d-\d{3}$/)
      expect(await look(page)).toEqual([])
      const application = page.url()

      await putOnAgenda(reference)
      await openQueued(panel, reference)
      expect(await look(panel.page)).toEqual([])
      expect(await textOf(panel.page)).not.toContain('Open the record')
      await decide(panel.page, 'Ask the school', { said: 'How will you know half way that it works?' })
      await page.reload()
      expect(await textOf(page)).toContain('How will you know half way that it works?')
      expect(await look(page)).toEqual([])
      await page.getByRole('button', { name: 'Send the answer' }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('Write an answer.')
      await page.getByLabel('Your answer').fill('The same test after six weeks.')
      await page.getByRole('button', { name: 'Send the answer' }).click()
      await page.getByText('Being decided').first().waitFor()

      await openQueued(panel, reference)
      await decide(panel.page, 'Agree', { amount: '9999999' })
      expect(await textOf(panel.page.getByRole('alert'))).toContain('no more than was asked for')
      await decide(panel.page, 'Agree', { amount: '2400', said: 'Good.' })
      await panel.page.getByText('Second person needed').first().waitFor()
      expect(await panel.page.getByLabel('Agree', { exact: true }).count()).toBe(0)
      // What one of two people agreed is told to nobody outside until the second has.
      await page.reload()
      expect(await textOf(page)).not.toContain('Agreed by one of two people')
      await openQueued(head, reference)
      await decide(head.page, 'Agree', { amount: '2400' })
      await head.page.getByText('To send to finance').first().waitFor()
      expect(await look(head.page)).toEqual([])

      await finance.page.goto(`${portal.base}/funding/payments`)
      expect(await textOf(finance.page)).toContain('Wait for the virtual school')
      expect(await textOf(finance.page)).not.toMatch(/Amara|Mathematics is a year/)
      expect(await look(finance.page)).toEqual([])
      await head.page.getByRole('button', { name: 'Pay without them' }).click()
      expect(await textOf(head.page.getByRole('alert'))).toContain('Say why.')
      await head.page.getByLabel('Why?').first().fill('The return comes next week.')
      await head.page.getByRole('button', { name: 'Pay without them' }).click()
      expect(await textOf(head.page)).toContain('May be paid before everything is in')

      await finance.page.goto(`${portal.base}/funding/payments`)
      await finance.page.getByRole('button', { name: /^Send \d+ payments?$/ }).click()
      await finance.page.getByRole('heading', { name: 'With finance' }).waitFor()
      const batch = new TextDecoder().decode(await download(finance.page, 'As a CSV file'))
      const payment = /991-\d\d-P\d{4}(?=.*2400)/.exec(batch)?.[0] ?? ''
      expect(payment).not.toBe('')
      expect(batch).not.toContain('Amara')
      const paid = [
        'Reference,Amount,Paid on',
        `${payment},2400.00,${typed(0).replaceAll(' ', '/')}`,
        'NOBODYS,1.00,1/1/2026',
        `${payment},2400.00,${typed(0).replaceAll(' ', '/')}`,
      ]
      await finance.page
        .getByLabel('Your file')
        .setInputFiles({ name: 'paid.csv', mimeType: 'text/csv', buffer: Buffer.from(paid.join('\n')) })
      await finance.page.getByRole('button', { name: 'Read it' }).click()
      await finance.page.getByRole('heading', { name: '1 of 3 lines matched' }).waitFor()
      expect(await textOf(finance.page)).toContain('no such reference')
      expect(await textOf(finance.page)).toContain('Paid before')
      expect(await look(finance.page)).toEqual([])

      await page.goto(application)
      expect(await textOf(page)).toContain(`remittance ${payment}`)
      expect(await textOf(page)).not.toContain('Good for the child')
      await page.getByRole('button', { name: 'Report the use' }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('Say what was spent')
      expect(await look(page)).toEqual([])
      await page.getByLabel('Spent, £').fill('2350')
      await page.getByLabel('Hours given').fill('58.5')
      await page.getByLabel('Target met').check()
      await page.getByLabel('Where is the child now?').fill('19 of 25 on fractions')
      await page.getByRole('button', { name: 'Report the use' }).click()
      await page.getByText('Paid and reported').first().waitFor()
      await page.getByText('Add a file').first().click()
      await page
        .getByLabel('Add a file')
        .setInputFiles({ name: 'macro.html', mimeType: 'text/html', buffer: Buffer.from('<script>1</script>') })
      await page.getByRole('button', { name: 'Add it' }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('This is neither a PDF nor a picture')
      expect(await look(page)).toEqual([])
      await page
        .getByLabel('Add a file')
        .setInputFiles({ name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 invented') })
      await page.getByRole('button', { name: 'Add it' }).click()
      await page.getByRole('link', { name: 'invoice.pdf' }).waitFor()
      await openQueued(head, reference, 'agreed')
      expect(await textOf(head.page)).toContain('19 of 25 on fractions')
      expect(new TextDecoder().decode(await download(head.page, 'invoice.pdf'))).toBe('%PDF-1.7 invented')
      await page.goto(`${portal.base}/money`)
      expect(await textOf(page)).toContain('Paid and reported')
      for (const there of ['year-end', 'impact']) {
        await head.page.goto(`${portal.base}/funding/${there}`)
        expect(await look(head.page)).toEqual([])
      }
      expect(await textOf(head.page)).toMatch(/\d of \d targets met/)
      expect(await textOf(head.page)).toContain('58.5')
      await head.page.goto(`${portal.base}/funding/ledger`)
      expect(await look(head.page)).toEqual([])
      for (const at of [teacher, panel, head, finance]) expect(at.complaints).toEqual([])
    },
    within,
  )

  test(
    'one project for four children; a supplier that finance has to set up first; nobody’s bank details',
    async () => {
      const { page } = fenwold
      await page.goto(`${portal.base}/money/ask`)
      const names = page.getByRole('group', { name: 'Wendlemoor' }).getByRole('checkbox')
      for (const at of [0, 1, 2, 3]) await names.nth(at).check()
      await page.getByRole('button', { name: 'Begin' }).click()
      await fill(page, { need: 'Four children read below their age.', each: '6' })
      await page.getByRole('button', { name: 'Save and check' }).click()
      expect(await textOf(page)).toContain('Saved. Nothing is sent until you press Send.')
      const reference = await sendOff(page)
      expect(await textOf(page)).toMatch(/for 4 children, one project.*For: \w+ \w\.(, \w+ \w\.){3}/)
      await openQueued(officer, reference)
      expect(await textOf(officer.page)).toContain('4 children, one project')
      await decide(officer.page, 'Agree', { amount: '360' })
      await officer.page.getByText('Supplier set-up needed').first().waitFor()
      await finance.page.goto(`${portal.base}/funding/payments`)
      const held = await textOf(finance.page)
      if (held.includes('Supplier set-up needed')) {
        await finance.page
          .getByRole('link', { name: /^Set up/ })
          .first()
          .click()
        expect(await look(finance.page)).toEqual([])
        await finance.page.getByLabel('Supplier reference').fill('20-30-40 12345678')
        await finance.page.getByRole('button', { name: 'Save' }).click()
        expect(await textOf(finance.page.getByRole('alert'))).toContain('This looks like bank details.')
        await finance.page.getByLabel('Supplier reference').fill('V-00417')
        await finance.page.getByRole('button', { name: 'Save' }).click()
      } else expect(held).toContain('Wait for the virtual school')
      await page.goto(`${portal.base}/money`)
      expect(await textOf(page)).toMatch(/Agreed/)
      expect(fenwold.complaints).toEqual([])
    },
    within,
  )

  test(
    'money is asked for from inside the return, and what was typed there stays',
    async () => {
      const { page } = teacher
      await page.goto(`${portal.base}/return/form`)
      await page
        .getByRole('link', { name: /^Amara D\./ })
        .first()
        .click()
      const typedInto = page.locator('main section.part input.govuk-input:visible').first()
      await typedInto.fill('7')
      await typedInto.press('Tab')
      await page.getByRole('button', { name: 'Save, and ask for money for Amara D.' }).click()
      await page.waitForURL('**/money/ask?pupil=*')
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1)
      expect(await page.getByRole('checkbox', { name: /Amara D\./ }).isChecked()).toBe(true)
      await page.goBack()
      await page.reload()
      expect(await typedInto.inputValue()).toBe('7')
      expect(await look(page)).toEqual([])
    },
    within,
  )

  test(
    'a refusal says why, and its review is somebody else’s',
    async () => {
      const { page } = fenwold
      await page.goto(`${portal.base}/money/ask`)
      await page.getByRole('group', { name: 'Wendlemoor' }).getByRole('checkbox').nth(4).check()
      await page.getByRole('button', { name: 'Begin' }).click()
      await fill(page, { need: 'Has few friends at school.', each: '4' })
      await page.getByLabel('What support is it?').selectOption('Horse-assisted learning')
      const reference = await sendOff(page)
      expect(await textOf(page.getByRole('heading', { level: 1 }))).toContain('Horse-assisted learning')
      const application = page.url()
      await openQueued(officer, reference)
      await decide(officer.page, 'Decline', {})
      expect(await textOf(officer.page.getByRole('alert'))).toContain('Tell the school why')
      await decide(officer.page, 'Decline', { said: 'It is not tied to a target in the plan.' })
      await officer.page.getByText('Declined').first().waitFor()
      await page.goto(application)
      expect(await textOf(page)).toContain('It is not tied to a target in the plan.')
      await page.getByLabel('What should be looked at again?').fill('It is target 2 of the plan.')
      await page.getByRole('button', { name: 'Ask for a review' }).click()
      await page.getByText('Being decided').first().waitFor()
      await openQueued(officer, reference)
      expect(await officer.page.getByRole('button', { name: 'Decide' }).count()).toBe(0)
      await openQueued(head, reference)
      await decide(head.page, 'Agree', { amount: '120', said: 'In part.' })
      await head.page.getByText('In part.').first().waitFor()
      await page.reload()
      expect(await textOf(page)).toContain('£120.00')
      await page.emulateMedia({ media: 'print' })
      expect(await page.getByRole('navigation', { name: 'Main', exact: true }).isVisible()).toBe(false)
      await page.emulateMedia({ media: 'screen' })
    },
    within,
  )

  test(
    'a survey is opened, a school that was paid answers it; GCSE entries and results are told, said and approved',
    async () => {
      const { page } = head
      await page.goto(`${portal.base}/funding/surveys`)
      expect(await look(page)).toEqual([])
      await page.getByRole('button', { name: 'Open it' }).click()
      await teacher.page.goto(`${portal.base}/money`)
      await teacher.page
        .getByRole('link', { name: /Answer three questions, Wendlemoor|Answer three questions Wendlemoor/ })
        .click()
      expect(await look(teacher.page)).toEqual([])
      await teacher.page.getByRole('button', { name: 'Send the answers' }).click()
      expect(await textOf(teacher.page.getByRole('alert'))).toContain('Answer at least one')
      await teacher.page.getByLabel('A noticeable improvement').check()
      await teacher.page.getByLabel('Therapeutic support').fill('1')
      await teacher.page.getByLabel('Other equipment').fill('1')
      await teacher.page.getByRole('button', { name: 'Send the answers' }).click()
      expect(await textOf(teacher.page.getByRole('alert'))).toContain('Use each number from 1 to 13 once at most.')
      await teacher.page.getByLabel('Other equipment').fill('2')
      await teacher.page.getByRole('button', { name: 'Send the answers' }).click()
      await teacher.page.getByRole('heading', { name: 'Track my money' }).waitFor()
      await page.goto(`${portal.base}/funding/surveys`)
      await page.locator('main ul.rows').getByRole('link').first().click()
      expect(await textOf(page)).toContain('1 school has answered')
      expect(await textOf(page)).toContain('100.00%')
      expect(await textOf(page)).not.toContain('Ellerwick')
      expect(await look(page)).toEqual([])

      await page.goto(`${portal.base}/funding/incentives`)
      await page.getByRole('button', { name: 'Set it' }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('type an amount in pounds')
      for (const [label, amount] of [
        ['For each GCSE', '10'],
        ['For each grade 4', '20'],
        ['More for each', '15'],
        ['At most', '300'],
      ] as const)
        await page.getByLabel(label).fill(amount)
      await page.getByLabel('Where this was settled').fill('Board of September')
      await page.getByRole('button', { name: 'Set it' }).click()
      await page.getByRole('checkbox').first().check()
      await page.getByRole('button', { name: 'Approve what the ticked come to' }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('nobody has entries and results')
      await page.getByRole('button', { name: 'Note that the ticked were written to' }).click()
      expect(await look(page)).toEqual([])
      await fenwold.page.goto(`${portal.base}/money`)
      await fenwold.page.getByRole('link', { name: 'GCSE entries and results' }).click()
      expect(await look(fenwold.page)).toEqual([])
      const first = fenwold.page.locator('main ul.rows > li').first()
      const name = (await textOf(first.getByRole('heading'))).split(',')[0] ?? ''
      await first.getByLabel('GCSEs entered and sat').fill('9')
      await first.getByLabel('Grade 4 or above').fill('10')
      await first.getByRole('button', { name: 'Save' }).click()
      expect(await textOf(fenwold.page.getByRole('alert'))).toContain('no more grades 4 than entries')
      await first.getByLabel('Grade 4 or above').fill('5')
      await first.getByLabel('Of these, 7 or above').fill('2')
      await first.getByRole('button', { name: 'Save' }).click()
      await page.goto(`${portal.base}/funding/incentives`)
      await page.getByRole('checkbox', { name }).first().check()
      await page.getByRole('button', { name: 'Approve what the ticked come to' }).click()
      await page.getByText('£220.00 approved').first().waitFor()
      const file = new TextDecoder().decode(await download(page, 'As a CSV file'))
      expect(file).toMatch(/991-\d\d-G001,220/)
      expect(file).not.toContain(name)
      for (const at of [head, fenwold, teacher]) expect(at.complaints).toEqual([])
    },
    within,
  )

  test(
    'a pay run by entitlement is proposed, approved once, and pays nobody twice; an allocation cut below it is plain to see',
    async () => {
      const { page } = head
      await page.goto(`${portal.base}/funding/runs`)
      expect(await look(page)).toEqual([])
      await page.getByRole('button', { name: 'Propose a run' }).click()
      await page.getByText('Proposed').first().waitFor()
      expect(await look(page)).toEqual([])
      const run = page.url()
      const total = (await textOf(page.getByRole('heading', { level: 1 }))).trim()
      expect(total).toMatch(/^£[\d,]+\.00 in \d+ payments$/)
      await page.getByRole('button', { name: 'Approve these payments' }).click()
      await page.getByText('Approved').first().waitFor()
      await page.goto(`${portal.base}/funding/runs`)
      await page.getByRole('button', { name: 'Propose a run' }).click()
      expect(await textOf(page.getByRole('heading', { level: 1 }))).toContain('Nothing is paid')
      expect(await textOf(page)).toContain('Paid already')
      await page.getByRole('button', { name: 'Drop it' }).click()
      await page.goto(run)
      expect(await textOf(page.getByRole('heading', { level: 1 }))).toContain(total)
      const file = new TextDecoder().decode(await download(page, 'As a CSV file'))
      expect(file.split('\n').length).toBeGreaterThan(20)

      await page.goto(`${portal.base}/funding/allocation`)
      expect(await look(page)).toEqual([])
      await page.getByLabel('Final').check()
      await page.getByLabel('Whole amount, £').fill('1000')
      await page.getByRole('button', { name: 'Record it' }).click()
      expect(await textOf(page.getByRole('alert'))).toContain('Say where it is written.')
      await page.getByLabel('Where it is written').fill('Letter of December')
      await page.getByRole('button', { name: 'Record it' }).click()
      await page.getByText('Nothing more can be approved').first().waitFor()
      await page.goto(`${portal.base}/funding/rules?begin=Sutton`)
      expect(await look(page)).toEqual([])
      await page.getByLabel('In force from').fill('31 2 2026')
      await page.getByLabel('Where it is published').fill('javascript:alert(1)')
      await page.getByRole('button', { name: 'Set the rules' }).click()
      const toMend = await textOf(page.getByRole('alert'))
      expect(toMend).toContain('The address begins with https://')
      expect(toMend).toContain('Give a day that exists')
      expect(toMend).toContain('Say where this was settled.')
      expect(await look(page)).toEqual([])
      await page.getByLabel('In force from').fill(typed(0))
      await page.getByLabel('Where it is published').fill('https://wendlemoor.example/policy')
      await page.getByLabel('Where this was settled').fill('Policy of the board')
      await page.getByRole('button', { name: 'Set the rules' }).click()
      expect(await textOf(page)).toContain('Source: Policy of the board')
      for (const at of [head, officer]) expect(at.complaints).toEqual([])
    },
    within,
  )
})
