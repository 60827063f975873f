import type { NamedSchool, TransferHeader, TransferPupil } from '../../connectors/common-transfer-file/rows.ts'
import { transferFamilies } from '../store/transfer-families.ts'
import type { StagedFacts } from './stage.ts'

type Value = string | number | null

/** Facts of every family gathered row by row. */
export type TransferFacts = Map<string, Value[][]>

const number = (count: number | null): string | null => (count === null ? null : String(count))
const said = (text: string): string | null => (text === '' ? null : text)

const dayOf = (header: TransferHeader | null): string | null => {
  const day = header?.madeAt.slice(0, 10) ?? ''
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : null
}

/** The school that a file says the child is or was at: where it was sent from, as far as that is a school. */
const namedBy = (header: TransferHeader | null): NamedSchool | null => {
  const source = header?.source ?? null
  return source && /^(\d{6}|\d{4})$/.test(source.urn || source.establishment) ? source : null
}

/**
 * One pupil's record as facts: what each says is the school's whose record it is. A name and a day of birth stay the
 * council's own; what a file says of them is kept beside, for an officer.
 */
export const gatherFacts = (
  facts: TransferFacts,
  pupil: TransferPupil,
  header: TransferHeader | null,
  place: { readonly pupil: number; readonly school: number },
) => {
  const add = (family: (typeof transferFamilies)[number]['current'], ...values: readonly Value[]) => {
    const rows = facts.get(family) ?? []
    rows.push([pupil.number, place.pupil, place.school, ...values])
    facts.set(family, rows)
  }
  for (const { name, value } of pupil.stated) add('pupil_stated', name, value)
  for (const one of pupil.results)
    add(
      'stage_result',
      ...[String(one.academicYear), one.stage, one.locale, one.subject, one.method, one.component, one.qualifier],
      ...[said(one.result), said(one.status), one.on],
    )
  for (const one of pupil.attendance)
    add(
      'attendance_year',
      ...[
        String(one.academicYear),
        one.school.la,
        one.school.establishment,
        said(one.school.urn),
        said(one.school.name),
      ],
      ...[number(one.possible), number(one.attended), number(one.authorised), number(one.unauthorised)],
      ...[one.marksFrom, said(one.marks)],
    )
  for (const one of pupil.sen) add('sen_period', one.from, one.provision, one.to)
  for (const one of pupil.needs) add('sen_need', one.type, one.rank, one.from, one.to)
  for (const one of pupil.freeMeals) add('free_meals', one.from, one.to, said(one.country))
  for (const one of pupil.schools)
    add(
      'past_school',
      ...[one.school.la, one.school.establishment, one.from ?? '', said(one.school.urn), said(one.school.name)],
      ...[one.to, said(one.reason), said(one.grounds), said(one.last)],
    )
  const named = namedBy(header)
  if (named) add('named_school', named.la, named.establishment, named.urn, said(named.name), dayOf(header))
}

/** Gathered facts as staging takes them. */
export const asStaged = (facts: TransferFacts): readonly StagedFacts[] =>
  transferFamilies.flatMap(({ current, key, values }) => {
    const rows = facts.get(current)
    return rows ? [{ family: current, columns: ['row_number', ...key, ...values], rows }] : []
  })
