import type { Locator, Page } from 'playwright-core'

const focusNow = `(() => {
  const at = document.activeElement
  const drawn = getComputedStyle(at.closest('label.pick') ?? at)
  const own = getComputedStyle(at)
  const seen = [drawn, own].some(({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none')
  return seen || at === document.body ? '' : at.outerHTML.slice(0, 120)
})()`

/** Whether something is under the keyboard. */
export const hasFocus = (target: Locator): Promise<boolean> => target.evaluate((one) => one.matches(':focus'))

/** Somebody who has no mouse: goes on with Tab until the thing is under the keyboard, and must see where they are. */
export const keyboard = (page: Page) => {
  const unseen: string[] = []
  const to = async (target: Locator) => {
    await target.waitFor({ state: 'attached' })
    for (let presses = 0; presses < 250; presses += 1) {
      if (await hasFocus(target)) return
      await page.keyboard.press('Tab')
      const lost = (await page.evaluate(focusNow)) as string
      if (lost !== '') unseen.push(lost)
    }
    throw new Error(`the keyboard does not reach ${target}`)
  }
  return {
    unseen,
    to,
    press: async (target: Locator, key = 'Enter') => {
      await to(target)
      await page.keyboard.press(key)
    },
    /** Presses something that brings a new page, and waits for it. */
    go: async (target: Locator, key = 'Enter') => {
      await to(target)
      await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)])
    },
    write: async (target: Locator, text: string) => {
      await to(target)
      await page.keyboard.press('Control+A')
      await page.keyboard.type(text)
    },
  }
}
