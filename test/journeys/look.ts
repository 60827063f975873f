import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })",
  )) as { readonly violations: readonly Violation[] }
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

const widthOf = (page: Page) => page.evaluate('document.documentElement.scrollWidth') as Promise<number>

const headings = (page: Page) => page.locator('h1').count()

/**
 * Looks at the page as a person who cannot see it well would: every finding of axe-core at WCAG 2.2 AA, one heading of
 * the first level, and no sideways scrolling on the narrowest phone (320 px). Gives what is wrong, by the page's path.
 */
export const look = async (page: Page): Promise<readonly string[]> => {
  const wrong: string[] = []
  // What is looked at is the page with its style: a heading is there before that has come.
  await page.waitForLoadState('load')
  if ((await headings(page)) !== 1) wrong.push('not one heading of the first level')
  wrong.push(...(await violationsOf(page)))
  const size = page.viewportSize() ?? { width: 1280, height: 900 }
  await page.setViewportSize({ width: 320, height: 720 })
  const width = await widthOf(page)
  if (width > 320) wrong.push(`${width} px wide on a phone of 320 px`)
  await page.setViewportSize(size)
  const path = new URL(page.url()).pathname
  return wrong.map((text) => `${path}: ${text}`)
}
