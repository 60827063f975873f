import { read, utils, type WorkBook, type WorkSheet, write } from 'xlsx'
import { parseCellName } from '../connectors/format/cell.ts'
import { writeCsv } from '../connectors/format/csv.ts'
import type { ReturnSheet, ReturnSheetRow } from '../connectors/termly-return/rows.ts'
import { plainDate, plusDays } from '../src/domain/dates.ts'
import { upnCheckLetter } from '../src/domain/identifiers.ts'
import { askedOf } from '../src/domain/return/ask.ts'
import { itemOf } from '../src/domain/return/dictionary.ts'
import type { Answer, Item, PupilFact, Term, YearGroup } from '../src/domain/return/item.ts'
import { statesOf } from '../src/domain/return/value.ts'

/** A source of made-up things that makes the same ones again for the same seed. */
export type Random = {
  /** A whole number from 0 up to, not including, `below`. */
  readonly number: (below: number) => number
  readonly pick: <Thing>(things: readonly Thing[]) => Thing
  readonly chance: (share: number) => boolean
  readonly digits: (count: number) => string
}

/** Random things by a seed (mulberry32). */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
  const number = (below: number) => Math.floor(next() * below)
  return {
    number,
    pick: (things) => {
      const thing = things[number(things.length)]
      if (thing === undefined) throw new Error('nothing to pick from')
      return thing
    },
    chance: (share) => next() < share,
    digits: (count) => Array.from({ length: count }, () => number(10)).join(''),
  }
}

/** A UPN with the check letter it calls for. Authority code 999 is no council's: it is nobody's number. */
export const makeUpn = (random: Random): string => {
  const twelve = `999${random.digits(9)}`
  return `${upnCheckLetter(twelve)}${twelve}`
}

/** The same UPN with a first letter that is not the one it calls for. */
export const withWrongCheckLetter = (upn: string): string => `${upn[0] === 'A' ? 'B' : 'A'}${upn.slice(1)}`

const surnames = ['Ashdown', 'Brightwell', 'Corran', 'Dunmore', 'Ellery', 'Fenwick', 'O’Brayne', 'Penhallow', 'Saïdi']
const forenames = ['Ayla', 'Bram', 'Cerys', 'Dov', 'Esme', 'Idris', 'Juno', 'Kofi', 'Lowri', 'Zoë']
const councils = [
  { code: '892', name: 'Wendlemoor' },
  { code: '893', name: 'Harrowmere' },
  { code: '894', name: 'Stelling' },
] as const

/** A made-up pupil: nobody's name, nobody's number. */
export const makePupil = (random: Random) => ({
  upn: makeUpn(random),
  surname: random.pick(surnames),
  forename: random.pick(forenames),
  dateOfBirth: plusDays(plainDate('2009-09-01'), random.number(4000)),
})

/** A row reference that is the same for the same seed. */
const makeReference = (random: Random): string =>
  Array.from({ length: 26 }, () => random.pick([...'abcdefghijkmnpqrstuvwxyz23456789'])).join('')

/** How a made-up school's return is to be. */
export type SheetWish = {
  readonly seed: number
  readonly pupils: number
  readonly term?: Term
  readonly yearGroups?: readonly YearGroup[]
  /** The share of asked items that are known already. */
  readonly known?: number
}

/** A made-up school's return, with pupils of several councils, as the rounds would ask for it. */
export const makeReturnSheet = (wish: SheetWish): ReturnSheet => {
  const random = seededRandom(wish.seed)
  const term = wish.term ?? 'summer'
  const rows = Array.from({ length: wish.pupils }, (_, index) => makeRow(random, wish, term, index))
  return {
    school: { name: 'Tillbrook Academy', urn: '990101' },
    madeAt: '2026-06-22T09:00:00.000Z' as ReturnSheet['madeAt'],
    term,
    academicYear: 2025,
    rows: rows.sort((one, other) =>
      `${one.due}${one.council.name}${one.surname}`.localeCompare(`${other.due}${other.council.name}${other.surname}`),
    ),
  }
}

const makeRow = (random: Random, wish: SheetWish, term: Term, index: number): ReturnSheetRow => {
  const pupil = makePupil(random)
  const council = random.pick(councils)
  const yearGroup = random.pick(
    wish.yearGroups ?? ['E2', 'N1', 'N2', 'R', '1', '2', '4', '6', '7', '9', '10', '11', '12'],
  )
  const facts = new Set<PupilFact>(random.chance(0.5) ? ['target_1_held', 'pupil_premium_plus_paid'] : [])
  const asked = askedOf({ term, yearGroup, overlay: new Map(), facts, answers: new Map() })
  const known = new Map<string, Answer>()
  for (const code of asked.keys()) {
    const item = itemOf(code)
    if (item && random.chance(wish.known ?? 0.1)) known.set(code, makeAnswer(random, item))
  }
  return {
    ...pupil,
    reference: makeReference(random),
    council,
    due: plusDays(plainDate('2026-07-03'), councils.indexOf(council) * 3),
    asAt: plainDate('2026-06-19'),
    upn: index % 13 === 12 ? '' : pupil.upn,
    asked,
    known,
  }
}

