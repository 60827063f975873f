import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commonTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { everything, secret, transferFile, transferHeader, transferPupil } from '../transfer-files.ts'
import { look } from './look.ts'
import { type AtBrowser, openBrowser, seek, signIn, textOf } from './person.ts'
import { nodePortal, type Portal, workerPortal } from './server.ts'

const lead = 'd.okoro@ellerwick.example'
const dataOfficer = 'h.marsh@wendlemoor.example'

const xml = (name: string, text: string) => ({ name, mimeType: 'text/xml', buffer: Buffer.from(text) })

const send = async (page: Page, ...files: readonly { readonly name: string; readonly text: string }[]) => {
  await page.getByRole('link', { name: 'Send Common Transfer Files' }).click()
  await page.getByLabel('Common Transfer Files').setInputFiles(files.map(({ name, text }) => xml(name, text)))
  await page.getByRole('button', { name: 'Read the files' }).click()
  await page.getByRole('heading', { level: 2, name: files[0]?.name ?? '' }).waitFor()
}

const useIt = async (page: Page) => {
  for (const tick of await page.getByLabel('I have looked at what is to check').all()) await tick.check()
  await page.getByRole('button', { name: 'Use what was read' }).click()
}

/** A school that nobody here knows, as the sender of a file. */
const elsewhere = transferHeader({
  schools:
    '<SourceSchool><LEA>998</LEA><Estab>4777</Estab><URN>990777</URN><SchoolName>Farrowby High</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool>',
})

describe.runIf(process.env['CHROMIUM']).each([
  ['on Node', nodePortal],
  ['in workerd', workerPortal],
])('transfer files %s', (_, open: () => Promise<Portal>) => {
  let portal: Portal
  let browser: Browser
  const amara = { address: '', upn: '', reference: '', core: {} as Readonly<Record<string, string>> }
  const seen: string[] = []

  beforeAll(async () => {
    browser = await openBrowser()
    portal = await open()
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await portal?.stop()
  }, 60_000)

  /** Opens the first pupil's whole record, as its page shows it. */
  const openFull = async ({ page, base }: AtBrowser) => {
    await page.goto(`${base}/pupils`)
    await page.getByRole('link', { name: 'Amara D.' }).click()
    await page.getByRole('link', { name: /date of birth|UPN|full/i }).click()
  }

  test('a school sends one: it sees what was taken and what was deliberately not read', async () => {
    const at = await signIn(browser, portal.base, lead)
    const { page, base } = at
    await openFull(at)
    amara.address = new URL(page.url()).pathname
    amara.upn = (await page.locator('section.note .mono').first().textContent()) ?? ''
    const [forename = '', surname = ''] = ((await page.locator('section.note b').first().textContent()) ?? '').split(
      ' ',
    )
    amara.core = { UPN: amara.upn, Forename: forename, Surname: surname }
    await page.goto(`${base}/return/upload`)
    const file = {
      name: '9354021_CTF_9354022_001.xml',
      text: transferFile({ pupils: [transferPupil(1, everything, amara.core), transferPupil(2, everything)] }),
    }
    await send(page, file, { name: 'not-one.xml', text: '<ATFile><Header/></ATFile>' })
    expect(await textOf(page)).toContain('not-one.xml')
    seen.push(...(await look(page)))
    const read = await textOf(page)
    expect(read).toMatch(/Pupils on your list ?1(?!\d)/)
    expect(read).toMatch(/Other pupils, of whom nothing is used ?1(?!\d)/)
    expect(read.toLowerCase()).toMatch(/not read on purpose.*addresses.*contacts.*telephone numbers/)
    expect(read).not.toContain(secret)
    await useIt(page)
    expect(await textOf(page)).toContain('In use')
    await page.goto(`${base}${amara.address}`)
    const record = await textOf(page)
    expect(record).toContain('From transfer files')
    expect(record).toContain(file.name)
    expect(await page.content()).not.toContain(secret)
    seen.push(...(await look(page)))
    expect(at.complaints).toEqual([])
  })

  test('a school that differs from the confirmed place becomes a question, and an officer settles it', async () => {
    const at = await signIn(browser, portal.base, dataOfficer)
    const { page, base } = at
    await page.goto(`${base}/imports`)
    await send(page, {
      name: 'from-farrowby.xml',
      text: transferFile({ header: elsewhere, pupils: [transferPupil(1, everything, amara.core)] }),
    })
    seen.push(...(await look(page)))
    await useIt(page)
    await page.goto(`${base}/places`)
    seen.push(...(await look(page)))
    await page
      .getByRole('row', { name: /Farrowby High/ })
      .getByRole('link', { name: 'Amara D.' })
      .click()
    expect(await textOf(page)).toContain('A transfer file names Farrowby High')
    seen.push(...(await look(page)))
    await page.getByRole('button', { name: 'Our place is right' }).click()
    expect(await textOf(page)).not.toContain('Farrowby High, and no confirmed place')
    expect(at.complaints).toEqual([])
  })

  test('an officer takes a partial file for a new school', async () => {
    const at = await signIn(browser, portal.base, dataOfficer)
    const { page, base } = at
    await seek(at, amara.upn)
    await page.getByRole('link', { name: 'Amara D.' }).click()
    await page.getByRole('link', { name: 'Write a transfer file (CTF)' }).click()
    seen.push(...(await look(page)))
    await page.getByLabel('To a school in England or Wales').check()
    await page.getByLabel('Number of the school or authority').fill('93540')
    await page
      .getByLabel('Pupils', { exact: true })
      .fill(`${await page.getByLabel('Pupils', { exact: true }).inputValue()}\nX-999`)
    await page.getByRole('button', { name: 'Make the file' }).click()
    expect(await textOf(page)).toContain('Give the school’s seven digits')
    await page.getByLabel('Number of the school or authority').fill('935 4021')
    await page.getByRole('button', { name: 'Make the file' }).click()
    expect(await textOf(page)).toContain('Line 2 cannot be written')
    seen.push(...(await look(page)))
    const [first = ''] = (await page.getByLabel('Pupils', { exact: true }).inputValue()).split('\n')
    await page.getByLabel('Pupils', { exact: true }).fill(first)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Make the file' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('991LLLL_CTF_9354021_001.xml')
    const chunks: Uint8Array[] = []
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Uint8Array)
    const bytes = new Uint8Array(Buffer.concat(chunks))
    const made = commonTransferFile.parse({ name: 'x.xml', bytes })
    if (!('rows' in made)) throw new Error(made.finding.code)
    expect(made.head?.qualifier).toBe('partial')
    expect(made.rows.map(({ upn }) => upn)).toEqual([amara.upn])
    expect(made.rows[0]?.results.length).toBeGreaterThan(0)
    expect(new TextDecoder().decode(bytes)).not.toMatch(/LookedAfter|SchoolHistory/)
    expect(base).toBe(portal.base)
    expect(seen).toEqual([])
  })
})
