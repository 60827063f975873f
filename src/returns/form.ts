import type { ReturnRow } from '../../connectors/termly-return/rows.ts'
import type { Instant } from '../domain/dates.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import type { Item } from '../domain/return/item.ts'
import type { Scope } from '../domain/scope.ts'
import type { Runtime } from '../runtime.ts'
import { audit } from '../store/audit.ts'
import { Conflict } from '../store/db.ts'
import { saveDrafts } from '../store/drafts.ts'
import { assertTakesAnswers } from '../store/round-dates.ts'
import { noteReturnOpened } from '../store/rounds.ts'
import { inWords } from './drafts.ts'
import type { PupilReturn } from './due.ts'
import type { KnownContacts } from './sheet.ts'

/** How one question stands on screen: what its field shows, and what that rests on. */
export type Wording = {
  readonly item: Item
  /** The words in the field. */
  readonly shown: string
  /** The version of the newest draft of it, 0 where there was none. */
  readonly version: number
  /** Answered in this round, sent or drafted; otherwise known from before, or blank. */
  readonly from: 'answered' | 'unreadable' | 'before' | 'blank'
}

/** What the field of one question shows: the draft, what stands sent, or what was known before; blank where there is none. */
export const wordingOf = (one: PupilReturn, item: Item, contacts: KnownContacts): Wording => {
  const base = { item, version: one.versions.get(item.code)?.version ?? 0 }
  const draft = one.drafts.get(item.code)
  if (draft)
    return {
      ...base,
      shown: draft.draft.raw,
      from: draft.answer ? 'answered' : draft.draft.raw === '' ? 'blank' : 'unreadable',
    }
  const answer = one.filled.get(item.code)
  if (answer) return { ...base, shown: inWords(item, answer), from: 'answered' }
  const contact = contacts.get(item.code)
  const before =
    one.known.get(item.code) ??
    one.asBefore.get(item.code) ??
    (contact === undefined ? undefined : { state: 'given' as const, value: contact })
  return before ? { ...base, shown: inWords(item, before), from: 'before' } : { ...base, shown: '', from: 'blank' }
}

/** Every question that may come to be asked of a pupil, in the order of the return, as its field stands. */
export const wordingsOf = (one: PupilReturn, contacts: KnownContacts): readonly Wording[] =>
  [...one.askedAtMost.keys()].flatMap((code) => {
    const item = itemOf(code)
    return item ? [wordingOf(one, item, contacts)] : []
  })

/** Facts known from before and asked now that nobody has said are still so: one press says it of all of them. */
export const toAffirm = (one: PupilReturn, contacts: KnownContacts): readonly Wording[] =>
  wordingsOf(one, contacts).filter(({ item, from }) => from === 'before' && one.asked.has(item.code))

/** Required questions that nobody can answer by a press: each costs about half a minute. The facts to affirm count once. */
export const questionsLeft = (one: PupilReturn, contacts: KnownContacts): number => {
  const affirm = new Set(toAffirm(one, contacts).map(({ item }) => item.code))
  const missing = one.completeness.missing
  return missing.filter((code) => !affirm.has(code)).length + (missing.some((code) => affirm.has(code)) ? 1 : 0)
}

/** One field as it came back: what was typed, and what the page had shown there under which version. */
export type Typed = { readonly item: string; readonly raw: string; readonly base: number; readonly shown: string }

/** A field that somebody else changed after the page was made: both wordings, and who and when. */
export type Clash = {
  readonly item: string
  readonly typed: string
  readonly theirs: string
  readonly by: string
  readonly at: Instant | null
}

export type Saved =
  | {
      readonly outcome: 'saved'
      readonly pupil: PupilReturn
      readonly changed: number
      readonly clashes: readonly Clash[]
    }
  | { readonly outcome: 'gone' }

const tidy = (text: string) => text.replace(/\r\n?/g, '\n').trim().slice(0, 2000)

