import type { ItemType } from '../../src/domain/return/item.ts'
import type { CellStyle } from '../format/xlsx-write.ts'

const plum = '55264F'
const plumTint = 'F4EEF3'
const grey = 'D9DADC'
const paper = 'F7F5F7'
const ink = '1F1A1F'
const quiet = '5C555B'
const white = 'FFFFFF'

const fill = (rgb: string): CellStyle => ({ fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb } } })
const font = (rgb: string, more: CellStyle['font'] = {}): CellStyle => ({
  font: { name: 'Calibri', size: 11, color: { rgb }, ...more },
})
const line = { style: 'thin' as const, color: { rgb: 'C9C3C8' } }
const lines: CellStyle = { border: { top: line, bottom: line, left: line, right: line } }
const placed = (more: CellStyle['alignment'] = {}): CellStyle => ({
  alignment: { vertical: 'center', wrapText: true, ...more },
})
const locked: CellStyle = { protection: { locked: true } }

const identity: CellStyle = { ...fill(paper), ...font(ink), ...lines, ...placed(), ...locked, numFmt: '@' }

const formats: Readonly<Record<ItemType['kind'], string>> = {
  choice: '@',
  text: '@',
  integer: '0',
  decimal: 'General',
  // The language is named: LibreOffice writes a bare dd/mm/yyyy as the machine's own short day, month first in the US.
  date: '[$-809]dd/mm/yyyy',
  pence: '£#,##0.00',
}

const answerStyles = new Map<string, CellStyle>()

/** How the cells of a return look: plum heads, white cells to fill, tinted cells that are known, grey ones not asked. */
export const styles = {
  title: { ...font(plum, { bold: true, size: 16 }), alignment: { vertical: 'center' }, ...locked },
  instruction: { ...font(ink), ...placed({ vertical: 'top' }), ...locked },
  band: { ...fill('3B1A37'), ...font(white, { bold: true }), alignment: { vertical: 'center' }, ...locked },
  head: { ...fill(plum), ...font(white, { bold: true }), ...lines, ...placed({ vertical: 'bottom' }), ...locked },
  identityHead: {
    ...fill(plum),
    ...font(white, { bold: true, size: 10 }),
    ...lines,
    ...placed({ vertical: 'bottom' }),
    ...locked,
  },
  when: {
    ...fill(plumTint),
    ...font(plum, { italic: true, size: 9 }),
    ...lines,
    ...placed({ vertical: 'top' }),
    ...locked,
  },
  help: { ...fill(plumTint), ...font(quiet, { size: 9 }), ...lines, ...placed({ vertical: 'top' }), ...locked },
  codes: { ...font(quiet, { size: 8 }), ...locked },
  identity,
  identityDay: { ...identity, ...placed({ horizontal: 'left' }), numFmt: formats.date },
  reference: { ...identity, ...font('8A8389', { size: 7 }), alignment: { vertical: 'center' } },
  notAsked: { ...fill(grey), ...lines, ...locked },
  heading: { ...font(plum, { bold: true, size: 13 }), alignment: { vertical: 'bottom' } },
  text: { ...font(ink), ...placed({ vertical: 'top' }) },
  strong: { ...font(ink, { bold: true }), ...placed({ vertical: 'top' }) },
  tableHead: { ...fill(plum), ...font(white, { bold: true }), ...lines, ...placed() },
  tableCell: { ...font(ink), ...lines, ...placed({ vertical: 'top' }) },
  /** An answer's cell: unlocked, formatted as its type, tinted where it is filled in already. */
  answer: (kind: ItemType['kind'], known: boolean): CellStyle => {
    const key = `${kind} ${known}`
    const style = answerStyles.get(key) ?? {
      ...fill(known ? plumTint : white),
      ...font(ink),
      ...lines,
      ...placed({ horizontal: 'left' }),
      protection: { locked: false },
      numFmt: formats[kind],
    }
    answerStyles.set(key, style)
    return style
  },
} as const
