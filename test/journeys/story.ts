import { writeReturnWorkbook } from '../../connectors/termly-return/write.ts'
import { plainDate } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import type { Answer } from '../../src/domain/return/item.ts'
import { confirmReturn } from '../../src/intake/confirm-return.ts'
import { intakeScope, receiveReturn } from '../../src/intake/receive-return.ts'
import { returnSheet } from '../../src/returns/sheet.ts'
import { csvFile, fictionalUpn } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { importsOfDelivery } from '../../src/store/imports.ts'
import { contactsAt, personByEmail } from '../../src/store/people.ts'
import { closeRound, openRound, openRounds, setOverlay } from '../../src/store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'
import type { NodePortal } from './server.ts'

/**
 * The fixed story. At Tallow Bridge School five pupils are looked after by three councils. In summer their teacher sent
 * everything. It is autumn: each pupil is a year older; attainment in three subjects has changed for each; one was
 * suspended once, for two days; each said something about school; all the rest is as last term. The councils have
 * attendance already, and do not ask for it.
 */
export const summer = '2026-06-22'
export const autumn = '2026-11-10'

/** Who asked the children for their view: somebody of whom the portal knows nothing. */
export const asker = 'Mr Oakes, class teacher'

export const teacher = { name: 'Rosa Tallow', email: 'r.tallow@tallowbridge.example' }

type Judged = { readonly grade: string; readonly band: string; readonly progress: string }

export type StoryPupil = {
  readonly forename: string
  readonly surname: string
  readonly laCode: '991' | '992' | '993'
  /** The year group of this autumn. */
  readonly year: number
  readonly born: string
  readonly sen: 'N' | 'K' | 'E'
  /** How each subject stood in summer and stands now, in the words of the page. */
  readonly subjects: Readonly<Record<string, { readonly before: Judged; readonly now: Judged }>>
  readonly suspended?: { readonly times: string; readonly days: string }
  readonly view: string
}

const below = (grade: string): Judged => ({ grade, band: 'below', progress: 'expected' })
const at = (grade: string): Judged => ({ grade, band: 'at', progress: 'expected' })
const more = (grade: string): Judged => ({ grade, band: 'at', progress: 'more' })

const primary = (reading: string, writing: string, mathematics: string) => ({
  reading: { before: below('WTS'), now: more(reading) },
  writing: { before: below('WTS'), now: below(writing) },
  mathematics: { before: at('EXS'), now: more(mathematics) },
})
const secondary = (english: string, mathematics: string, science: string) => ({
  english: { before: below('2+'), now: below(english) },
  mathematics: { before: at('4'), now: at(mathematics) },
  science: { before: at('4-'), now: more(science) },
})

export const pupils: readonly StoryPupil[] = [
  {
    ...{ forename: 'Ade', surname: 'Storey', laCode: '991', year: 5, born: '2017-01-14', sen: 'K' },
    subjects: primary('EXS', 'WTS+', 'GDS'),
    view: 'I like maths now we do it with bricks.',
  },
  {
    ...{ forename: 'Bess', surname: 'Storrow', laCode: '991', year: 6, born: '2016-02-03', sen: 'N' },
    subjects: primary('EXS+', 'WTS+', 'EXS+'),
    view: 'I want to know which school comes next.',
  },
  {
    ...{ forename: 'Cai', surname: 'Stonor', laCode: '992', year: 8, born: '2014-05-21', sen: 'E' },
    subjects: secondary('3', '4+', '4'),
    suspended: { times: '1', days: '2' },
    view: 'It is too loud at lunch.',
  },
  {
    ...{ forename: 'Dot', surname: 'Starling', laCode: '993', year: 4, born: '2017-10-30', sen: 'N' },
    subjects: primary('EXS', 'WTS+', 'EXS'),
    view: 'My teacher reads to us. I like that.',
  },
  {
    ...{ forename: 'Eli', surname: 'Stanmore', laCode: '993', year: 9, born: '2012-12-08', sen: 'K' },
    subjects: secondary('2', '4', '5-'),
    view: 'I would like to do drama.',
  },
]

