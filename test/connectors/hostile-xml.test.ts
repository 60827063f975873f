import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { commonTransferFile } from '../../connectors/common-transfer-file/parse.ts'
import { transferFile, transferPupil } from '../transfer-files.ts'

const inside = (text: string) => transferFile({ pupils: [transferPupil(1, text)] })
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
const before = (definition: string, text: string) =>
  inside(`<UCI>${text}</UCI>`).replace('?>', `?><!DOCTYPE CTfile [${definition}]>`)

const hostile: Readonly<Record<string, readonly [code: string, make: () => string | Uint8Array]>> = {
  'a billion laughs': ['XML_DOCTYPE', () => before(`<!ENTITY l0 "ha">${laughs}`, '&l9;')],
  'quadratic blow-up': ['XML_DOCTYPE', () => before(`<!ENTITY a "${'a'.repeat(100_000)}">`, '&a;'.repeat(10_000))],
  'an external entity': ['XML_DOCTYPE', () => before('<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;')],
  'an external entity by http': ['XML_DOCTYPE', () => before('<!ENTITY x SYSTEM "http://127.0.0.1/">', '&x;')],
  'a parameter entity': ['XML_DOCTYPE', () => before('<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;', '')],
  'a bare document type': ['XML_DOCTYPE', () => inside('').replace('?>', '?><!DOCTYPE CTfile>')],
  'a document type in small letters': ['XML_DOCTYPE', () => inside('').replace('?>', '?><!doctype CTfile>')],
  'an inherited name as an entity': ['XML_ENTITY', () => inside('<UCI>&constructor;</UCI>')],
  '100,000 levels': ['XML_TOO_DEEP', () => inside(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)],
  'a million levels of what is not read': ['XML_TOO_DEEP', () => inside(`<Contacts>${'<a>'.repeat(1_000_000)}`)],
  'an element named __proto__': ['XML_NAME', () => inside('<__proto__><polluted>1</polluted></__proto__>')],
  'an element named constructor where nothing is read': [
    'XML_NAME',
    () => inside('<Contacts><constructor/></Contacts>'),
  ],
  'an attribute named __proto__': ['XML_NAME', () => inside('<UCI __proto__="1">1</UCI>')],
  '100,000 attributes': [
    'XML_TOO_MANY_ATTRIBUTES',
    () => inside(`<UCI ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
  ],
  'a pupil of a million elements': ['XML_TOO_MANY_NODES', () => inside('<SEN/>'.repeat(1_000_000))],
  'a pupil of many small texts': [
    'XML_UNIT_TOO_LARGE',
    () => inside(`<Contacts>${`<x>${'y'.repeat(900)}</x>`.repeat(4000)}</Contacts>`),
  ],
  'a text of five million characters': ['XML_RUN_TOO_LONG', () => inside(`<UCI>${'9'.repeat(5_000_000)}</UCI>`)],
  'a remark of five million characters': ['XML_RUN_TOO_LONG', () => inside(`<!--${'9'.repeat(5_000_000)}-->`)],
  'an attribute of five million characters': ['XML_RUN_TOO_LONG', () => inside(`<UCI a="${'9'.repeat(5_000_000)}"/>`)],
  'a gzip bomb': ['FILE_TOO_LARGE_UNPACKED', () => gzipSync(new Uint8Array(50_000_000))],
  'a gzip cut short': ['FILE_TRUNCATED', () => gzipSync(new TextEncoder().encode(inside(''))).slice(0, -12)],
  'a NUL': ['XML_NOT_WELL_FORMED', () => inside('<UCI>\u0000</UCI>')],
  'nothing at all': ['FILE_EMPTY', () => ''],
}

describe('a transfer file made to harm', () => {
  it.each(Object.entries(hostile))('%s is refused with a sentence, soon', (name, [code, make]) => {
    const made = make()
    const bytes = typeof made === 'string' ? new TextEncoder().encode(made) : made
    const started = performance.now()
    const read = commonTransferFile.parse({ name, bytes })
    expect(performance.now() - started).toBeLessThan(5000)
    expect(read).toMatchObject({ outcome: 'refused', finding: { code } })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('says the line and column of what does not hold together', () => {
    const read = commonTransferFile.parse({
      name: 'x',
      bytes: new TextEncoder().encode('<CTfile>\n  <Header></Heade>'),
    })
    expect(read).toMatchObject({
      finding: { code: 'XML_NOT_WELL_FORMED', at: { line: 2 }, parameters: { line: 2, column: 18 } },
    })
  })
})
