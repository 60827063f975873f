import { weekOf } from '../../src/domain/chasing.ts'
import { todayInLondon } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import type { NodeRuntime } from '../../src/runtime/node/open.ts'
import { logContact, noteChecked } from '../../src/store/contacts.ts'
import { noteHandover, saveDrafts } from '../../src/store/drafts.ts'
import { addLayout, layoutNamed, retireLayout } from '../../src/store/layouts.ts'
import { personByEmail } from '../../src/store/people.ts'
import { noteSettingCheck } from '../../src/store/register.ts'
import { noteReminder, setReminders } from '../../src/store/reminders.ts'
import { setRoundDate } from '../../src/store/round-dates.ts'
import { addRowReferences, openRounds } from '../../src/store/rounds.ts'
import { addScale, retireScale, scalesOfSchool } from '../../src/store/scales.ts'
import { schoolByUrn } from '../../src/store/schools.ts'
import {
  type ChildName,
  type Council,
  childNamed,
  childNames,
  councils,
  day,
  emailOf,
  type Letter,
  type PersonName,
  schools,
} from './described.ts'

export type Numbers = ReadonlyMap<Council, number>

/** The number in the national register of the school with a letter. */
export const urnOf = (letter: Letter): string => schools.find((one) => one.letter === letter)?.urn ?? ''

export const numberOfPerson = async (runtime: NodeRuntime, name: PersonName): Promise<number> => {
  const person = await personByEmail(runtime.db.query, emailOf(name))
  if (!person) throw new Error(`${name} is not there`)
  return person.number
}

export const numberOfChild = async ({ db }: NodeRuntime, name: ChildName): Promise<number> =>
  (
    await db.query
      .selectFrom('pupil')
      .select('number')
      .where('child_reference', '=', `RefQx${name}`)
      .executeTakeFirstOrThrow()
  ).number

const callers = { '991': 'head', '992': 'head2', '993': 'data3' } as const

/** Each council has called the first two schools, set a date for each, reminded it and checked its contacts. */
export const callSchools = async (runtime: NodeRuntime, numbers: Numbers) => {
  const { query } = runtime.db
  const now = runtime.now()
  const open = await openRounds(query)
  for (const council of councils) {
    const virtualSchool = numbers.get(council) ?? 0
    const by = await numberOfPerson(runtime, callers[council])
    await runtime.db.commit([
      setReminders(query, virtualSchool, {
        ...{ version: 1, aWeek: 2, daysBefore: 0, reason: `SettingQx${council}`, at: now, by },
      }),
    ])
    for (const letter of ['A', 'B'] as const) {
      const school = (await schoolByUrn(query, todayInLondon(now), urnOf(letter)))?.number ?? 0
      const key = `Qxcall${council}${letter}`
      await runtime.db.commit([
        ...logContact(query, {
          ...{ id: newPublicId(), virtualSchool, school, kind: 'call', day: day(-1), minutes: 10, at: now, by },
          ...{ withWhom: `With${key}`, said: `Said${key}`, outcome: 'spoke' },
          action: { what: `Todo${key}`, owner: by, due: day(3) },
        }),
        noteChecked({ virtualSchool, school, day: day(-2), at: now, by }),
        noteSettingCheck(query, {
          ...{ urn: urnOf(letter), virtualSchool, kind: 'other', registered: 'Y', on: day(-2), at: now, by },
          how: `CheckedQx${council}${letter}`,
        }),
        ...noteReminder(query, {
          ...{ virtualSchool, school, week: weekOf(day(0)), ordinal: 1, most: 2, recipients: 1, at: now, by },
        }),
        setRoundDate(query, {
          ...{ round: open.find(({ laCode }) => laCode === council)?.number ?? 0, school, sequence: 1, at: now, by },
          ...{ kind: 'extended', day: day(12), reason: `DateReasonQx${council}${letter}` },
        }),
      ])
    }
  }
  const summer = (await query.selectFrom('round').select('number').where('term', '=', 'summer').execute())[0]
  const first = await schoolByUrn(query, todayInLondon(now), urnOf('A'))
  // Opened again until yesterday: it takes nothing today.
  await runtime.db.commit([
    setRoundDate(query, {
      ...{ round: summer?.number ?? 0, school: first?.number ?? 0, sequence: 1, at: now, by: null },
      ...{ kind: 'reopened', day: day(-1), reason: 'Overtaken' },
    }),
  ])
}

/** The first two schools have each a layout and a scale of their own in use, and one that is not any more. */
export const saveLayouts = async (runtime: NodeRuntime) => {
  const { query } = runtime.db
  for (const [letter, by] of [
    ['A', 'lead1'],
    ['B', 'lead2'],
  ] as const) {
    const school = (await schoolByUrn(query, todayInLondon(runtime.now()), urnOf(letter)))?.number ?? 0
    const person = await numberOfPerson(runtime, by)
    const mapping = JSON.stringify({ sheet: null, columns: [], values: {}, ignored: [], rows: 'whole_school' })
    for (const name of ['in use', 'retired'])
      await runtime.db.commit(addLayout({ id: newPublicId(), school, name, mapping, by: person, at: runtime.now() }))
    const retired = await layoutNamed(query, school, 'retired')
    await runtime.db.commit([retireLayout(query, retired?.number ?? 0, runtime.now(), person)])
    const words = JSON.stringify([{ word: 'secure', band: 'at', yearGroup: '', term: '' }])
    for (const name of ['in use', 'retired'])
      await runtime.db.commit(
        addScale({ id: newPublicId(), school, code: 'own', name, words, by: person, at: runtime.now() }),
      )
    const unused = (await scalesOfSchool(query, school)).find(({ name }) => name === 'retired')
    await runtime.db.commit([retireScale(query, unused?.number ?? 0, runtime.now(), person)])
  }
}

/** At the first two schools somebody has typed about every child that ever had a place there, and handed it on. */
export const typeOnScreen = async (runtime: NodeRuntime) => {
  const { query } = runtime.db
  const rounds = await openRounds(query)
  for (const [letter, by, to] of [
    ['A', 'lead1', 'deputy1'],
    ['B', 'lead2', 'trust'],
  ] as const) {
    const school = (await schoolByUrn(query, todayInLondon(runtime.now()), urnOf(letter)))?.number ?? 0
    const person = await numberOfPerson(runtime, by)
    const typed = await Promise.all(
      childNames
        .filter((name) => childNamed(name).places.some(({ at: place }) => place === letter))
        .map(async (name) => ({
          name,
          pupil: await numberOfChild(runtime, name),
          round: rounds.find(({ laCode }) => laCode === childNamed(name).council)?.number ?? 0,
        })),
    )
    await runtime.db.commit([
      ...addRowReferences(typed.map((one) => ({ ...one, reference: newPublicId().slice(0, 20), school }))),
      ...saveDrafts(
        typed.flatMap((one) => [
          { ...one, school, item: 'answered_by_name', version: 1, raw: `OnScreenQx${one.name}${letter}` },
          { ...one, school, item: 'child_view_words', version: 1, raw: `WordsOnScreenQx${one.name}${letter}` },
        ]),
        runtime.now(),
        person,
      ),
      noteHandover(query, { school, at: runtime.now(), to: await numberOfPerson(runtime, to), by: person }),
    ])
  }
}
