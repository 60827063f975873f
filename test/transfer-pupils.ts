import type {
  Destination,
  FileToWrite,
  NamedSchool,
  PupilToWrite,
  StatedName,
  TransferPupil,
} from '../connectors/common-transfer-file/rows.ts'
import { instant, type PlainDate, plainDate, plusDays } from '../src/domain/dates.ts'
import { parseUln, parseUpn } from '../src/domain/identifiers.ts'
import { makePupil, type Random } from './make.ts'

const ulns = ['9276308686', '1234567899', '4000000011', '9000000008']
const awkward = ['', ' & <b>', '"q\'', 'ÿ€', '𐐷', ']]>', '&amp;', '\u00a0x', 'a  b', '\u2028']

const day = (random: Random): PlainDate => plusDays(plainDate('2015-09-01'), random.number(3800))
const maybe = <Value>(random: Random, make: () => Value): Value | null => (random.chance(0.6) ? make() : null)
const many = <Value>(
  random: Random,
  most: number,
  make: () => Value,
  keyOf: (value: Value) => readonly unknown[],
): readonly Value[] => [
  ...new Map(
    Array.from({ length: random.number(most + 1) }, make).map((value) => [JSON.stringify(keyOf(value)), value]),
  ).values(),
]

const school = (random: Random): NamedSchool => ({
  la: random.pick(['999', '998', 'XXX', '671']),
  establishment: random.pick(['4001', '2001', 'XXXX']),
  urn: random.pick(['', 'XXXXXX', `99${random.digits(4)}`]),
  name: `School ${random.pick(awkward)}`.trim(),
})

const destination = (random: Random): Destination =>
  random.pick<Destination>([
    { kind: 'school', la: '998', establishment: '4102', urn: '990202' },
    { kind: 'school', la: '998', establishment: '4102', urn: null },
    { kind: 'authority', la: '998' },
    { kind: 'unknown' },
    { kind: 'outside' },
  ])

const statedOf = (random: Random): Map<StatedName, string> => {
  const stated = new Map<StatedName, string>([['sex', random.pick(['F', 'M', 'U'])]])
  const say = (name: StatedName, ...values: readonly string[]) => {
    if (random.chance(0.5)) stated.set(name, random.pick(values))
  }
  say('uci', '990010000001A')
  say('former_upn', 'A123456789012')
  say('year_group', 'R', '1', '8', '13', 'X', 'N2')
  say('languages', 'F CYM', 'F URD, H ENG')
  say('service_child', 'Y', 'N', 'U', 'R')
  say('enrolment_status', 'C', 'M', 'S')
  say('fsm_review', '2026-09-01')
  say('speak_welsh', '1')
  say('sen_curriculum', 'CT2')
  if (random.chance(0.5)) {
    stated.set('in_care', random.pick(['Y', 'N']))
    stated.set('care_authority', random.pick(['999', 'MMM']))
  }
  return stated
}

const makePupilToWrite = (random: Random): PupilToWrite => {
  const pupil = makePupil(random)
  return {
    upn: parseUpn(pupil.upn) ?? null,
    uln: maybe(random, () => parseUln(random.pick(ulns)) ?? null),
    surname: `${pupil.surname}${random.pick(awkward)}`.trim(),
    forename: pupil.forename,
    born: pupil.dateOfBirth,
    stated: statedOf(random),
    freeMeals: many(
      random,
      3,
      () => ({
        from: day(random),
        to: maybe(random, () => day(random)),
        country: random.pick(['', 'ENG', 'WLS']),
      }),
      (one) => [one.from],
    ),
    sen: many(
      random,
      4,
      () => ({
        from: day(random),
        to: maybe(random, () => day(random)),
        provision: random.pick(['N', 'K', 'E', 'S']),
      }),
      (one) => [one.from, one.provision],
    ),
    needs: many(
      random,
      3,
      () => ({
        rank: random.pick(['1', '2', '']),
        type: random.pick(['SEMH', 'ASD', 'OTH']),
        from: maybe(random, () => day(random)),
        to: maybe(random, () => day(random)),
      }),
      (one) => [one.type, one.rank],
    ),
    attendance: many(
      random,
      3,
      () => {
        const [attended, authorised, unauthorised] = [random.number(380), random.number(40), random.number(20)]
        return {
          academicYear: 2015 + random.number(11),
          school: school(random),
          possible: attended + authorised + unauthorised,
          attended,
          authorised,
          unauthorised,
          marksFrom: maybe(random, () => day(random)),
          marks: random.pick(['', '/\\/\\NNL\\####', ' /\\Y1Y1 ']),
        }
      },
      (one) => [one.academicYear, one.school.la, one.school.establishment],
    ),
    results: many(
      random,
      8,
      () => ({
        academicYear: 2015 + random.number(11),
        stage: random.pick(['EYF', 'KS1', 'KS2']),
        locale: random.pick(['ENG', 'WLS', '']),
        subject: random.pick(['ENG', 'MAT', 'SCI']),
        method: random.pick(['TA', 'TT', 'FA']),
        component: random.pick(['REA', 'WRI', 'MTC', '']),
        status: random.pick(['R', '']),
        qualifier: random.pick(['NC', 'MT', '']),
        result: random.pick(['EXS', '21', 'A', '']),
        on: maybe(random, () => day(random)),
      }),
      (one) => [one.academicYear, one.stage, one.locale, one.subject, one.method, one.component, one.qualifier],
    ),
    schools: many(
      random,
      4,
      () => ({
        school: school(random),
        from: maybe(random, () => day(random)),
        to: maybe(random, () => day(random)),
        reason: random.pick(['', 'PM', 'IM']),
        grounds: random.pick(['', 'G']),
        last: random.pick(['', 'Y', 'N']),
      }),
      (one) => [one.school.la, one.school.establishment, one.from],
    ),
  }
}

/** A file to write, of a few pupils with everything a record may hold. */
export const makeFileToWrite = (random: Random): FileToWrite => ({
  edition: random.pick([2025, 2026]),
  full: random.chance(0.3),
  madeAt: instant(Date.UTC(2026, 8, 1 + random.number(28), 9, random.number(60))),
  source: { la: '999', name: 'Wendlemoor Virtual School' },
  destination: destination(random),
  academicYear: 2026,
  pupils: Array.from({ length: 1 + random.number(3) }, () => makePupilToWrite(random)),
})

/** A pupil as both sides of a round trip say it: without places, and without what is only concluded from the rest. */
export const asWritten = (pupil: PupilToWrite | TransferPupil) => ({
  upn: pupil.upn,
  uln: pupil.uln,
  surname: pupil.surname,
  forename: pupil.forename,
  born: pupil.born,
  freeMeals: pupil.freeMeals,
  sen: pupil.sen,
  needs: pupil.needs,
  attendance: pupil.attendance,
  results: pupil.results,
  schools: pupil.schools,
  stated: ('at' in pupil ? pupil.stated.map(({ name, value }) => [name, value] as const) : [...pupil.stated])
    .filter(([name]) => !['uln', 'date_of_birth', 'sen'].includes(name))
    .sort(([one], [other]) => one.localeCompare(other)),
})
