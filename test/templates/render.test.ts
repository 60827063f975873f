import { readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { items } from '../../src/domain/return/dictionary.ts'
import { cellOfMendField, controlFor, mendField } from '../../templates/components/mend.tsx'
import { findingWords, wordsOfFinding } from '../../templates/words/en/findings.ts'
import { itemWords } from '../../templates/words/en/items.ts'
import { crossCheckWords, valueWords } from '../../templates/words/en/return.ts'
import { attendanceSamples } from './samples-attendance.tsx'
import { boardSamples } from './samples-board.tsx'
import { callsSamples } from './samples-calls.tsx'
import { checkSamples } from './samples-check.tsx'
import { formSamples } from './samples-form.tsx'
import { inboxSamples } from './samples-inbox.tsx'
import { keepingSamples } from './samples-keeping.tsx'
import { layoutSamples } from './samples-layout.tsx'
import { meetingSamples } from './samples-meeting.tsx'
import { pupilSamples } from './samples-pupil.tsx'
import { registerSamples } from './samples-register.tsx'
import { scaleSamples } from './samples-scales.tsx'

const samples = [
  ...layoutSamples,
  ...scaleSamples,
  ...inboxSamples,
  ...formSamples,
  ...checkSamples,
  ...pupilSamples,
  ...boardSamples,
  ...callsSamples,
  ...keepingSamples,
  ...registerSamples,
  ...meetingSamples,
  ...attendanceSamples,
]

const draw = async (name: string, through: (text: string) => string = (text) => text): Promise<string> => {
  const sample = samples.find((one) => one.name === name)
  if (!sample) throw new Error('no such page')
  return String(await sample.draw(through))
}

const all = (html: string, pattern: RegExp): readonly string[] =>
  [...html.matchAll(pattern)].map((match) => match[1] ?? '')

const idsOf = (html: string) => all(html, /\sid="([^"]+)"/g)

/** Every control a person fills in, as its opening tag. */
const controlsOf = (html: string) =>
  [...html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
    .map((match) => match[0])
    .filter((tag) => !/type="hidden"/.test(tag))

const inLabel = (html: string, tag: string) => {
  const before = html.slice(0, html.indexOf(tag))
  return before.lastIndexOf('<label') > before.lastIndexOf('</label>')
}

describe.each(samples.map(({ name }) => name))('the page %s', (name) => {
  it('is a whole document with one heading, a title, a language and a way past the menu', async () => {
    const html = await draw(name)
    expect(html.startsWith('<!DOCTYPE html>')).toBe(true)
    expect(all(html, /<(h1)\b/g)).toHaveLength(1)
    expect(html).toContain('lang="en-GB"')
    expect(html).toMatch(/<title>[^<]+ – Virtual School Exchange<\/title>/)
    expect(html).toContain('href="#main"')
    expect(html).not.toMatch(/undefined|\[object|NaN|>null</)
  })

  it('has no script, style or handler of its own, so that a strict policy is enough', async () => {
    const html = await draw(name)
    expect(html).not.toMatch(/\sstyle=/)
    expect(html).not.toMatch(/<style/)
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(html).not.toMatch(/\son[a-z]+=/)
    expect(html).not.toMatch(/(href|action|src)="(?!\/|#|mailto:)/)
  })

  it('writes markup that somebody sent as text, in every place', async () => {
    const html = await draw(name, (text) => `<script>x</script>"'<img src=x>${text}`)
    expect(html).not.toContain('<script>x')
    expect(html).not.toContain('<img src=x')
    expect(html).not.toMatch(/="[^"]*<script/)
  })

  it('labels every control, and its summary, hints and links lead to ids that are there once', async () => {
    const html = await draw(name)
    const ids = idsOf(html)
    expect(new Set(ids).size).toBe(ids.length)
    const labelled = new Set(all(html, /<label[^>]*\sfor="([^"]+)"/g))
    for (const tag of controlsOf(html)) {
      const id = /\sid="([^"]+)"/.exec(tag)?.[1]
      expect(id !== undefined && labelled.has(id) ? true : inLabel(html, tag), tag).toBe(true)
    }
    const pointed = [
      ...all(html, /\shref="#([^"]+)"/g),
      ...all(html, /\saria-labelledby="([^"]+)"/g),
      ...all(html, /\saria-describedby="([^"]+)"/g).flatMap((text) => text.split(' ')),
    ]
    for (const id of pointed) expect(ids, id).toContain(id)
  })

  it('does not say what the field does not say', async () => {
    const words = (await draw(name)).replace(/<[^>]+>/g, ' ')
    expect(words).not.toMatch(/\b(error|invalid|failed|rejected|warning|please note)\b/i)
    expect(words).not.toContain('!')
  })
})

describe('the stylesheet', () => {
  it('is under 18 KB before it is compressed: a page and its stylesheet are to come in 70 KB over a slow line', async () => {
    const { code } = await transform(readFileSync('templates/assets/app.css', 'utf8'), { loader: 'css', minify: true })
    expect(Buffer.byteLength(code)).toBeLessThan(18 * 1024)
  })
})

describe('words of findings', () => {
  it('are whole sentences in plain words, whatever the parameters', () => {
    for (const [code, word] of Object.entries(findingWords)) {
      const text = wordsOfFinding({ code, parameters: {} })
      expect(text.title, code).toMatch(/^[A-Z].*[^.]$/)
      expect(text.rule, code).toMatch(/[.]$/)
      expect(text.mend, code).toMatch(/[.]$/)
      expect(word.title({}), code).not.toMatch(/\b(error|invalid|failed)\b/i)
    }
  })

  it('are there for every value that cannot be read and every cross-check', () => {
    for (const code of [...Object.keys(valueWords), ...Object.keys(crossCheckWords)])
      expect(findingWords[code], code).toBeDefined()
  })

  it('say something useful of a code that has none yet', () => {
    expect(wordsOfFinding({ code: 'NEVER_SEEN', parameters: {} }).mend).toContain('virtual school')
  })
})

describe('the control that mends a cell', () => {
  it('is told by its row and item, and by nothing else', () => {
    expect(cellOfMendField(mendField(14, 'hours_offered'))).toEqual({ row: 14, item: 'hours_offered' })
    for (const field of ['mend', 'mend.14', 'mend.x.upn', 'mend.1.__proto__x!', 'accept'])
      expect(cellOfMendField(field)).toBeUndefined()
  })

  it('follows from the item, for every item there is', () => {
    for (const item of items) {
      const words = itemWords[item.code]
      if (!words) throw new Error(`no words for ${item.code}`)
      const control = controlFor(item, words, 'mend', '')
      expect(control.kind).toBe(item.type.kind === 'choice' ? 'select' : 'text')
      expect(control.label).toBe(words.label)
      if (control.kind === 'select' && item.type.kind === 'choice')
        expect(control.options.filter(({ group }) => !group)).toHaveLength(item.type.options.length)
    }
  })
})
