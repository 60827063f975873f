import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

beforeAll(() => void vi.useFakeTimers())
afterAll(() => void vi.useRealTimers())

/** The script of an answer form with as much of a page as it asks for, and a connection that always fails. */
const formOffline = () => {
  let [change, asked] = [(_: object) => {}, 0]
  const form = {
    elements: new Proxy({}, { get: () => ({ value: '1' }) }),
    querySelector: () => ({ dataset: {}, textContent: '' }),
    querySelectorAll: () => [],
    addEventListener: (_: string, listen: typeof change) => {
      change = listen
    },
  }
  const fetch = async () => {
    asked += 1
    throw new TypeError('no connection')
  }
  runInNewContext(readFileSync('templates/assets/form.js', 'utf8'), {
    document: { querySelector: () => form },
    window: { fetch, URLSearchParams },
    addEventListener: () => {},
    ...{ fetch, setTimeout, URLSearchParams },
  })
  return {
    type: (item: string) => change({ target: { closest: () => ({ dataset: { item } }) } }),
    asked: () => asked,
  }
}

test('however much is typed without a connection, it is tried again one save at a time', async () => {
  const form = formOffline()
  for (let question = 0; question < 20; question += 1) {
    form.type(`q${question}`)
    await vi.advanceTimersByTimeAsync(700)
  }
  const whileTyping = form.asked()
  await vi.advanceTimersByTimeAsync(300_000)
  expect(form.asked() - whileTyping).toBeGreaterThan(8)
  expect(form.asked() - whileTyping).toBeLessThan(13)
})
