import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf } from './filled.ts'
import { look } from './look.ts'
import { type AtBrowser, confirm, download, openBrowser, pressConfirm, signIn, textOf } from './person.ts'
import { type NodePortal, nodePortal, type Portal, workerPortal } from './server.ts'

const lead = 'd.okoro@ellerwick.example'
const deputy = 's.whitlock@ellerwick.example'

const suspensions = (page: Page) => page.getByLabel('Suspensions since 1 September')
const openFirst = async ({ page, base }: AtBrowser) => {
  await page.goto(`${base}/inbox`)
  await page.getByRole('link', { name: /^(Answer|Carry on) on screen$/ }).click()
  if (/\/return\/form$/.test(page.url())) await page.getByRole('link', { name: /^Amara D\./ }).click()
}
const saved = (page: Page) => page.getByRole('status').getByText('Saved', { exact: true }).waitFor()

/** The same in any browser: with the script the questions save themselves, without it the button does. */
const begin = async (at: AtBrowser, script: boolean) => {
  const { page } = at
  await openFirst(at)
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain('Amara D.')
  await page.getByRole('button', { name: /still true$/ }).click()
  expect(await textOf(page)).toContain('Said to be true this term')
  await suspensions(page).fill('several')
  if (script) await suspensions(page).blur()
  else await page.getByRole('button', { name: 'Save', exact: true }).last().click()
  await page.getByText('A number goes here, in digits and without words.').first().waitFor()
  expect(await suspensions(page).inputValue()).toBe('several')
  // axe-core is a script itself: it looks where scripts run.
  if (script) expect(await look(page)).toEqual([])
  await suspensions(page).fill('0')
  if (script) {
    await suspensions(page).blur()
    await saved(page)
  } else {
    await page.getByRole('button', { name: 'Save', exact: true }).last().click()
    expect(await page.getByRole('status').textContent()).toBe('Saved')
  }
  expect(await page.getByText('A number goes here').count()).toBe(0)
}

const send = async (at: AtBrowser, answers: RegExp, script: boolean) => {
  const { page, base } = at
  await page.goto(`${base}/return/form`)
  expect(await textOf(page)).toMatch(answers)
  if (script) expect(await look(page)).toEqual([])
  await page.getByRole('button', { name: 'Check and send' }).click()
  if (script) expect(await look(page)).toEqual([])
  await confirm(page, 'Wendlemoor')
  expect(await textOf(page)).toContain('None: answered on screen')
}

describe.each([
  ['on Node', nodePortal, true],
  ['on Node without JavaScript', nodePortal, false],
  ['in workerd', workerPortal, true],
] as const)('the return on screen, %s', (_, open, script) => {
  let browser: Browser
  let portal: Portal
  beforeAll(async () => {
    browser = await openBrowser()
    portal = await open()
  })
  afterAll(async () => {
    await browser.close()
    await portal.stop()
  })

  test('is begun, goes on at another machine, and is sent', async () => {
    const first = await signIn(browser, portal.base, lead, script)
    await begin(first, script)
    const second = await signIn(browser, portal.base, lead, script)
    await openFirst(second)
    await second.page.goto(first.page.url())
    expect(await suspensions(second.page).inputValue()).toBe('0')
    const workbook = await (async () => {
      await second.page.goto(`${portal.base}/inbox`)
      return download(second.page, 'Get the workbook, already filled in')
    })()
    const amara = rowsOf(workbook).find(({ forename }) => forename?.raw === 'Amara')
    expect(amara?.answers.find(({ item }) => item === 'suspensions')?.value).toBe('0')
    await send(second, /See the \d+ answers to send/, script)
    await second.page.goto(first.page.url())
    expect(await suspensions(second.page).inputValue()).toBe('0')
    expect([...first.complaints, ...second.complaints]).toEqual([])
  })
})

