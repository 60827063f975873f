import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Found = readonly {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly why: string }[]
}[]

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

const prepared = (page: Page) =>
  page.evaluate(`(() => {
    for (const one of document.querySelectorAll('details')) one.open = true
    return typeof axe
  })()`)

const violations = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  const only = rules ? { type: 'rule', values: rules } : { type: 'tag', values: standards }
  const found = (await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(only)}, resultTypes: ['violations'], selectors: false, ancestry: false })
      .then(({ violations }) => violations.map(({ id, nodes }) => ({
        id, nodes: nodes.map(({ html, failureSummary }) => ({ html: html.slice(0, 200), why: failureSummary })) })))`,
  )) as Found
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, why }) => `${id}: ${html} ${why}`))
}

/** What stands out to the side of a window of some width, which would then have to be moved to be read. */
const tooWide = async (page: Page, width: number): Promise<readonly string[]> => {
  await page.setViewportSize({ width, height: 800 })
  return (await page.evaluate(`(() => {
    if (document.documentElement.scrollWidth <= ${width}) return []
    const out = [...document.querySelectorAll('main *, header *')].filter((one) => one.getBoundingClientRect().right > ${width} + 1)
    return ['is ' + document.documentElement.scrollWidth + ' px wide in ${width}: ' + out.slice(0, 2).map((one) => one.outerHTML.slice(0, 160)).join(' and ')]
  })()`)) as readonly string[]
}

/** What is on paper and is of no use there: what can be pressed, the addresses of links, and what goes over the edge. */
const onPaper = `[
  ...[...document.querySelectorAll('nav, button, .demo, .foot, .govuk-skip-link')].filter((one) => one.offsetParent !== null),
  ...[...document.querySelectorAll('a')].filter((one) => getComputedStyle(one, '::after').content.includes('(')),
  ...[...document.querySelectorAll('main *, header *')].filter((one) =>
    one.getBoundingClientRect().right > 701 && !one.closest('.govuk-visually-hidden')),
].map((one) => 'printed: ' + one.outerHTML.slice(0, 120))`

const where = (page: Page, state: string) => (text: string) => `${new URL(page.url()).pathname} ${state}: ${text}`

/** Every finding of axe-core at WCAG 2.2 AA with everything that is folded opened, and no scrolling sideways at 400% zoom. */
export const look = async (page: Page, state: string): Promise<readonly string[]> => {
  if ((await prepared(page)) === 'undefined') await page.evaluate(axe.source)
  const headings = await page.locator('h1').count()
  const wrong = [
    ...(headings === 1 ? [] : [`${headings} headings of the first level`]),
    ...(await violations(page)),
    ...(await tooWide(page, 320)),
    ...(await violations(page, ['target-size'])),
  ]
  await page.setViewportSize({ width: 1280, height: 800 })
  return wrong.map(where(page, state))
}

/** The page that was just looked at, in colours that the person's machine has set, and on paper. */
export const lookAgain = async (page: Page): Promise<readonly string[]> => {
  await page.emulateMedia({ forcedColors: 'active' })
  const forced = await violations(page, ['color-contrast'])
  await page.emulateMedia({ forcedColors: 'none', media: 'print' })
  await page.setViewportSize({ width: 700, height: 1000 })
  const printed = (await page.evaluate(onPaper)) as readonly string[]
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize({ width: 1280, height: 800 })
  return [...forced.map(where(page, 'in forced colours')), ...printed.map(where(page, 'on paper'))]
}

/** Only what a long word can spoil: whether anything stands out to the side. */
export const lookForWidth = async (page: Page): Promise<readonly string[]> => {
  await prepared(page)
  const wrong = [...(await tooWide(page, 320)), ...(await tooWide(page, 768)), ...(await tooWide(page, 1280))]
  return wrong.map(where(page, 'with the longest names'))
}
