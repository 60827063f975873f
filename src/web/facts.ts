import type { Fact, Subject } from '../../templates/components/pupil-facts.tsx'
import type { Source } from '../../templates/components/source.tsx'
import type { PupilProps } from '../../templates/pages/pupil.tsx'
import { roundWords, shortRound } from '../../templates/words/en/dates.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { pupilWords, subjectColumns, subjectWords } from '../../templates/words/en/pupil.ts'
import { showsItem } from '../access/scope.ts'
import { itemOf, items, sections } from '../domain/return/dictionary.ts'
import type { Item, Section } from '../domain/return/item.ts'
import { writeValue } from '../domain/return/value.ts'
import type { Part } from '../domain/scope.ts'
import type { SourcedAnswer } from '../store/answer-history.ts'

const inWords = (item: Item, answer: Pick<SourcedAnswer, 'state' | 'value'>) =>
  writeValue(item.type, answer.state, answer.value === '' ? null : answer.value, {
    options: itemWords[item.code]?.options,
    states: stateWords,
  })

const placeIn = (answer: SourcedAnswer) => answer.cell ?? (answer.line === null ? '' : pupilWords.line(answer.line))

const whereOf = (answer: SourcedAnswer) =>
  `${roundWords(answer.term, answer.academicYear)}, ${answer.fileName}, ${placeIn(answer)}`

const sourceOf = (
  item: Item,
  answer: SourcedAnswer,
  earlier: readonly SourcedAnswer[],
  ownReceipts: boolean,
): Source => ({
  file:
    answer.via === 'form'
      ? null
      : { name: answer.fileName, sheet: answer.sheet, place: placeIn(answer), deletedOn: null },
  asSent: answer.mendedFrom ?? answer.raw,
  readAs:
    answer.mendedFrom === null ? inWords(item, answer) : pupilWords.mendedTo(inWords(item, answer), answer.mendedBy),
  scale: answer.scale,
  sentBy: answer.sentBy,
  sentAt: answer.sentAt,
  confirmedAt: answer.publishedAt,
  receipt: answer.receipt === null ? null : { id: ownReceipts ? answer.receipt : null, reference: answer.receipt },
  replaced: earlier.map((one) => ({
    value: inWords(item, one),
    where: whereOf(one),
    by: one.sentBy,
    at: one.publishedAt ?? one.sentAt,
  })),
})

const parts = Object.keys(subjectColumns).join('|')
const subjectItem = new RegExp(`^(?:ks4_)?(${Object.keys(subjectWords).join('|')})_(${parts})$`)

/** The subject and column of a question that is asked of each subject alike; undefined for any other. */
export const inSubject = (
  section: Section,
  code: string,
): { readonly subject: string; readonly part: string } | undefined => {
  if (section !== 'attainment' && section !== 'key_stage_4') return undefined
  const [, subject, part] = subjectItem.exec(code) ?? []
  return subject && part ? { subject, part } : undefined
}

/** What tells which subject it is, and stands with its name. */
const namesSubject: readonly string[] = ['title', 'qualification', 'tier']

const subjectsOf = (section: Section, facts: readonly Fact[]): readonly Subject[] => {
  const bySubject = new Map<string, Subject['figures']>()
  for (const fact of facts) {
    const place = inSubject(section, fact.item)
    if (!place) continue
    const figure = { part: place.part, inTable: !namesSubject.includes(place.part), fact }
    bySubject.set(place.subject, [...(bySubject.get(place.subject) ?? []), figure])
  }
  return [...bySubject].map(([subject, figures]) => {
    const said = (part: string) => {
      const fact = figures.find((figure) => figure.part === part)?.fact
      return fact ? (fact.value ?? (fact.state === 'given' ? '' : stateWords[fact.state])) : undefined
    }
    const course = [said('qualification'), said('tier')].flatMap((text) => text || [])
    return {
      name: said('title') || (subjectWords[subject] ?? subject),
      course: course.length > 0 ? course.join(', ') : null,
      figures: [...figures.filter(({ inTable }) => inTable), ...figures.filter(({ inTable }) => !inTable)],
    }
  })
}

/**
 * The facts of a pupil's page from all that was ever published: for each question the newest standing answer, with its
 * source and what it replaced. Words a role may not read are left out.
 */
export const factsOf = (history: readonly SourcedAnswer[], part: Part): PupilProps['sections'] => {
  const standing = history.filter(({ importState }) => importState === 'published')
  const byItem = new Map<string, SourcedAnswer[]>()
  for (const answer of standing) byItem.set(answer.item, [...(byItem.get(answer.item) ?? []), answer])
  const shown = items.flatMap((item): (Fact & { readonly section: Section })[] => {
    const all = byItem.get(item.code) ?? []
    const newest = all
      .filter(({ current }) => current)
      .sort(
        (one, other) => other.academicYear - one.academicYear || (other.publishOrder ?? 0) - (one.publishOrder ?? 0),
      )[0]
    if (!newest || newest.state === 'cleared' || !showsItem(part, item)) return []
    const earlier = all.filter((one) => one !== newest && (one.publishOrder ?? 0) < (newest.publishOrder ?? 0))
    return [
      {
        section: item.section,
        item: item.code,
        label: itemWords[item.code]?.label ?? item.code,
        state: newest.state,
        value:
          newest.state === 'given'
            ? newest.scale
              ? pupilWords.translated(inWords(item, newest))
              : inWords(item, newest)
            : null,
        of: shortRound(newest.term, newest.academicYear),
        source: sourceOf(item, newest, earlier, part.kind === 'school'),
      },
    ]
  })
  return sections.map((section) => {
    const facts = shown.filter((fact) => fact.section === section && itemOf(fact.item))
    return {
      section,
      facts: facts.filter(({ item }) => !inSubject(section, item)),
      subjects: subjectsOf(section, facts),
    }
  })
}
