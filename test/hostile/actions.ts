import { plainDate, plusDays } from '../../src/domain/dates.ts'
import { newPublicId } from '../../src/domain/identifiers.ts'
import { stageRoll } from '../../src/intake/receive-roll.ts'
import { csvFile } from '../../src/seed/random.ts'
import { disablePerson, endSessions, personByEmail } from '../../src/store/people.ts'
import { emailOf, type PersonName, today, uniqueOf, type ViewerName } from './described.ts'
import type { Portal } from './portal.ts'

const bring = async ({ runtime, known }: Portal, rows: readonly (readonly string[])[]) => {
  const file = csvFile('roll.csv', rows)
  const parsed = await runtime.start({ name: 'parse-local-roll', file })
  if (parsed.outcome === 'refused') throw new Error(parsed.finding.code)
  const virtualSchool = known.councils.get('991')?.number ?? 0
  return stageRoll(runtime, file, parsed, { virtualSchool, by: null, via: 'form' })
}

const publishedAsForm = async (portal: Portal, rows: readonly (readonly string[])[]) => {
  const { publishImports } = await import('../../src/intake/publish.ts')
  const staged = await bring(portal, rows)
  if (staged.outcome === 'refused') throw new Error(staged.finding.code)
  const parts = await portal.runtime.db.query
    .selectFrom('import')
    .select(['id', 'number', 'virtual_school_number as virtualSchool'])
    .where('id', 'in', [...staged.imports])
    .execute()
  await publishImports(
    portal.runtime,
    parts.map((part) => ({ ...part, by: null, part: 'command' })),
  )
}

/** One thing that ends, whose page it ended, and what the next request to it must be. */
type Ending = {
  readonly what: string
  readonly who: ViewerName
  readonly page: string
  readonly after: 303 | 404
  readonly end: () => Promise<void>
}

const yesterday = plusDays(plainDate(today), -1)

const endingsOf = (portal: Portal): readonly Ending[] => {
  const { runtime, known } = portal
  const pupil = (name: 'onroll' | 'dual' | 'hiddenhere' | 'never' | 'tomorrow') =>
    `/pupils/${known.pupils.get(name)?.id}`
  const person = async (name: PersonName) => {
    const found = await personByEmail(runtime.db.query, emailOf(name))
    if (!found) throw new Error(`${name} is not there`)
    return found.number
  }
  const staff = (name: string, role: string, urn: string) =>
    publishedAsForm(portal, [
      ['email', 'name', 'role', 'urn', 'last_day'],
      [emailOf(name), `Name${name}`, role, urn, yesterday],
    ])
  return [
    {
      what: 'a part at a school ended',
      ...{ who: 'colleague1', page: '/inbox', after: 303 },
      end: () => staff('colleague1', 'colleague', '900001'),
    },
    {
      what: 'a part in a council ended',
      ...{ who: 'officer', page: pupil('onroll'), after: 303 },
      end: () => staff('officer', 'officer', ''),
    },
    {
      what: 'care ended',
      ...{ who: 'lead1', page: pupil('onroll'), after: 404 },
      end: () =>
        publishedAsForm(portal, [
          ['child_reference', 'care_last_day', 'care_end_reason'],
          ['RefQxonroll', yesterday, 'returned_home'],
        ]),
    },
    {
      what: 'a place ended long enough ago',
      ...{ who: 'lead2', page: pupil('never'), after: 404 },
      end: () =>
        publishedAsForm(portal, [
          ['child_reference', 'urn', 'first_day', 'last_day', 'enrolment_status'],
          ['RefQxnever', '900002', plusDays(today, -400), plusDays(today, -380), 'C'],
        ]),
    },
    {
      what: 'a record was sealed',
      ...{ who: 'handler', page: pupil('hiddenhere'), after: 404 },
      end: async () => {
        const { sealPupil } = await import('../../src/store/pupils.ts')
        const number = known.pupils.get('hiddenhere')?.number ?? 0
        await runtime.db.commit([sealPupil(number, runtime.now(), await person('head'), 'adopted')])
      },
    },
    {
      what: 'a child became no-disclose',
      ...{ who: 'auditor', page: pupil('tomorrow'), after: 404 },
      end: () =>
        publishedAsForm(portal, [
          ['child_reference', 'no_disclose', 'handled_by'],
          ['RefQxtomorrow', 'Y', emailOf('handler')],
        ]),
    },
    {
      what: 'a session ended',
      ...{ who: 'data', page: '/imports', after: 303 },
      end: async () => runtime.db.commit([endSessions(runtime.db.query, await person('data'), runtime.now())]),
    },
    {
      what: 'a sign-in was taken away',
      ...{ who: 'head2', page: '/rounds', after: 303 },
      end: async () => runtime.db.commit([disablePerson(runtime.db.query, await person('head2'), runtime.now())]),
    },
  ]
}

/** What ends is refused on the very next request. Changes the world: the last thing to be played in it. */
export const endings = async (
  portal: Portal,
): Promise<{ readonly played: number; readonly wrong: readonly string[] }> => {
  const wrong: string[] = []
  const all = endingsOf(portal)
  for (const { what, who, page, after, end } of all) {
    const before = (await portal.ask(who, 'GET', page)).status
    if (before !== 200) wrong.push(`${what}: ${who} could not read it before (${before})`)
    await end()
    const { status } = await portal.ask(who, 'GET', page)
    if (status !== after) wrong.push(`${what}: the next request of ${who} got ${status}, not ${after}`)
  }
  return { played: all.length, wrong }
}

/** A new record for a sealed child: no link, no finding, no warning; and the sealed record itself takes nothing in. */
export const sealedStaysShut = async (portal: Portal): Promise<readonly string[]> => {
  const { query } = portal.runtime.db
  const wrong: string[] = []
  const findings = async (rows: readonly (readonly string[])[]) => {
    const staged = await bring(portal, rows)
    if (staged.outcome === 'refused') return [staged.finding.code]
    const found = await query
      .selectFrom('finding')
      .innerJoin('import', 'import.number', 'finding.import_number')
      .select('finding.code')
      .where('import.id', 'in', [...staged.imports])
      .execute()
    return found.map(({ code }) => code)
  }
  const again = await findings([
    ['child_reference', 'upn', 'surname', 'forename', 'care_first_day'],
    [`Ref${newPublicId()}`, uniqueOf('sealed').upn, 'New', 'Record', plusDays(today, -5)],
  ])
  if (again.length > 0) wrong.push(`a new record with a sealed child's UPN says ${again.join(', ')}`)
  const into = await findings([
    ['child_reference', 'year_group'],
    ['RefQxguarded', '9'],
  ])
  if (!into.includes('RECORD_CLOSED')) wrong.push('a sealed record takes a row in')
  return wrong
}
