import { leftStatuses } from './dictionary/place.ts'
import { allPhases } from './dictionary/shared.ts'
import { itemOf, items } from './dictionary.ts'
import type { Answers, Condition, Item, Need, Phase, PupilFact, Term, YearGroup } from './item.ts'

/** How a council asks one item: not at all, without counting it, or always. */
export type OverlaySetting = 'off' | 'optional' | 'required'

/** A council's settings in one term, by item code. An item that is not here is asked as the dictionary says. */
export type Overlay = ReadonlyMap<string, OverlaySetting>

/** One line of a council's settings; a term of null means every term. */
export type ItemOverlay = { readonly item: string; readonly term: Term | null; readonly setting: OverlaySetting }

/** All that decides what is asked of one pupil. */
export type AskedFor = {
  readonly term: Term
  readonly yearGroup: YearGroup
  readonly overlay: Overlay
  readonly facts: ReadonlySet<PupilFact>
  readonly answers: Answers
}

const yearsOf: readonly (readonly [Phase, readonly YearGroup[]])[] = [
  ['early_years', ['E1', 'E2', 'N1', 'N2', 'R']],
  ['key_stage_1', ['1', '2']],
  ['key_stage_2', ['3', '4', '5', '6']],
  ['key_stage_3', ['7', '8', '9']],
  ['key_stage_4', ['10', '11']],
  ['post_16', ['12', '13', '14']],
]

/** Details of a pupil that decide what is asked, and the fact that one is there at all. */
const factOfDetail: readonly (readonly [detail: string, fact: PupilFact])[] = [
  ['target_1', 'target_1_held'],
  ['target_2', 'target_2_held'],
  ['target_3', 'target_3_held'],
]

/** What the details are called that decide what is asked of a pupil. */
export const decidingDetails: readonly string[] = factOfDetail.map(([detail]) => detail)

/** The facts that a pupil's details give. */
export const factsOfDetails = (details: ReadonlyMap<string, string> | undefined): ReadonlySet<PupilFact> =>
  new Set(factOfDetail.flatMap(([detail, fact]) => (details?.get(detail) ? [fact] : [])))

const phases: ReadonlyMap<YearGroup, Phase> = new Map(
  yearsOf.flatMap(([phase, years]) => years.map((year) => [year, phase] as const)),
)

/** The phase a year group belongs to; undefined for X, where a school does not teach by year. */
export const phaseOf = (yearGroup: YearGroup): Phase | undefined => phases.get(yearGroup)

/** A council's settings as they stand in one term; a line for the term itself stands above one for every term. */
export const overlayFor = (rows: readonly ItemOverlay[], term: Term): Overlay =>
  new Map(
    [...rows.filter((row) => row.term === null), ...rows.filter((row) => row.term === term)].map((row) => [
      row.item,
      row.setting,
    ]),
  )

/** Whether a condition holds; `undecided` while the answer that would decide it is blank or not known. */
type Holds = 'yes' | 'no' | 'undecided'

const isForYear = (item: Item, term: Term, yearGroup: YearGroup): boolean => {
  const phase = phaseOf(yearGroup)
  return (
    item.terms.includes(term) &&
    // Where a school does not teach by year, only what is asked in every phase can be asked.
    (phase === undefined ? item.phases.length === allPhases.length : item.phases.includes(phase)) &&
    (item.yearGroups === undefined || item.yearGroups.includes(yearGroup))
  )
}

/** The items of a term and year group, in the order of the return: few of all, and gone through for every pupil. */
const yearsItems = new Map<string, ReadonlySet<Item>>()

const itemsFor = (term: Term, yearGroup: YearGroup): ReadonlySet<Item> => {
  const key = `${term} ${yearGroup}`
  const known = yearsItems.get(key)
  if (known) return known
  const own = new Set(items.filter((item) => isForYear(item, term, yearGroup)))
  // What a year group is called comes from files: only those there are have a place here.
  if (phases.has(yearGroup)) yearsItems.set(key, own)
  return own
}

const isForPupil = (item: Item, { term, yearGroup, overlay }: AskedFor): boolean =>
  overlay.get(item.code) !== 'off' && itemsFor(term, yearGroup).has(item)

