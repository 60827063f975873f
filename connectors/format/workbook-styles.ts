import { addPart, only, relate, type WorkbookParts } from './workbook-parts.ts'
import { appended, type ClosedElement, elementsAt, type Splice, spliced, tagWith } from './xml-walk.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const stylesPart = 'xl/styles.xml'
const stylesType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml'

/** The least that a workbook without styles of its own needs. */
const plainStyles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`

/** The sections of a style sheet in the order in which they must stand. */
const order = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs']

/** Styles that are added to a workbook, one by one; each gives the number by which a cell names it. */
export type AddedStyles = {
  /** A cell's own style with another background; number format, lock, borders and all else as they were. */
  readonly tinted: (style: number, tint: Tint) => number
  /** A style of our own for a sheet of our own. */
  readonly own: (style: OwnStyle) => number
}

/** A colour as 'RRGGBB', or 'none' for no background at all. */
export type Tint = string

export type OwnStyle = {
  readonly font: { readonly size: number; readonly rgb: string; readonly bold?: true; readonly underline?: true }
  readonly fill?: string
}

/** Lets styles be added to a workbook's style sheet, of which everything there stays as it is, and writes them. */
export const addStyles = (parts: WorkbookParts, add: (styles: AddedStyles) => void): void => {
  if (!parts.has(stylesPart)) {
    addPart(parts, stylesPart, stylesType, plainStyles)
    relate(parts, 'xl/workbook.xml', 'styles', stylesPart)
  }
  const text = withSections(parts.text(stylesPart))
  const [fonts, fills, formats] = ['fonts', 'fills', 'cellXfs'].map((name) => growing(text, name))
  if (!fonts || !fills || !formats) return
  const { prefix } = formats.section
  const fillOf = (rgb: string) =>
    fills.add(
      `<${prefix}fill><${prefix}patternFill patternType="solid"><${prefix}fgColor rgb="FF${rgb}"/><${prefix}bgColor indexed="64"/></${prefix}patternFill></${prefix}fill>`,
    )
  add({
    tinted: (style, tint) => {
      const format = formats.entries[style] ?? formats.entries[0]
      const fill = tint === 'none' ? 0 : fillOf(tint)
      const set = { fillId: String(fill), applyFill: '1' }
      return formats.add(
        format ? `${tagWith(text, format, set)}${text.slice(format.inside, format.end)}` : `<${prefix}xf/>`,
      )
    },
    own: ({ font, fill }) => {
      const bold = font.bold ? `<${prefix}b/>` : ''
      const underline = font.underline ? `<${prefix}u/>` : ''
      const number = fonts.add(
        `<${prefix}font>${bold}${underline}<${prefix}sz val="${font.size}"/><${prefix}color rgb="FF${font.rgb}"/><${prefix}name val="Calibri"/></${prefix}font>`,
      )
      // Format 49 is text: what is typed over stays as it is typed.
      return formats.add(
        `<${prefix}xf numFmtId="49" fontId="${number}" fillId="${fill === undefined ? 0 : fillOf(fill)}" borderId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><${prefix}alignment vertical="top" wrapText="1"/></${prefix}xf>`,
      )
    },
  })
  parts.set(
    stylesPart,
    spliced(
      text,
      [fonts, fills, formats].flatMap((section) => section.splices()),
    ),
  )
}

/** A section that entries are added to: the same entry again is the same number. */
const growing = (text: string, name: string) => {
  const section = only(text, `styleSheet/${name}`)
  const entry = { fonts: 'font', fills: 'fill', cellXfs: 'xf' }[name] ?? ''
  const entries = elementsAt(text, [`styleSheet/${name}/${entry}`])
  const added = new Map<string, number>()
  return {
    section,
    entries,
    add: (xml: string): number => {
      const number = added.get(xml) ?? entries.length + added.size
      added.set(xml, number)
      return number
    },
    splices: (): readonly Splice[] => {
      if (added.size === 0) return []
      const count = { count: String(entries.length + added.size) }
      return [
        { from: section.start, to: section.inside, text: tagWith(text, section, count) },
        { from: section.insideEnd, to: section.insideEnd, text: [...added.keys()].join('') },
      ]
    },
  }
}

/** The style sheet with the sections that entries are added to, in their places, none of them empty. */
const withSections = (text: string): string => {
  const root = only(text, 'styleSheet')
  const { prefix } = root
  const least: Readonly<Record<string, string>> = {
    fonts: `<${prefix}font/>`,
    fills: `<${prefix}fill><${prefix}patternFill patternType="none"/></${prefix}fill><${prefix}fill><${prefix}patternFill patternType="gray125"/></${prefix}fill>`,
    cellXfs: `<${prefix}xf/>`,
  }
  const there = elementsAt(
    text,
    order.map((name) => `styleSheet/${name}`),
  )
  const before = (name: string): ClosedElement | undefined =>
    there.findLast((section) => order.indexOf(section.name) < order.indexOf(name))
  if (root.empty) return spliced(text, [appended(text, root, sections(prefix, least))])
  return spliced(
    text,
    Object.entries(least).flatMap(([name, entry]): Splice[] => {
      const section = there.find((one) => one.name === name)
      if (section && !section.empty) return []
      if (section) return [appended(text, section, entry)]
      const at = before(name)?.end ?? root.inside
      return [{ from: at, to: at, text: sections(prefix, { [name]: entry }) }]
    }),
  )
}

const sections = (prefix: string, entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([name, entry]) => `<${prefix}${name}>${entry}</${prefix}${name}>`)
    .join('')
