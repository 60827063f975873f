import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import { scopeFor } from '../../src/access/scope.ts'
import { itemOf } from '../../src/domain/return/dictionary.ts'
import type { Scope } from '../../src/domain/scope.ts'
import { confirmReturn } from '../../src/intake/confirm-return.ts'
import { stageReturn } from '../../src/intake/receive-return.ts'
import { pupilReturns, withReferences } from '../../src/returns/due.ts'
import { saveTyped, wordingOf } from '../../src/returns/form.ts'
import type { Runtime } from '../../src/runtime.ts'
import { csvFile } from '../../src/seed/random.ts'
import { bringInRoll } from '../../src/seed/roll.ts'
import { seedRound } from '../../src/seed/round.ts'
import { factsOfImport } from '../../src/store/import-rows.ts'
import { importsOfDelivery } from '../../src/store/imports.ts'
import { personByEmail } from '../../src/store/people.ts'
import { openRounds, submissionsOf } from '../../src/store/rounds.ts'
import { schoolByUrn, virtualSchools } from '../../src/store/schools.ts'

/** Two people at one school, who work on the same return at the same time. */
type Two = {
  readonly school: number
  readonly council: number
  readonly people: readonly { readonly number: number; readonly scope: Scope }[]
}

const secondPerson = 'm.second@ellerwick.example'

/** Fills a store with one round about two pupils, and two people who may answer it. */
export const openTogether = async (runtime: Runtime): Promise<Two> => {
  await seedRound(runtime, { pupils: 2, seed: 3 })
  const council = (await virtualSchools(runtime.db.query))[0]?.number ?? 0
  await bringInRoll(
    runtime,
    council,
    csvFile('staff.csv', [
      ['email', 'name', 'role', 'urn'],
      [secondPerson, 'Maya Second', 'deputy', '900001'],
    ]),
  )
  const emails = ['d.okoro@ellerwick.example', secondPerson]
  const people = await Promise.all(
    emails.map(async (email) => {
      const number = (await personByEmail(runtime.db.query, email))?.number ?? 0
      return { number, scope: scopeFor(number, { kind: 'school' }, runtime.now()) }
    }),
  )
  const school = await schoolByUrn(runtime.db.query, people[0]?.scope.today ?? ('' as never), '900001')
  return { school: school?.number ?? 0, council, people }
}

const returnsFor = async (runtime: Runtime, scope: Scope) =>
  withReferences(runtime.db, scope, await pupilReturns(runtime.db.query, scope, await openRounds(runtime.db.query)))

const said = (items: Readonly<Record<string, string>>, reference: string): ReturnRow => ({
  number: 1,
  at: {},
  reference: { raw: reference, at: {} },
  upn: null,
  council: null,
  surname: null,
  forename: null,
  dateOfBirth: null,
  findings: [],
  answers: Object.entries(items).map(([item, value]) => ({ item, raw: value, state: 'given', value, at: {} })),
})

/**
 * Both confirm their own answers to the same round at the same moment, again and again. Gives what went wrong: unless one
 * is told to look again and the other has submitted, with nothing of either lost and no answer mixed of the two.
 */
