import { type PlainDate, plainDate } from '../dates.ts'

/** What a mark counts as. `not_entered` has no code of the table yet; `unknown` is a code that the table does not have. */
export type CodeClass =
  | 'present'
  | 'educated_elsewhere'
  | 'authorised'
  | 'unauthorised'
  | 'not_possible'
  | 'not_entered'
  | 'unknown'

/** How sure a class is: in the regulations, printed by an official body, in others' programs and pages, or remembered. */
export type Certainty = 'law' | 'official' | 'secondhand' | 'memory'

/** The countries whose registers are read. */
export type CodeCountry = 'England' | 'Wales'

/** One code of a register, in force with its table. */
export type RegisterCode = { readonly code: string; readonly class: CodeClass; readonly sure: Certainty }

/** The codes of a country's registers, in force from a day until a later table replaces them. */
export type CodeTable = {
  readonly country: CodeCountry
  readonly validFrom: PlainDate
  readonly source: string
  readonly codes: readonly RegisterCode[]
}

const codes = (sure: Certainty, of: CodeClass, letters: string): readonly RegisterCode[] =>
  letters.split(' ').map((code) => ({ code, class: of, sure }))

/** The code tables, by country and in order of their first day. */
export const codeTables: readonly CodeTable[] = [
  {
    country: 'England',
    validFrom: plainDate('2006-09-01'),
    source: 'Absence and attendance codes (DCSF, January 2009); groups as attendance systems counted them until 2024',
    codes: [
      ...codes('official', 'present', '/ \\ L'),
      ...codes('secondhand', 'educated_elsewhere', 'B D J P V W'),
      ...codes('secondhand', 'authorised', 'C E H I M R S T'),
      // Ended before 2024; counts of it stand in census files of 2014 to 2016.
      ...codes('memory', 'authorised', 'F'),
      ...codes('secondhand', 'unauthorised', 'G N O U'),
      ...codes('secondhand', 'not_possible', 'X Y Z #'),
      // No code of the register then: what feeds wrote for a mark that had not come from the school's system.
      ...codes('secondhand', 'not_entered', 'K'),
    ],
  },
  {
    country: 'England',
    validFrom: plainDate('2024-08-19'),
    source: 'School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 10',
    codes: [
      ...codes('law', 'present', '/ \\ L'),
      ...codes('law', 'educated_elsewhere', 'K V P'),
      ...codes('secondhand', 'educated_elsewhere', 'W B'),
      ...codes('secondhand', 'authorised', 'C C1 C2 E I J1 M R S T'),
      ...codes('secondhand', 'unauthorised', 'G N O U'),
      ...codes('secondhand', 'not_possible', 'D Q X Y1 Y2 Y3 Y4 Y7 Z #'),
      ...codes('memory', 'not_possible', 'Y5 Y6'),
    ],
  },
  {
    country: 'Wales',
    validFrom: plainDate('2010-09-01'),
    source: 'Education (Pupil Registration) (Wales) Regulations 2010 and its guidance, under review since 2026',
    codes: [
      ...codes('memory', 'present', '/ \\ L'),
      ...codes('memory', 'educated_elsewhere', 'B D J P V W'),
      ...codes('memory', 'authorised', 'C E F H I M R S T'),
      ...codes('memory', 'unauthorised', 'G N O U'),
      ...codes('memory', 'not_possible', 'X Z'),
      ...codes('secondhand', 'not_possible', 'Y'),
    ],
  },
]

type Lookup = { readonly table: CodeTable; readonly classes: ReadonlyMap<string, CodeClass> }

const lookups: readonly Lookup[] = codeTables.map((table) => ({
  table,
  classes: new Map(table.codes.map((entry) => [entry.code, entry.class])),
}))

const lookupsOf: Readonly<Record<CodeCountry, readonly Lookup[]>> = {
  England: lookups.filter(({ table }) => table.country === 'England'),
  Wales: lookups.filter(({ table }) => table.country === 'Wales'),
}

const lookupOn = (country: string, day: PlainDate): Lookup => {
  const own = lookupsOf[country === 'Wales' ? 'Wales' : 'England']
  const found = own.findLast(({ table }) => table.validFrom <= day) ?? own[0]
  if (!found) throw new Error('a country without a code table')
  return found
}

/** The code table of a school's country on a day. A country whose registers are not known is read as England's. */
export const codeTableOn = (country: string, day: PlainDate): CodeTable => lookupOn(country, day).table

/** A code in the letters of the table. */
const asInTable = (code: string): string => code.trim().toUpperCase()

/** What stands for a mark that has not been entered, in any country: the translation of the interoperability framework. */
const notEntered: ReadonlySet<string> = new Set(['', '-', '*'])

/** A school's own division of a code, by number: 'X01' is an X. */
const division = /^([A-Z#/\\])\d{1,2}$/

const lookUp = ({ classes }: Lookup, code: string): CodeClass => {
  const written = asInTable(code)
  if (notEntered.has(written)) return 'not_entered'
  const letter = division.exec(written)?.[1]
  return classes.get(written) ?? (letter === undefined ? undefined : classes.get(letter)) ?? 'unknown'
}

/** What a code counts as in a country's register of a day. The country is a school's: 'Wales', otherwise England. */
export const classOf = (country: string, day: PlainDate, code: string): CodeClass =>
  lookUp(lookupOn(country, day), code)

/** Whether a code is a late arrival before the register closed: counted as present. */
export const isLate = (code: string): boolean => /^L\d{0,2}$/.test(asInTable(code))

/** Whether a code says that the pupil is expected at another school where it is registered too. */
export const isDualRegistered = (code: string): boolean => /^D\d{0,2}$/.test(asInTable(code))