const weigh = (one: PupilReturn, contacts: KnownContacts, typed: readonly Typed[]) => {
  const changes: { item: string; version: number; raw: string }[] = []
  const clashes: Clash[] = []
  for (const field of typed) {
    const item = itemOf(field.item)
    if (!item || !one.askedAtMost.has(field.item)) continue
    const [raw, was, now] = [tidy(field.raw), tidy(field.shown), wordingOf(one, item, contacts)]
    if (raw === was || raw === tidy(now.shown)) continue
    if (field.base === now.version && was === tidy(now.shown)) {
      changes.push({ item: field.item, version: now.version + 1, raw })
      continue
    }
    const theirs = one.versions.get(field.item)
    clashes.push({
      item: field.item,
      typed: raw,
      theirs: now.shown,
      by: theirs?.savedBy ?? '',
      at: theirs?.savedAt ?? null,
    })
  }
  return { changes, clashes }
}

const attempts = 5

/**
 * Keeps what a person changed on a pupil's page, and with `affirm` says that every fact known from before is still so.
 * What somebody else changed since the page was made is not overwritten: it is given back with both wordings. `read`
 * gives the pupil's return as it stands now.
 */
export const saveTyped = async (
  runtime: Runtime,
  scope: Scope,
  read: () => Promise<PupilReturn | undefined>,
  contacts: KnownContacts,
  said: { readonly typed: readonly Typed[]; readonly affirm: boolean },
): Promise<Saved> => {
  for (let attempt = 1; ; attempt += 1) {
    const one = await read()
    if (!one) return { outcome: 'gone' }
    const { changes, clashes } = weigh(one, contacts, said.typed)
    const changed = new Set(changes.map(({ item }) => item))
    const affirmed = said.affirm
      ? toAffirm(one, contacts)
          .filter(({ item }) => !changed.has(item.code))
          .map(({ item, version, shown }) => ({ item: item.code, version: version + 1, raw: shown }))
      : []
    const drafts = [...changes, ...affirmed].map((draft) => ({
      ...draft,
      round: one.due.round,
      pupil: one.due.pupil,
      school: one.due.school,
    }))
    if (drafts.length === 0) return { outcome: 'saved', pupil: one, changed: 0, clashes }
    const at = runtime.now()
    try {
      await runtime.db.commit([
        assertTakesAnswers(one.due.round, one.due.school, scope.today),
        ...saveDrafts(drafts, at, scope.person),
        noteReturnOpened(one.due.round, one.due.school, at, scope.person),
        audit(runtime.db.query, {
          at,
          person: scope.person,
          part: 'school',
          action: 'draft saved',
          pupil: one.due.pupil,
        }),
      ])
      const pupil = await read()
      return pupil ? { outcome: 'saved', pupil, changed: drafts.length, clashes } : { outcome: 'gone' }
    } catch (problem) {
      if (!(problem instanceof Conflict) || attempt === attempts) throw problem
    }
  }
}

const noCell = { at: {} }

const rowOf = (one: PupilReturn & { readonly reference: string }, number: number): ReturnRow => {
  const cells = [...one.drafts.values()].flatMap(({ draft, answer, finding }) =>
    one.asked.has(draft.item) && draft.raw !== ''
      ? [
          {
            answer: {
              item: draft.item,
              raw: draft.raw,
              state: answer?.state ?? ('unread' as const),
              value: answer?.value ?? null,
              at: { column: draft.item },
            },
            finding,
          },
        ]
      : [],
  )
  return {
    number,
    ...noCell,
    reference: { raw: one.reference, ...noCell },
    upn: null,
    council: null,
    surname: null,
    forename: null,
    dateOfBirth: null,
    answers: cells.map(({ answer }) => answer),
    findings: cells.flatMap(({ finding }) => (finding ? [finding] : [])),
  }
}

/**
 * What a school's drafts are as a return: a row for each pupil with something new to say, as a file of the same would be
 * read. Questions that no longer apply are left out; what cannot be read goes along to be mended.
 */
export const rowsOfForm = (returns: readonly (PupilReturn & { readonly reference: string })[]): readonly ReturnRow[] =>
  returns
    .filter(({ drafts }) => drafts.size > 0)
    .map((one, index) => rowOf(one, index + 1))
    .filter(({ answers }) => answers.length > 0)
