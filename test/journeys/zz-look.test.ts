import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { look } from './look.ts'
import { openBrowser, signIn } from './person.ts'

test('look', async () => {
  const browser = await openBrowser()
  const base = process.env['LOOK_BASE'] ?? ''
  const who: Record<string, readonly string[]> = JSON.parse(process.env['LOOK'] ?? '{}')
  for (const [email, paths] of Object.entries(who)) {
    const { page, complaints } = await signIn(browser, base, email)
    for (const path of paths) {
      const [address, click] = path.split(' > ')
      await page.goto(base + address)
      if (click) await page.locator('main').getByRole('link', { name: new RegExp(click) }).first().click()
      const name = `${email.split('@')[0]}${path.replace(/[^a-z0-9]+/gi, '-')}`.slice(0, 70)
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 })
        await page.screenshot({ path: `/tmp/shots/${name}-${width}.png`, fullPage: true })
        const wide = await page.evaluate('document.documentElement.scrollWidth')
        if (Number(wide) > width) console.log(`${name} is ${wide} wide at ${width}`)
      }
      await page.setViewportSize({ width: 1280, height: 900 })
      const problems = await look(page)
      if (problems.length) console.log(name, JSON.stringify(problems).slice(0, 600))
      if (complaints.length) console.log(name, complaints.join('\n'))
    }
    await page.context().close()
  }
  await browser.close()
  writeFileSync('/tmp/shots/done', '')
  expect(1).toBe(1)
}, 200_000)
