import type { Destination, PupilToWrite, StatedName } from '../../connectors/common-transfer-file/rows.ts'
import { transferFileName, writeTransferFile } from '../../connectors/registry.ts'
import { academicYearOf, type Instant, parsePlainDate } from '../domain/dates.ts'
import { parseDfeNumber, parseLaCode, parseUln, parseUpn } from '../domain/identifiers.ts'
import type { Scope } from '../domain/scope.ts'
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

/** A file that was made: `left` are the references asked for of which nothing could be written. */
export type MadeTransfer = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly pupils: readonly number[]
  readonly left: readonly string[]
}

/**
 * A transfer file of chosen pupils of one virtual school, where no school will make one, with the name it must have.
 * Pupils who lack what every file must say of a pupil are named as left out, as is whoever the viewer may not follow;
 * sealed and no-disclose children are never in it.
 */
export const transferExport = async (
  query: Query,
  scope: Scope,
  virtualSchool: { readonly laCode: string; readonly name: string },
  references: readonly string[] | 'all',
  wish: TransferWish,
  now: Instant,
): Promise<MadeTransfer> => {
  const academicYear = academicYearOf(scope.today)
  const facts = await writtenPupils(query, scope, references)
  const written = facts.flatMap((one) => {
    const pupil = asPupil(one, wish, virtualSchool.laCode)
    return pupil ? [{ ...one, pupil }] : []
  })
  const bytes = writeTransferFile({
    edition: wish.previousVersion ? academicYear - 1 : academicYear,
    full: wish.full,
    madeAt: now,
    source: { la: virtualSchool.laCode, name: virtualSchool.name },
    destination: wish.destination,
    academicYear,
    pupils: written.map(({ pupil }) => pupil),
  })
  const done = new Set(written.map(({ reference }) => reference))
  const asked = references === 'all' ? facts.map(({ reference }) => reference) : references
  return {
    name: transferFileName(virtualSchool.laCode, wish.destination, 1),
    bytes,
    pupils: written.map(({ number }) => number),
    left: asked.filter((reference) => !done.has(reference)),
  }
}

/** Where a file goes, said in one line: a school's seven digits, an authority's three, `unknown` or `outside`. */
export const parseDestination = (text: string): Destination | undefined => {
  const school = parseDfeNumber(text.slice(0, 3), text.slice(3))
  if (school) return { kind: 'school', ...school, urn: null }
  const la = parseLaCode(text)
  if (la) return { kind: 'authority', la }
  return text === 'unknown' || text === 'outside' ? { kind: text } : undefined
}
