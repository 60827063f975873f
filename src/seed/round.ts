import { writeReturnCsv, writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { cutOffDate, termOf } from '../domain/calendar.ts'
import { plusDays, todayInLondon } from '../domain/dates.ts'
import { newPublicId } from '../domain/identifiers.ts'
import type { Runtime } from '../runtime.ts'
import { markDemo, markOperator } from '../store/mark.ts'
import { openRound } from '../store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../store/schools.ts'
import { addVirtualSchools } from './demo.ts'
import { forenames, surnames } from './people.ts'
import { csvFile, fictionalUpn, pick, randomFrom, whole } from './random.ts'
import { filledSheetOf } from './returns.ts'
import { bringInRoll } from './roll.ts'

const council = { laCode: '991', name: 'Wendlemoor', mailbox: 'virtual.school@wendlemoor.example' }
const urn = '900001'
const lead = 'd.okoro@ellerwick.example'
const operator = 'h.marsh@wendlemoor.example'

/**
 * Fills an empty store with one virtual school, one school, some pupils with confirmed places and one open round. Gives
 * that school's return filled in, as a workbook and as CSV. Fictional, and the same for the same seed and day.
 */
export const seedRound = async (
  runtime: Runtime,
  { pupils, seed }: { readonly pupils: number; readonly seed: number },
): Promise<{ readonly workbook: Uint8Array; readonly csv: Uint8Array }> => {
  const { db } = runtime
  const random = randomFrom(seed)
  const today = todayInLondon(runtime.now())
  await db.commit([markDemo(db.query), markOperator(db.query, operator), ...addVirtualSchools([council])])
  const number = (await virtualSchools(db.query))[0]?.number ?? 0
  const children = Array.from({ length: pupils }, (_, index) => index + 1)
  await bringInRoll(
    runtime,
    number,
    csvFile('schools.csv', [
      ['urn', 'school_name', 'phase', 'la_code', 'country'],
      [urn, 'Ellerwick Academy', 'all-through', council.laCode, 'England'],
    ]),
  )
  await bringInRoll(
    runtime,
    number,
    csvFile('staff.csv', [
      ['email', 'name', 'role', 'urn'],
      [lead, 'Dana Okoro', 'designated_teacher', urn],
      [operator, 'Helen Marsh', 'data_officer', null],
    ]),
  )
  await bringInRoll(
    runtime,
    number,
    csvFile('pupils.csv', [
      ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'care_first_day'],
      ...children.map((index) => {
        const year = 1 + (index % 11)
        return [
          `${council.laCode}-${index}`,
          fictionalUpn(council.laCode, index),
          `${pick(random, surnames)}${index}`,
          pick(random, forenames),
          plusDays(`${termOf(today).academicYear - year - 5}-09-01` as typeof today, whole(random, 0, 363)),
          String(year),
          plusDays(today, -whole(random, 200, 900)),
        ]
      }),
    ]),
  )
  await bringInRoll(
    runtime,
    number,
    csvFile('places.csv', [
      ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
      ...children.map((index) => [`${council.laCode}-${index}`, urn, plusDays(today, -190), 'C', 'call']),
    ]),
  )
  const term = termOf(today)
  const asAt = plusDays(today, -20)
  await db.commit(
    openRound(db.query, {
      id: newPublicId(),
      virtualSchool: number,
      academicYear: term.academicYear,
      term: term.term,
      asAt,
      cutOff: cutOffDate(asAt, { date: plusDays(today, 10) }).date,
      cutOffRule: 'date_set_by_council',
      at: runtime.now(),
      by: null,
    }),
  )
  const school = await schoolByUrn(db.query, today, urn)
  const person = await db.query
    .selectFrom('person')
    .select('number')
    .where('email', '=', lead)
    .executeTakeFirstOrThrow()
  const sheet = school && (await filledSheetOf(runtime, school, [number], person.number, random))
  if (!sheet) throw new Error('the round asks nobody')
  return { workbook: await writeReturnWorkbook(sheet), csv: writeReturnCsv(sheet) }
}
