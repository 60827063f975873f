import { gzipSync, strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Random } from './make.ts'

/** At which level a valid file was changed. */
export const mutationLevels = ['cell', 'sheet', 'zip', 'byte'] as const
export type MutationLevel = (typeof mutationLevels)[number]

/** A valid file to change, and whether it is a workbook or a CSV. */
export type ValidFile = { readonly kind: 'workbook' | 'csv'; readonly bytes: Uint8Array }

/** A valid file changed in one to three places at one level; the same for the same random. */
export const mutated = (file: ValidFile, level: MutationLevel, random: Random): Uint8Array => {
  if (level === 'byte')
    return file.kind === 'workbook' && random.chance(0.7) ? byteInside(file.bytes, random) : bytesOf(file.bytes, random)
  if (file.kind === 'csv') return level === 'zip' ? wrapped(file.bytes, random) : changedText(file.bytes, level, random)
  if (level === 'zip') return changedZip(file.bytes, random)
  const parts = unzipSync(file.bytes)
  const name = 'xl/worksheets/sheet1.xml'
  let xml = strFromU8(parts[name] ?? new Uint8Array())
  for (let count = 1 + random.number(3); count > 0; count -= 1)
    xml = level === 'cell' ? changedCell(xml, random) : changedSheet(xml, random)
  const workbook = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array())
  return zipSync(
    {
      ...parts,
      [name]: strToU8(xml),
      'xl/workbook.xml': strToU8(
        level === 'sheet' && random.chance(0.3) ? changedWorkbook(workbook, random) : workbook,
      ),
    },
    { level: 1 },
  )
}

const oddTexts = [
  ...['=1+1', '+44', '-', '@x', '#N/A', 'none', 'not known', 'n/a', 'TRUE', '31/02/2026', '2026-02-30', '1e9', '0x1F'],
  ...[
    '-1',
    '99999999999999999999',
    '12,5',
    '£5',
    '５',
    ' ',
    '\u00a0',
    '\u200b',
    '',
    "'",
    '"',
    ';',
    '&',
    '<b>',
    '\n',
    '\ud800',
  ],
  ...[
    'x'.repeat(5000),
    '😀',
    'Ünïcödé',
    '\u202eabc',
    '__proto__',
    'constructor',
    '%00',
    '../../x',
    '"; drop table pupil; --',
  ],
] as const

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The pieces of a text that match, where they stand. */
const piece = (text: string, pattern: RegExp, random: Random) => {
  const found = [...text.matchAll(pattern)]
  const chosen = found.length > 0 ? random.pick(found) : undefined
  return chosen ? { from: chosen.index, to: chosen.index + chosen[0].length, text: chosen[0] } : undefined
}

const changedCell = (xml: string, random: Random): string => {
  const cell = piece(xml, /<c [^<>]*(?:\/>|>.*?<\/c>)/g, random)
  if (!cell) return xml
  const open = /^<c [^<>]*?(?=\s?\/?>)/.exec(cell.text)?.[0].replace(/\st="\w+"/, '') ?? '<c'
  const odd = escaped(random.pick(oddTexts))
  const made = random.pick([
    () => `${open} t="inlineStr"><is><t xml:space="preserve">${odd}</t></is></c>`,
    () => `${open} t="str"><f>A1&amp;"x"</f><v>${odd}</v></c>`,
    () => `${open}><f>1+1</f></c>`,
    () => `${open}><v>${random.number(100_000) / (random.chance(0.5) ? 1 : 7)}</v></c>`,
    () => `${open} t="${random.pick(['e', 'b', 'd', 's', 'zz'])}"><v>${odd}</v></c>`,
    () => `${open}/>`,
    () => '',
    () => cell.text.repeat(2),
    () =>
      cell.text.replace(/\sr="[A-Z]+\d+"/, ` r="${random.pick(['A1', 'ZZ9', 'XFD1048576', 'A0', '', '1A', 'H8'])}"`),
    () => cell.text.replace(/\ss="\d+"/, ` s="${random.number(400)}"`),
  ])
  return xml.slice(0, cell.from) + made() + xml.slice(cell.to)
}