const urn = '900050'
const given = (value: string): Answer => ({ state: 'given', value })

/** What summer's return said of a pupil, beside what judgements it holds. */
export const asLastTerm = (pupil: StoryPupil): Readonly<Record<string, string>> => ({
  status: 'C',
  entry_date: '2024-09-03',
  hours_offered: '25',
  full_time: 'Y',
  other_provision: 'N',
  sen: pupil.sen,
  attainment_scale: pupil.year < 7 ? 'teacher_assessment' : 'grades_9_1',
  answered_by_name: teacher.name,
  answered_by_email: teacher.email,
  lead_name: teacher.name,
  lead_email: teacher.email,
})

const inSummer = (pupil: StoryPupil): ReadonlyMap<string, Answer> =>
  new Map([
    ...Object.entries(asLastTerm(pupil)).map(([item, value]) => [item, given(value)] as const),
    ['year_group', given(String(pupil.year - 1))] as const,
    ['suspensions', given('0')] as const,
    ['sessions_from', given('2025-09-03')] as const,
    ['sessions_to', given('2026-06-19')] as const,
    ['sessions_possible', given('360')] as const,
    ['sessions_attended', given('342')] as const,
    ['sessions_authorised', given('18')] as const,
    ['sessions_unauthorised', given('0')] as const,
    ...Object.entries(pupil.subjects).flatMap(([subject, { before }]) => [
      [`${subject}_grade`, given(before.grade)] as const,
      [`${subject}_band`, given(before.band)] as const,
      [`${subject}_progress`, given(before.progress)] as const,
    ]),
  ])

const councilOf = async (portal: NodePortal, laCode: string) =>
  (await virtualSchools(portal.runtime.db.query)).find((one) => one.laCode === laCode)?.number ?? 0