export const submitTogether = async (runtime: Runtime, two: Two, times: number): Promise<readonly string[]> => {
  const wrong: string[] = []
  const { query } = runtime.db
  for (let time = 1; time <= times; time += 1) {
    const [first] = two.people
    const before = first ? await returnsFor(runtime, first.scope) : []
    const one = before[0]
    if (!first || !one) return ['nobody is due']
    const newest = Math.max(0, ...(await submissionsOf(query, first.scope)).map(({ version }) => version))
    const brought = await Promise.all(
      two.people.map(async ({ number, scope }, index) => {
        const items = {
          hours_offered: String(10 + ((time + index) % 20)),
          entry_date: `2025-09-0${1 + (time % 4) + index}`,
        }
        const received = await stageReturn(
          runtime,
          { name: `own-${index}.csv`, bytes: new TextEncoder().encode(`${time} ${index}`) },
          { edition: '1', rows: [said(items, one.reference)], findings: [] },
          { school: two.school, virtualSchools: [two.council], by: number, via: 'page' },
        )
        if (received.outcome === 'refused') throw new Error(received.finding.code)
        const [part] = await importsOfDelivery(query, scope, received.delivery)
        if (!part) throw new Error('not staged')
        return { number, scope, part, items }
      }),
    )
    const confirm = ({ number, scope, part }: (typeof brought)[number], seen: number) =>
      confirmReturn(runtime, scope, part, { by: number, part: 'school', warningsAccepted: true, seen })
    const outcomes = await Promise.all(brought.map((own) => confirm(own, newest)))
    const said_ = outcomes
      .map(({ outcome }) => outcome)
      .sort()
      .join(' ')
    if (said_ !== 'changed-meanwhile submitted') wrong.push(`${time}: ${said_}`)
    const winner = brought[outcomes.findIndex(({ outcome }) => outcome === 'submitted')]
    const loser = brought[outcomes.findIndex(({ outcome }) => outcome !== 'submitted')]
    if (!winner || !loser) continue
    const stands = async (of: (typeof brought)[number]) => {
      const answers = (await returnsFor(runtime, of.scope))[0]?.answers
      return Object.entries(of.items).every(([item, value]) => answers?.get(item)?.value === value)
    }
    if (!(await stands(winner))) wrong.push(`${time}: what was submitted does not stand`)
    const kept = await factsOfImport(query, loser.scope, loser.part.number)
    if (
      !Object.entries(loser.items).every(([item, raw]) => kept.some((fact) => fact.item === item && fact.raw === raw))
    )
      wrong.push(`${time}: the other's own answers are lost`)
    const again = await confirm(loser, newest + 1)
    if (again.outcome !== 'submitted' || !(await stands(loser))) wrong.push(`${time}: cannot be sent after looking`)
  }
  return wrong
}

/**
 * Both save another wording of the same answer at the same moment, again and again. Gives what went wrong: unless one
 * wording is kept and the other comes back to its writer with both.
 */
export const saveTogether = async (runtime: Runtime, two: Two, times: number): Promise<readonly string[]> => {
  const wrong: string[] = []
  const item = itemOf('child_view_words')
  if (!item) return ['no such question']
  for (let time = 1; time <= times; time += 1) {
    const read = (scope: Scope) => async () => (await returnsFor(runtime, scope))[0]
    const saved = await Promise.all(
      two.people.map(async ({ scope }, index) => {
        const one = await read(scope)()
        if (!one) throw new Error('nobody is due')
        const { shown, version } = wordingOf(one, item, new Map())
        const raw = `Wording ${time} of ${index}`
        const typed = [{ item: item.code, raw, base: version, shown }]
        return {
          raw,
          scope,
          outcome: await saveTyped(runtime, scope, read(scope), new Map(), { typed, affirm: false }),
        }
      }),
    )
    const clashes = saved.flatMap(({ outcome }) => (outcome.outcome === 'saved' ? outcome.clashes : []))
    const winner = saved.find(({ outcome }) => outcome.outcome === 'saved' && outcome.changed === 1)
    const now = winner && (await read(winner.scope)())
    if (saved.filter(({ outcome }) => outcome.outcome === 'saved' && outcome.changed === 1).length !== 1)
      wrong.push(`${time}: not one of them is saved`)
    if (clashes.length !== 1 || clashes[0]?.theirs !== winner?.raw || clashes[0]?.typed === winner?.raw)
      wrong.push(`${time}: the other is not told`)
    if (!clashes[0]?.by) wrong.push(`${time}: not told by whom`)
    if (now?.drafts.get(item.code)?.draft.raw !== winner?.raw) wrong.push(`${time}: what was saved is not there`)
  }
  return wrong
}
