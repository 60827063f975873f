import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { itemWords } from '../../templates/words/en/items.ts'
import { look } from './look.ts'
import { type AtBrowser, openBrowser, signIn } from './person.ts'
import { type NodePortal, nodePortal } from './server.ts'
import { asker, beginStory, expectedOf, publishedOf, pupils, type StoryPupil, summer, teacher } from './story.ts'

/** What a person does, as it is counted: a judgement is theirs to make, everything else is what the portal asks of them. */
const hand = () => {
  const done: string[] = []
  let judgements = 0
  const count = (what: string) => done.push(`${String(done.length + 1).padStart(2)} ${what}`)
  return {
    press: async (control: Locator) => {
      count(`press ${JSON.stringify((await control.textContent())?.trim().replace(/\s+/g, ' '))}`)
      await control.click()
    },
    tick: async (control: Locator, what: string) => {
      count(`tick ${what}`)
      await control.check()
    },
    fill: async (page: Page, label: string, value: string) => {
      count(`fill ${JSON.stringify(label)}`)
      await set(page.getByLabel(label, { exact: true }), value)
    },
    judge: async (control: Locator, value: string) => {
      judgements += 1
      await set(control, value)
    },
    done: () => done,
    judgements: () => judgements,
  }
}

const set = async (control: Locator, value: string) => {
  const isList = (await control.locator('option').count()) > 0
  await (isList ? control.selectOption({ label: value }) : control.fill(value))
  await control.blur()
}

const saved = (page: Page) => page.getByRole('status').getByText('Saved', { exact: true }).waitFor()

const words = (item: string, code: string) => itemWords[item]?.options?.[code] ?? code
const subjectNames: Readonly<Record<string, string>> = {
  reading: 'Reading',
  writing: 'Writing',
  english: 'English',
  mathematics: 'Mathematics',
  science: 'Science',
}

describe('the fixed story: five pupils of three councils', () => {
  let browser: Browser
  let portal: NodePortal
  let at: AtBrowser
  beforeAll(async () => {
    browser = await openBrowser()
    portal = await nodePortal(summer)
    await beginStory(portal)
    at = await signIn(browser, portal.base, teacher.email)
  })
  afterAll(async () => {
    await browser.close()
    await portal.stop()
  })

  test('from the inbox to the third receipt in at most 40 interactions beyond the judgements, with nothing keyed again', async () => {
    const { page } = at
    const by = hand()
    await page.goto(`${portal.base}/inbox`)
    expect(await look(page)).toEqual([])
    await by.press(page.getByRole('link', { name: 'Answer on screen' }))
    const seen: string[] = []
    for (let turn = 0; turn < pupils.length; turn += 1) {
      const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
      const pupil = pupils.find(({ forename, surname }) => heading.startsWith(`${forename} ${surname.charAt(0)}.`))
      if (!pupil) throw new Error(`nobody in the story is ${heading}`)
      seen.push(pupil.surname)
      await answer(page, by, pupil)
      if (turn === 0) expect(await look(page)).toEqual([])
      await by.press(page.getByRole('button', { name: /^Save and (go to|check)/ }).last())
    }
    expect([...seen].sort()).toEqual(pupils.map(({ surname }) => surname).sort())
    expect(await look(page)).toEqual([])
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Five pupils: every question is answered')
    await by.press(page.getByRole('button', { name: 'Check and send' }))
    expect(await look(page)).toEqual([])
    for (let council = 0; council < 3; council += 1) {
      for (const box of await page.getByRole('checkbox').all()) await by.tick(box, 'a warning')
      await by.press(page.getByRole('button', { name: /^Confirm and send/ }).first())
      await page.waitForURL(/\/receipts\//)
      if (council === 0) expect(await look(page)).toEqual([])
      if (council < 2) await by.press(page.getByRole('link', { name: /^Go on to/ }))
    }
    console.log(`${by.done().join('\n')}\n${by.judgements()} judgements beside them`)
    expect(by.done().length).toBeLessThanOrEqual(40)
    for (const pupil of pupils) expect(await publishedOf(portal, pupil), pupil.forename).toEqual(expectedOf(pupil))
    await page.goto(`${portal.base}/inbox`)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Every return is sent. Nothing is left to do.',
    )
    expect(at.complaints).toEqual([])
  })
})

const answer = async (page: Page, by: ReturnType<typeof hand>, pupil: StoryPupil) => {
  await by.press(page.getByRole('button', { name: /still true$/ }))
  await page.getByText('Said to be true this term').waitFor()
  const suspensions = page.getByLabel('Suspensions since 1 September')
  if (pupil.suspended) {
    await by.judge(suspensions, pupil.suspended.times)
    await by.judge(page.getByLabel('School days lost to suspension since 1 September'), pupil.suspended.days)
  } else await by.fill(page, 'Suspensions since 1 September', '0')
  for (const [subject, { now }] of Object.entries(pupil.subjects)) {
    const group = page.getByRole('group', { name: subjectNames[subject] ?? subject, exact: true })
    await by.judge(group.getByLabel('Grade'), now.grade)
    await by.judge(group.getByLabel('For age'), words(`${subject}_band`, now.band))
    await by.judge(group.getByLabel('Progress'), words(`${subject}_progress`, now.progress))
  }
  await by.fill(page, 'Has the child been asked for their view? (optional)', 'Yes')
  await by.judge(page.getByLabel('What did the child say?'), pupil.view)
  await by.fill(page, 'Who asked? (optional)', asker)
  await by.fill(page, 'With whom may it be shared? (optional)', words('child_view_share_with', 'virtual_school'))
  await saved(page)
}
