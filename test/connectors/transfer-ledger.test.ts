import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { commonTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { decodeText } from '../../connectors/format/encoding.ts'
import { unpacked } from '../../connectors/format/packed.ts'
import { transferVariants } from '../transfer-files.ts'

type Element = { readonly path: string; readonly way: string; readonly text: string }

/** Every element of a file that says something, found by a pass of its own. */
const elementsIn = (bytes: Uint8Array): readonly Element[] => {
  const elements: Element[] = []
  const stack: { path: string; way: string; text: string; children: Map<string, number> }[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    const above = stack[stack.length - 1]
    const nth = (above?.children.get(name) ?? 0) + 1
    above?.children.set(name, nth)
    const counted = nth > 1 || name === 'Pupil' ? `${name}[${nth}]` : name
    stack.push({
      path: above ? `${above.path}/${counted}` : name,
      way: above ? `${above.way}/${name}` : name,
      text: '',
      children: new Map(),
    })
  })
  const take = (text: string) => {
    const top = stack[stack.length - 1]
    if (top) top.text += text
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', () => {
    const { path, way, text } = stack.pop() ?? { path: '', way: '', text: '' }
    if (text.trim() !== '') elements.push({ path, way, text: text.trim() })
  })
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 80))
  const text = /windows-1252/.test(start)
    ? new TextDecoder('windows-1252').decode(bytes)
    : (decodeText(bytes)?.text ?? '')
  parser.write(text.replace(/^\uFEFF/, '')).close()
  return elements
}

/** A value as it may stand in a record: itself, a truth as a letter, the day of a moment, a year by the other end. */
const forms = ({ text, way }: Element): readonly string[] => [
  JSON.stringify(text).slice(1, -1),
  ...(/^(true|1)$/.test(text) ? ['"Y"'] : []),
  ...(/^(false|0)$/.test(text) ? ['"N"'] : []),
  ...(/DOB$/.test(way) ? [text.slice(0, 10)] : []),
  ...(/StageAssessment[/]Year$/.test(way) ? [`"academicYear":${Number(text) - 1},`] : []),
]

describe('nothing of a transfer file is lost', () => {
  it.each(
    Object.entries(transferVariants),
  )('%s: every element is in a record, not read by name, or in a finding', (name, make) => {
    const bytes = unpacked(make(), 1_000_000, /xml$/)
    const read = commonTransferFile.parse({ name, bytes: make() })
    if ('outcome' in bytes || !('rows' in read)) return
    const records = JSON.stringify([read.head, read.rows.map((row) => ({ ...row, findings: [] }))])
    const found = [...read.findings, ...read.rows.flatMap((row) => row.findings)].map(({ at }) => at.path ?? '')
    const foundWays = new Set(found.map((path) => path.replaceAll(/\[\d+\]/g, '')))
    const notRead = read.notRead.map((one) => (one.startsWith('Header') ? one : `Pupil/${one}`))
    const lost = elementsIn(bytes).filter((element) => {
      if (forms(element).some((form) => records.includes(form))) return false
      if (notRead.some((one) => `${element.way}/`.includes(`/${one}/`))) return false
      return ![...foundWays].some((way) => way !== '' && `${element.way}/`.startsWith(`${way}/`))
    })
    expect(lost.map(({ path }) => path)).toEqual([])
  })

  it('finds an element that is lost', () => {
    const bytes = new TextEncoder().encode('<CTfile><Lost>1</Lost></CTfile>')
    expect(elementsIn(bytes)).toEqual([{ path: 'CTfile/Lost', way: 'CTfile/Lost', text: '1' }])
  })
})
