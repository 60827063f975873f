import type { Page, Response } from 'playwright-core'

const controls = 'input:not([type=hidden]), select, textarea'

/** Where each form of the page that asks for something is sent to, in their order. */
export const formsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('main form[method=post]')]
    .filter((form) => form.querySelector('${controls}'))
    .map((form) => new URL(form.action).pathname)`)

/** Sends a form with the same in every field and nothing chosen, past what a browser or a script would say to that. */
export const sendAmiss = async (page: Page, at: number, typed: string): Promise<Response> => {
  const answered = page.waitForResponse((one) => one.request().method() === 'POST')
  const loaded = page.waitForEvent('load')
  await page.evaluate(`(() => {
    const form = [...document.querySelectorAll('main form[method=post]')].filter((one) => one.querySelector('${controls}'))[${at}]
    for (const one of form.querySelectorAll('${controls}')) {
      if (one.type === 'radio' || one.type === 'checkbox') one.checked = false
      else if (one.tagName === 'SELECT') one.value = [...one.options].some(({ value }) => value === '') ? '' : one.value
      else if (one.type !== 'file') one.value = '${typed}'
    }
    const button = form.querySelector('button[name]')
    if (button) {
      const said = document.createElement('input')
      Object.assign(said, { type: 'hidden', name: button.name, value: button.value })
      form.append(said)
    }
    HTMLFormElement.prototype.submit.call(form)
  })()`)
  const answer = await answered
  await loaded
  return answer
}