const answerHolds = (code: string, accepts: (value: string) => boolean, pupil: AskedFor): Holds => {
  const answer = pupil.answers.get(code)
  if (!answer || answer.state === 'cleared') {
    const decider = itemOf(code)
    return decider && isForPupil(decider, pupil) && conditionOf(decider, pupil) !== 'no' ? 'undecided' : 'no'
  }
  if (answer.state === 'given') return accepts(answer.value ?? '') ? 'yes' : 'no'
  return answer.state === 'not_applicable' ? 'no' : 'undecided'
}

const holds = (condition: Condition, pupil: AskedFor): Holds => {
  if ('fact' in condition) return pupil.facts.has(condition.fact) === condition.holds ? 'yes' : 'no'
  if ('anyOf' in condition) {
    const parts = condition.anyOf.map((part) => holds(part, pupil))
    return parts.includes('yes') ? 'yes' : parts.includes('undecided') ? 'undecided' : 'no'
  }
  if ('allOf' in condition) {
    const parts = condition.allOf.map((part) => holds(part, pupil))
    return parts.includes('no') ? 'no' : parts.includes('undecided') ? 'undecided' : 'yes'
  }
  if ('is' in condition) return answerHolds(condition.item, (value) => condition.is.includes(value), pupil)
  if ('isNot' in condition) return answerHolds(condition.item, (value) => !condition.isNot.includes(value), pupil)
  return answerHolds(condition.item, () => true, pupil)
}

const conditionOf = (item: Item, pupil: AskedFor): Holds => (item.when ? holds(item.when, pupil) : 'yes')

const needOf = (item: Item, { term, yearGroup, overlay }: AskedFor): Need => {
  const own = item.needInYearGroup?.[yearGroup] ?? item.needIn?.[term] ?? item.need
  const setting = overlay.get(item.code)
  if (setting === 'optional') return 'optional'
  if (setting !== 'required') return own
  return own === 'conditional' || (item.when && own === 'optional') ? 'conditional' : 'required'
}

/**
 * A child who has left is asked only where to and who says so, with the rest left open for what the school still has;
 * for a child the school says was never its own, nothing more.
 */
const afterLeaving = (item: Item, need: Need, status: string | null | undefined): Need | undefined => {
  if (item.section === 'contact' || item.code === 'status') return need
  if (status === 'never_ours') return undefined
  const stillAsked = item.code === 'left_on' || item.code === 'left_destination' || item.code === 'year_group'
  return leftStatuses.some((left) => left === status) && !stillAsked ? 'optional' : need
}

/** All that may come to be asked, where the council asks as the dictionary says: the same for every such pupil. */
const usuallyAtMost = new Map<string, ReadonlyMap<string, Need>>()

/** Everything that one pupil may come to be asked, whatever is answered: the columns of a workbook. */
export const askedAtMostOf = (pupil: Omit<AskedFor, 'answers'>): ReadonlyMap<string, Need> => {
  if (pupil.overlay.size > 0 || !phases.has(pupil.yearGroup)) return askedOf({ ...pupil, answers: new Map() })
  const key = `${pupil.term} ${pupil.yearGroup} ${[...pupil.facts].sort().join(' ')}`
  let asked = usuallyAtMost.get(key)
  if (!asked) {
    asked = askedOf({ ...pupil, answers: new Map() })
    usuallyAtMost.set(key, asked)
  }
  return asked
}

/**
 * What is asked of one pupil, by item code in the order of the return, and how. A conditional item is `required` once
 * its condition holds, stays `conditional` while that is undecided, and is left out when it does not hold. Give no
 * answers to see all that one row of a workbook may come to need.
 */
export const askedOf = (pupil: AskedFor): ReadonlyMap<string, Need> => {
  const asked = new Map<string, Need>()
  const status = pupil.answers.get('status')?.value
  for (const item of itemsFor(pupil.term, pupil.yearGroup)) {
    if (pupil.overlay.get(item.code) === 'off') continue
    const condition = conditionOf(item, pupil)
    if (condition === 'no') continue
    const own = needOf(item, pupil)
    const need = afterLeaving(item, own === 'conditional' && condition === 'yes' ? 'required' : own, status)
    if (need) asked.set(item.code, need)
  }
  return asked
}