const bringIn = async (portal: NodePortal, yearsBack: 0 | 1) => {
  for (const laCode of ['991', '992', '993'] as const) {
    const council = await councilOf(portal, laCode)
    const own = pupils.filter((pupil) => pupil.laCode === laCode)
    const reference = (pupil: StoryPupil) => `T-${pupils.indexOf(pupil) + 1}`
    await bringInRoll(
      portal.runtime,
      council,
      csvFile('pupils.csv', [
        ['child_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'year_group', 'sen', 'care_first_day'],
        ...own.map((pupil) => [
          ...[reference(pupil), fictionalUpn(laCode, 7700 + pupils.indexOf(pupil)), pupil.surname, pupil.forename],
          ...[pupil.born, String(pupil.year - yearsBack), pupil.sen, '2024-03-01'],
        ]),
      ]),
    )
    if (yearsBack === 0) continue
    await bringInRoll(
      portal.runtime,
      council,
      csvFile('schools.csv', [
        ['urn', 'school_name', 'phase', 'la_code', 'country'],
        [urn, 'Tallow Bridge School', 'all-through', '991', 'England'],
      ]),
    )
    await bringInRoll(
      portal.runtime,
      council,
      csvFile('staff.csv', [
        ['email', 'name', 'role', 'urn'],
        [teacher.email, teacher.name, 'designated_teacher', urn],
      ]),
    )
    await bringInRoll(
      portal.runtime,
      council,
      csvFile('places.csv', [
        ['child_reference', 'urn', 'first_day', 'enrolment_status', 'confirmed_how'],
        ...own.map((pupil) => [reference(pupil), urn, '2024-09-03', 'C', 'call']),
      ]),
    )
  }
}

const sendSummer = async ({ runtime }: NodePortal) => {
  const { query } = runtime.db
  const school = await schoolByUrn(query, plainDate(summer), urn)
  const by = (await personByEmail(query, teacher.email))?.number ?? 0
  const councils = (await virtualSchools(query)).map(({ number }) => number)
  const scope = intakeScope(runtime, school?.number ?? 0, councils, by)
  if (!school) throw new Error('no school')
  const contacts = await contactsAt(query, scope, school.number, by)
  const made = await returnSheet(runtime, scope, school, contacts, by)
  if (!made) throw new Error('nothing is asked in summer')
  const rows = made.sheet.rows.map((row) => {
    const pupil = pupils.find(({ surname }) => surname === row.surname)
    return pupil ? { ...row, known: inSummer(pupil) } : row
  })
  const bytes = await writeReturnWorkbook({ ...made.sheet, rows })
  const received = await receiveReturn(
    runtime,
    { name: 'summer.xlsx', bytes },
    { school: school.number, virtualSchools: councils, by, via: 'page' },
  )
  if (received.outcome === 'refused') throw new Error(received.finding.code)
  for (const part of await importsOfDelivery(query, scope, received.delivery)) {
    const { outcome } = await confirmReturn(runtime, scope, part, { by, part: 'school', warningsAccepted: true })
    if (outcome !== 'submitted') throw new Error(`summer: ${outcome}`)
  }
}

const openAutumn = async (portal: NodePortal) => {
  const { db } = portal.runtime
  for (const round of await openRounds(db.query))
    await db.commit([closeRound(db.query, round.number, portal.runtime.now())])
  for (const laCode of ['991', '992', '993'] as const) {
    const council = await councilOf(portal, laCode)
    const sessions = ['from', 'to', 'possible', 'attended', 'authorised', 'unauthorised']
    await db.commit([
      ...sessions.map((item) => setOverlay(council, { item: `sessions_${item}`, term: 'autumn', setting: 'off' })),
    ])
    await db.commit(
      openRound(db.query, {
        id: newPublicId(),
        virtualSchool: council,
        academicYear: 2026,
        term: 'autumn',
        asAt: plainDate('2026-11-02'),
        cutOff: plainDate('2026-11-20'),
        cutOffRule: 'date_set_by_council',
        at: portal.runtime.now(),
        by: null,
      }),
    )
  }
}

/** Brings the portal to the morning of the story: last term sent, this term's rounds open, and nothing answered. */
export const beginStory = async (portal: NodePortal): Promise<void> => {
  await bringIn(portal, 1)
  await sendSummer(portal)
  portal.clock.set(autumn)
  await bringIn(portal, 0)
  await openAutumn(portal)
}

/** Every answer of a pupil that stands published this autumn, by item: what the story says, and nothing else. */
export const expectedOf = (pupil: StoryPupil): Readonly<Record<string, string>> => ({
  ...asLastTerm(pupil),
  year_group: String(pupil.year),
  suspensions: pupil.suspended?.times ?? '0',
  ...(pupil.suspended ? { suspension_days: pupil.suspended.days } : {}),
  ...Object.fromEntries(
    Object.entries(pupil.subjects).flatMap(([subject, { now }]) => [
      [`${subject}_grade`, now.grade],
      [`${subject}_band`, now.band],
      [`${subject}_progress`, now.progress],
    ]),
  ),
  child_view_asked: 'Y',
  child_view_words: pupil.view,
  child_view_asked_by: asker,
  child_view_share_with: 'virtual_school',
})

/** What stands published of a pupil this autumn. */
export const publishedOf = async (
  { runtime }: NodePortal,
  pupil: StoryPupil,
): Promise<Readonly<Record<string, string>>> => {
  const rows = await runtime.db.query
    .selectFrom('answer')
    .innerJoin('round', 'round.number', 'answer.round_number')
    .innerJoin('pupil_detail', 'pupil_detail.pupil_number', 'answer.pupil_number')
    .select(['answer.item', 'answer.value', 'answer.state'])
    .where('pupil_detail.attribute', '=', 'surname')
    .where('pupil_detail.value', '=', pupil.surname)
    .where('round.academic_year', '=', 2026)
    .execute()
  return Object.fromEntries(rows.map(({ item, value, state }) => [item, state === 'given' ? value : state]))
}