const awkwardTexts = ['=1+1', '+44', '-5 to 5', '@home', '1-3', '007', '3/4', 'a; b, "c"', 'Zoë’s – best', "'quoted"]

/** An answer that an item takes: a value of its type, or one of its states but "none". */
export const makeAnswer = (random: Random, item: Item): Answer => {
  const states = statesOf(item).filter((state) => state !== 'cleared')
  if (states.length > 0 && random.chance(0.15)) return { state: random.pick(states), value: null }
  return { state: 'given', value: makeValue(random, item) }
}

const makeValue = (random: Random, { type }: Item): string => {
  switch (type.kind) {
    case 'choice':
      return random.pick(type.options)
    case 'text':
      return random
        .pick([...awkwardTexts, 'Working well', 'Line one\nline two'])
        .slice(0, type.longest)
        .trim()
    case 'integer':
      return String(type.from + random.number(type.to - type.from + 1))
    case 'decimal': {
      const steps = 10 ** type.places
      return String(Math.round((type.from + random.number((type.to - type.from) * steps) / steps) * steps) / steps)
    }
    case 'date':
      return plusDays(plainDate('2024-01-01'), random.number(800))
    case 'pence':
      return String(random.number(Math.min(type.to, 90_000)))
  }
}

/** One cell to fill, by its name or by whose row and which item. A value of null empties it. */
export type CellEdit =
  | { readonly cell: string; readonly value: CellValue }
  | { readonly rowReference: string; readonly item: string; readonly value: CellValue }
type CellValue = string | number | Date | null

/**
 * Fills cells of a downloaded workbook's Return sheet as a program would, and saves it. The hidden sheets and codes
 * stay; its looks do not, which no reader needs.
 */
export const fillWorkbook = (bytes: Uint8Array, edits: readonly CellEdit[]): Uint8Array => {
  const workbook = read(bytes, { type: 'array', cellNF: true })
  const sheet = workbook.Sheets['Return']
  if (!sheet) throw new Error('the workbook has no Return sheet')
  const places = placesIn(sheet)
  for (const edit of edits) {
    const name = 'cell' in edit ? edit.cell : places(edit.rowReference, edit.item)
    setCell(sheet, name, edit.value)
  }
  return saveWorkbook(workbook)
}

/** The cell of a downloaded workbook in which an item of one row stands. */
export const cellOf = (bytes: Uint8Array, rowReference: string, item: string): string => {
  const sheet = read(bytes, { type: 'array' }).Sheets['Return']
  if (!sheet) throw new Error('the workbook has no Return sheet')
  return placesIn(sheet)(rowReference, item)
}

/** Whether a downloaded workbook asks an item of anybody in it. */
export const hasColumn = (bytes: Uint8Array, item: string): boolean => {
  const sheet = read(bytes, { type: 'array' }).Sheets['Return']
  if (!sheet) throw new Error('the workbook has no Return sheet')
  const rows = utils.sheet_to_json<(string | undefined)[]>(sheet, { header: 1, blankrows: true })
  return rows.some((row) => row.includes('row_reference') && row.includes(item))
}

const placesIn = (sheet: WorkSheet) => {
  const rows = utils.sheet_to_json<(string | undefined)[]>(sheet, { header: 1, blankrows: true })
  const codesAt = rows.findIndex((row) => row.includes('row_reference'))
  const codes = rows[codesAt] ?? []
  const references = rows.map((row) => row[codes.indexOf('row_reference')])
  return (rowReference: string, item: string): string => {
    const [row, column] = [references.indexOf(rowReference), codes.indexOf(item)]
    if (row < 0 || column < 0) throw new Error(`the workbook has no cell for ${item} in that row`)
    return utils.encode_cell({ r: row, c: column })
  }
}

/** A day as a spreadsheet counts it, from the last day of 1899. */
const dayNumber = (day: Date) => Math.round((day.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000)

const setCell = (sheet: WorkSheet, name: string, value: CellValue) => {
  if (!parseCellName(name)) throw new Error(`${name} names no cell`)
  if (value === null) delete sheet[name]
  else if (value instanceof Date) sheet[name] = { t: 'n', v: dayNumber(value), z: 'dd/mm/yyyy' }
  else sheet[name] = typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value }
}

const saveWorkbook = (workbook: WorkBook): Uint8Array =>
  new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx', compression: true }))

/** A CSV file from rows of cells, as our own writer makes it. */
export const makeCsv = (rows: readonly (readonly string[])[]): Uint8Array => writeCsv(rows)
