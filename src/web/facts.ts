import type { Source } from '../../templates/components/source.tsx'
import type { Fact } from '../../templates/pages/pupil.tsx'
import { roundWords } from '../../templates/words/en/dates.ts'
import { itemWords, stateWords } from '../../templates/words/en/items.ts'
import { pupilWords } from '../../templates/words/en/pupil.ts'
import { showsItem } from '../access/scope.ts'
import { itemOf, items, sections } from '../domain/return/dictionary.ts'
import type { Item, Section } from '../domain/return/item.ts'
import { writeValue } from '../domain/return/value.ts'
import type { Part } from '../domain/scope.ts'
import type { SourcedAnswer } from '../store/answers.ts'

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

/**
 * The facts of a pupil's page from all that was ever published: for each question the newest standing answer, with its
 * source and what it replaced. Words a role may not read are left out.
 */
export const factsOf = (
  history: readonly SourcedAnswer[],
  part: Part,
): readonly { readonly section: Section; readonly facts: readonly Fact[] }[] => {
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
        value: newest.state === 'given' ? inWords(item, newest) : null,
        of: roundWords(newest.term, newest.academicYear),
        source: sourceOf(item, newest, earlier, part.kind === 'school'),
      },
    ]
  })
  return sections.map((section) => ({
    section,
    facts: shown.filter((fact) => fact.section === section && itemOf(fact.item)),
  }))
}