const changedSheet = (xml: string, random: Random): string => {
  const row = piece(xml, /<row .*?<\/row>/gs, random)
  const other = piece(xml, /<row .*?<\/row>/gs, random)
  if (!row || !other) return xml
  const replace = (text: string) => xml.slice(0, row.from) + text + xml.slice(row.to)
  const column = random.pick(['A', 'B', 'H', 'M', 'AC'])
  return random.pick([
    () => replace(''),
    () => replace(row.text + row.text),
    () => replace(other.text),
    () =>
      replace(
        row.text.replaceAll(
          /\sr="([A-Z]*)\d+"/g,
          (_, letters) => ` r="${letters}${random.pick([1, 7, 9, 40, 1_048_576])}"`,
        ),
      ),
    () => xml.replaceAll(new RegExp(`<c r="${column}\\d+"[^<>]*(?:/>|>.*?</c>)`, 'g'), ''),
    () => xml.replaceAll(new RegExp(`(\\sr=")${column}(\\d+")`, 'g'), '$1ZA$2'),
    () => xml.replace(/<sheetData>.*<\/sheetData>/s, random.pick(['<sheetData/>', '', '<sheetData>'])),
    () => xml.replace('</sheetData>', `${'<row r="999"></row>'.repeat(random.number(50))}</sheetData>`),
    () =>
      xml.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    () => xml.replace(/<worksheet /, `<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet `),
    () => xml.replace(/<row /g, random.pick(['<row hidden="1" ', '<x:row ', '<row  r="" '])),
    () => xml.slice(0, random.number(xml.length)),
  ])()
}

const changedWorkbook = (xml: string, random: Random): string =>
  random.pick([
    () => xml.replace('name="Return"', `name="${escaped(random.pick(['Help', 'About', 'To mend', 'x', '']))}"`),
    () => xml.replace('name="Return"', 'name="Return" state="hidden"'),
    () => xml.replace(/state="veryHidden"/g, ''),
    () => xml.replace('<sheets>', '<workbookPr date1904="1"/><sheets>'),
    () => xml.replace(/<sheet [^<>]*\/>/, (sheet) => sheet + sheet),
    () => xml.replace(/r:id="[^"]*"/g, 'r:id="rId1"'),
    () => xml.replace(/<sheets>.*<\/sheets>/s, '<sheets/>'),
  ])()

const changedZip = (bytes: Uint8Array, random: Random): Uint8Array => {
  const parts = unzipSync(bytes)
  const names = Object.keys(parts)
  const [name, other] = [random.pick(names), random.pick(names)]
  const without = Object.fromEntries(Object.entries(parts).filter(([one]) => one !== name))
  const part = parts[name] ?? new Uint8Array()
  return random.pick([
    () => zipSync(without, { level: 1 }),
    () => zipSync({ ...parts, [name]: parts[other] ?? new Uint8Array() }, { level: 1 }),
    () => zipSync({ ...without, [name.toUpperCase()]: part }, { level: 1 }),
    () => zipSync({ ...parts, [name.toUpperCase()]: part }, { level: 1 }),
    () =>
      zipSync(
        { ...parts, [random.pick(['../x', '/x', 'C:/x', 'xl/vbaProject.bin', 'mimetype', 'x'.repeat(300)])]: part },
        { level: 1 },
      ),
    () => zipSync({ ...parts, [name]: new Uint8Array() }, { level: 1 }),
    () => zipSync({ 'ours.xlsx': bytes }, { level: 0 }),
    () => zipSync(Object.fromEntries(Object.entries(parts).reverse()), { level: 0 }),
    () => withNumber(bytes, random, [0x50, 0x4b, 0x01, 0x02], random.pick([8, 10, 16, 20, 24, 28, 42])),
    () => withNumber(bytes, random, [0x50, 0x4b, 0x03, 0x04], random.pick([6, 8, 14, 18, 26, 28])),
    () => withNumber(bytes, random, [0x50, 0x4b, 0x05, 0x06], random.pick([8, 10, 12, 16, 20])),
    () => new Uint8Array([...bytes, ...bytes]),
    () => bytes.slice(0, bytes.length - random.number(Math.min(bytes.length, 3000))),
  ])()
}