describe('two people at one return', () => {
  let browser: Browser
  let portal: NodePortal
  beforeAll(async () => {
    browser = await openBrowser()
    portal = await nodePortal()
  })
  afterAll(async () => {
    await browser.close()
    await portal.stop()
  })

  test('what could not be saved is tried again by itself', async () => {
    const at = await signIn(browser, portal.base, lead)
    const { page } = at
    await page.goto(`${portal.base}/return/form`)
    await page.getByRole('link', { name: /^Jayden T\./ }).click()
    await page.getByRole('heading', { level: 1, name: /Jayden T\./ }).waitFor()
    await page.route('**/return/form/**', (route) => route.abort(), { times: 1 })
    await suspensions(page).fill('1')
    await suspensions(page).blur()
    await page
      .getByRole('status')
      .getByText(/Not saved/)
      .waitFor()
    await saved(page)
    await page.reload()
    expect(await suspensions(page).inputValue()).toBe('1')
  })

  test('it is handed to a colleague, who is told by e-mail without a child’s name, and carries on', async () => {
    const first = await signIn(browser, portal.base, lead)
    await begin(first, true)
    await first.page.goto(`${portal.base}/return/form`)
    await first.page.getByText('Hand it to a colleague').click()
    await first.page.getByLabel('Who carries on').selectOption({ label: 'Simon Whitlock' })
    await first.page.getByRole('button', { name: 'Ask them to carry on' }).click()
    expect(await textOf(first.page)).toContain('Simon Whitlock is asked to carry on')
    const mail = await portal.runtime.db.query
      .selectFrom('outbox')
      .selectAll()
      .where('to_address', '=', deputy)
      .execute()
    expect(mail.map(({ subject }) => subject)).toEqual([
      'Dana Okoro asks you to carry on with the termly return of Ellerwick Academy',
    ])
    for (const name of ['Amara', 'Jayden', 'Kofi', 'Ruby', 'Callum']) expect(mail[0]?.text).not.toContain(name)
    const second = await signIn(browser, portal.base, deputy)
    await second.page.goto(`${portal.base}/return/form`)
    expect(await textOf(second.page)).toContain('Dana Okoro asks you to carry on')
  })

  test('the second is told who changed what, keeps their own words, and nothing is lost', async () => {
    const [first, second] = [await signIn(browser, portal.base, lead), await signIn(browser, portal.base, deputy)]
    await openFirst(first)
    await second.page.goto(first.page.url())
    await suspensions(first.page).fill('2')
    await suspensions(first.page).blur()
    await saved(first.page)
    await suspensions(second.page).fill('3')
    await suspensions(second.page).blur()
    await second.page
      .getByText(/changed this after you opened the page/)
      .first()
      .waitFor()
    const said = await textOf(second.page)
    expect(said).toContain('Dana Okoro changed this after you opened the page')
    expect(said).toContain('it now says “2”')
    expect(await suspensions(second.page).inputValue()).toBe('3')
    expect(await look(second.page)).toEqual([])
    await second.page.getByRole('button', { name: 'Save', exact: true }).last().click()
    await first.page.reload()
    expect(await suspensions(first.page).inputValue()).toBe('3')
    await first.page.getByLabel('School days lost to suspension since 1 September').fill('4')
    await first.page.getByLabel('School days lost to suspension since 1 September').blur()
    await saved(first.page)
    const kept = await portal.runtime.db.query
      .selectFrom('draft_answer')
      .select(['raw', 'version'])
      .where('item', '=', 'suspensions')
      .where('pupil_number', 'in', (part) =>
        part
          .selectFrom('pupil_detail')
          .select('pupil_number')
          .where('attribute', '=', 'forename')
          .where('value', '=', 'Amara'),
      )
      .orderBy('version')
      .execute()
    expect(kept.map(({ raw }) => raw)).toEqual(['several', '0', '2', '3'])
  })

  test('the second to confirm sees what the first sent and where they differ, and can still send theirs', async () => {
    const [first, second] = [await signIn(browser, portal.base, lead), await signIn(browser, portal.base, deputy)]
    const stageOwn = async ({ page }: AtBrowser) => {
      await page.goto(`${portal.base}/return/form`)
      await page.getByRole('button', { name: 'Check and send' }).click()
      await page.waitForURL(/\/return\/uploads\//)
    }
    await first.page.goto(`${portal.base}/inbox`)
    const workbook = await download(first.page, 'Get the workbook, already filled in')
    await openFirst(second)
    await suspensions(second.page).fill('1')
    await suspensions(second.page).blur()
    await saved(second.page)
    await stageOwn(second)
    await first.page.goto(`${portal.base}/return/upload`)
    await first.page.getByLabel('Your file').setInputFiles({
      name: 'ellerwick.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(workbook),
    })
    await first.page.getByRole('button', { name: 'Upload and check' }).click()
    await first.page.waitForURL(/\/return\/uploads\//)
    await confirm(first.page, 'Wendlemoor')
    await pressConfirm(second.page, 'Wendlemoor')
    await second.page.getByText(/while you had this page open/).waitFor()
    const said = await textOf(second.page)
    expect(said).toContain('Dana Okoro sent a return to this council while you had this page open')
    expect(said).toMatch(/3 would become 1/)
    expect(await look(second.page)).toEqual([])
    await confirm(second.page, 'Wendlemoor')
    expect(second.complaints.filter((text) => !/409/.test(text))).toEqual([])
  })
})
