import type { Destination, PupilToWrite, StatedName } from '../../connectors/common-transfer-file/rows.ts'
import { transferFileName, writeTransferFile } from '../../connectors/registry.ts'
import { academicYearOf, type Instant, parsePlainDate, todayInLondon } from '../domain/dates.ts'
import { parseUln, parseUpn } from '../domain/identifiers.ts'
import type { Query } from '../store/db.ts'
import { writtenPupils } from '../store/exported-transfer.ts'

/** What of a record goes out beyond the plain partial file. */
export type TransferWish = {
  /** The leaving school owes the full file; ours is partial unless it is asked for. */
  readonly full: boolean
  readonly schoolHistory: boolean
  readonly lookedAfter: boolean
  /** The version before the current one, for a system that has not been brought up to date. */
  readonly previousVersion: boolean
  readonly destination: Destination
}

const day = (text: string) => parsePlainDate(text) ?? null
const count = (text: string) => (text === '' ? null : Number(text))

type Facts = Awaited<ReturnType<typeof writtenPupils>>[number]

const asPupil = (facts: Facts, wish: TransferWish, laCode: string): PupilToWrite | undefined => {
  const upn = parseUpn(facts.upn)
  const born = day(facts.born)
  if (!upn || !born || facts.surname === '' || facts.forename === '') return undefined
  const said = new Map(facts.stated)
  const stated = new Map<StatedName, string>([['sex', said.get('sex') || 'U']])
  const year = facts.yearGroup || said.get('year_group') || ''
  if (year !== '') stated.set('year_group', year)
  for (const name of ['languages', 'enrolment_status', 'service_child', 'uci'] as const) {
    const value = said.get(name)
    if (wish.full && value) stated.set(name, value)
  }
  if (wish.lookedAfter) stated.set('in_care', 'Y').set('care_authority', laCode)
  return {
    upn,
    uln: parseUln(said.get('uln') ?? '') ?? null,
    surname: facts.surname,
    forename: facts.forename,
    born,
    stated,
    freeMeals: wish.full
      ? facts.meals.flatMap(([from = '', to = '', country = '']) => {
          const first = day(from)
          return first ? [{ from: first, to: day(to), country }] : []
        })
      : [],
    sen: facts.sen.flatMap(([from = '', to = '', provision = '']) => {
      const first = day(from)
      return first ? [{ from: first, to: day(to), provision }] : []
    }),
    needs: facts.needs.map(([rank = '', type = '', from = '', to = '']) => ({
      rank,
      type,
      from: day(from),
      to: day(to),
    })),
    attendance: facts.attendance.flatMap(
      ([
        year = '',
        la = '',
        establishment = '',
        urn = '',
        name = '',
        possible = '',
        attended = '',
        authorised = '',
        unauthorised = '',
      ]) =>
        /^\d{4}$/.test(year)
          ? [
              {
                academicYear: Number(year),
                school: { la, establishment, urn, name },
                possible: count(possible),
                attended: count(attended),
                authorised: count(authorised),
                unauthorised: count(unauthorised),
                marksFrom: null,
                marks: '',
              },
            ]
          : [],
    ),
    results: facts.results.map(
      ([
        year = '',
        stage = '',
        locale = '',
        subject = '',
        method = '',
        component = '',
        qualifier = '',
        result = '',
        status = '',
        on = '',
      ]) => ({
        academicYear: Number(year),
        ...{ stage, locale, subject, method, component, qualifier, result, status },
        on: day(on),
      }),
    ),
    schools: wish.schoolHistory
      ? facts.schools.map(([la = '', establishment = '', from = '', urn = '', name = '', to = '', reason = '']) => ({
          school: { la, establishment, urn, name },
          from: day(from),
          to: day(to),
          reason,
          grounds: '',
          last: '',
        }))
      : [],
  }
}

/**
 * A transfer file of chosen pupils of one virtual school, where no school will make one, with the name it must have.
 * Pupils who lack what every file must say of a pupil are counted and left out; sealed and no-disclose children are
 * never in it.
 */
export const transferExport = async (
  query: Query,
  virtualSchool: { readonly number: number; readonly laCode: string; readonly name: string },
  references: readonly string[] | 'all',
  wish: TransferWish,
  now: Instant,
): Promise<{ readonly name: string; readonly bytes: Uint8Array; readonly written: number; readonly left: number }> => {
  const today = todayInLondon(now)
  const academicYear = academicYearOf(today)
  const facts = await writtenPupils(query, virtualSchool.number, today, references)
  const pupils = facts.flatMap((one) => asPupil(one, wish, virtualSchool.laCode) ?? [])
  const bytes = writeTransferFile({
    edition: wish.previousVersion ? academicYear - 1 : academicYear,
    full: wish.full,
    madeAt: now,
    source: { la: virtualSchool.laCode, name: virtualSchool.name },
    destination: wish.destination,
    academicYear,
    pupils,
  })
  return {
    name: transferFileName(virtualSchool.laCode, wish.destination, 1),
    bytes,
    written: pupils.length,
    left: (references === 'all' ? facts.length : references.length) - pupils.length,
  }
}