/** An archive in which one number of a header of some kind says something else. */
const withNumber = (bytes: Uint8Array, random: Random, signature: readonly number[], offset: number): Uint8Array => {
  const places: number[] = []
  for (let at = 0; at + 30 < bytes.length; at += 1)
    if (signature.every((byte, index) => bytes[at + index] === byte)) places.push(at)
  const copy = bytes.slice()
  if (places.length === 0) return copy
  const at = random.pick(places) + offset
  for (let index = 0; index < 1 + random.number(4); index += 1)
    copy[at + index] = random.pick([0, 1, 0x7f, 0xff, random.number(256)])
  return copy
}

const changedText = (bytes: Uint8Array, level: 'cell' | 'sheet', random: Random): Uint8Array => {
  let text = strFromU8(bytes)
  for (let count = 1 + random.number(3); count > 0; count -= 1)
    text = level === 'cell' ? changedField(text, random) : changedLines(text, random)
  return random.chance(0.1) ? utf16(text) : strToU8(text)
}

const changedField = (text: string, random: Random): string => {
  const field = piece(text, /(?<=[,\n])(?:"(?:[^"]|"")*"|[^",\r\n]*)(?=[,\r])/g, random)
  if (!field) return text
  const odd = random.pick(oddTexts)
  return (
    text.slice(0, field.from) + random.pick([odd, `"${odd.replaceAll('"', '""')}"`, `"${odd}`]) + text.slice(field.to)
  )
}

const changedLines = (text: string, random: Random): string => {
  const lines = text.split('\r\n')
  const at = random.number(lines.length)
  const line = lines[at] ?? ''
  const put = (...more: readonly string[]) => [...lines.slice(0, at), ...more, ...lines.slice(at + 1)].join('\r\n')
  return random.pick([
    () => put(),
    () => put(line, line),
    () => put('', line, ',,,', ''),
    () => put(`${line},${random.pick(oddTexts)}`),
    () => put(line.split(',').slice(1).join(',')),
    () => put(line.slice(0, random.number(line.length + 1))),
    () => lines.toReversed().join('\r\n'),
    () => lines.join(random.pick(['\n', '\r', '\r\r\n', '\u2028'])),
    () => text.replaceAll(',', random.pick([';', '\t', '|', ',,'])),
    () =>
      text.replace(
        random.pick(['status', 'upn', 'row_reference', 'council']),
        random.pick(['notes', 'status', 'upn', '', '"']),
      ),
    () => `sep=,\r\n${text}`,
    () => `${text}${line}`.repeat(1 + random.number(3)),
  ])()
}

const utf16 = (text: string): Uint8Array =>
  new Uint8Array([
    0xff,
    0xfe,
    ...[...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
  ])

const wrapped = (bytes: Uint8Array, random: Random): Uint8Array =>
  random.pick([
    () => gzipSync(bytes, { mtime: 0 }),
    () => zipSync({ 'ours.csv': bytes }, { level: 1 }),
    () => new Uint8Array([0x50, 0x4b, 3, 4, ...bytes]),
    () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...bytes]),
    () => new Uint8Array([...bytes.subarray(0, random.number(bytes.length)), 0, ...bytes]),
    () => strToU8(`<html><table>${strFromU8(bytes)}`),
    () => new Uint8Array(),
  ])()

const bytesOf = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = bytes.slice()
  for (let count = 1 + random.number(8); count > 0; count -= 1) copy[random.number(copy.length)] = random.number(256)
  const cut = random.number(copy.length)
  if (random.chance(0.15)) return copy.slice(0, cut)
  if (random.chance(0.15)) return new Uint8Array([...copy.slice(0, cut), ...copy.slice(random.number(copy.length))])
  return copy
}

/** Changes bytes inside one part and packs it well again, so that the change reaches the parser. */
const byteInside = (bytes: Uint8Array, random: Random): Uint8Array => {
  const parts = unzipSync(bytes)
  const name = random.pick(Object.keys(parts).filter((part) => part.startsWith('xl/') || part.startsWith('[')))
  const part = parts[name]
  return part ? zipSync({ ...parts, [name]: bytesOf(part, random) }, { level: 1 }) : bytes
}
