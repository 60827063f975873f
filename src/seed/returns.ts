import type { ReturnSheet } from '../../connectors/termly-return/rows.ts'
import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import type { Overlay } from '../domain/return/ask.ts'
import { confirmReturn } from '../intake/confirm-return.ts'
import { intakeScope, receiveReturn } from '../intake/receive-return.ts'
import { returnSheet } from '../returns/sheet.ts'
import type { Runtime } from '../runtime.ts'
import { importsOfDelivery } from '../store/imports.ts'
import { contactsAt } from '../store/people.ts'
import { openRounds, overlaysOfRounds } from '../store/rounds.ts'
import type { School } from '../store/schools.ts'
import { filledSheet } from './fill.ts'
import type { Random } from './random.ts'

/** A school's sheet, filled in with fictional answers; undefined where it is asked nothing. */
export const filledSheetOf = async (
  runtime: Runtime,
  school: School,
  virtualSchools: readonly number[],
  by: number,
  random: Random,
  share = 1,
): Promise<ReturnSheet | undefined> => {
  const scope = intakeScope(runtime, school.number, virtualSchools, by)
  const made = await returnSheet(
    runtime,
    scope,
    school,
    await contactsAt(runtime.db.query, scope, school.number, by),
    by,
  )
  if (!made) return undefined
  const rounds = await openRounds(runtime.db.query)
  const overlays = await overlaysOfRounds(
    runtime.db.query,
    rounds.map(({ number }) => number),
  )
  const overlayOf = (code: string): Overlay =>
    overlays.get(rounds.find((one) => one.laCode === code)?.number ?? 0) ?? new Map()
  return filledSheet(made.sheet, random, overlayOf, share)
}

/** Sends a fictional school's return through the whole path: workbook, upload, checks and, if asked, confirmation. */
export const sendFictionalReturn = async (
  runtime: Runtime,
  school: School,
  virtualSchools: readonly number[],
  by: number,
  random: Random,
  { share = 1, confirm = true }: { readonly share?: number; readonly confirm?: boolean } = {},
): Promise<void> => {
  const sheet = await filledSheetOf(runtime, school, virtualSchools, by, random, share)
  if (!sheet) return
  const bytes = await writeReturnWorkbook(sheet)
  const name = `${school.name.toLowerCase().replace(/[^a-z]+/g, '-')}-${sheet.term}-${sheet.academicYear}.xlsx`
  const received = await receiveReturn(
    runtime,
    { name, bytes },
    { school: school.number, virtualSchools, by, via: 'seed' },
  )
  if (received.outcome === 'refused') throw new Error(`seed return: ${received.finding.code}`)
  if (!confirm) return
  const scope = intakeScope(runtime, school.number, virtualSchools, by)
  for (const part of await importsOfDelivery(runtime.db.query, scope, received.delivery)) {
    const confirmed = await confirmReturn(runtime, scope, part, { by, part: 'school', warningsAccepted: true })
    if (confirmed.outcome !== 'submitted') throw new Error(`seed return of ${school.name}: ${confirmed.outcome}`)
  }
}
