import type { AnswerField } from '../../templates/components/answer-field.tsx'
import { answerId } from '../../templates/components/answer-field.tsx'
import { controlFor } from '../../templates/components/mend.tsx'
import type { KnownFact, SectionFields, SubjectFields } from '../../templates/pages/answer-form.tsx'
import { shortMoment } from '../../templates/words/en/dates.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { formWords } from '../../templates/words/en/form.ts'
import { itemWords } from '../../templates/words/en/items.ts'
import { subjectColumns, subjectWords } from '../../templates/words/en/pupil.ts'
import { conditionWords } from '../../templates/words/en/workbook.ts'
import { sections } from '../domain/return/dictionary.ts'
import type { Condition, Item, Section } from '../domain/return/item.ts'
import { inWords } from '../returns/drafts.ts'
import type { PupilReturn } from '../returns/due.ts'
import { type Clash, toAffirm, type Wording, wordingsOf } from '../returns/form.ts'
import type { KnownContacts } from '../returns/sheet.ts'
import { inSubject } from './facts.ts'

const option = (item: string, code: string) => itemWords[item]?.options?.[code] ?? code
const head = (item: string) => itemWords[item]?.head ?? itemWords[item]?.label ?? item

/** A condition as the page's script decides it, from the words in its fields: facts that are no answers hold already. */
const ruleOf = (condition: Condition): unknown => {
  if ('fact' in condition) return true
  if ('anyOf' in condition) return { anyOf: condition.anyOf.map(ruleOf) }
  if ('allOf' in condition) return { allOf: condition.allOf.map(ruleOf) }
  if ('answered' in condition) return { item: condition.item, answered: true }
  const codes = 'is' in condition ? condition.is : condition.isNot
  return {
    item: condition.item,
    ['is' in condition ? 'is' : 'isNot']: codes.map((code) => option(condition.item, code)),
  }
}

const clashWords = (clash: Clash) =>
  formWords.clash(clash.by, clash.at === null ? '' : shortMoment(clash.at), clash.theirs)

const mendWords = (one: PupilReturn, item: Item) => {
  const finding = one.drafts.get(item.code)?.finding
  return finding ? wordsOfFinding({ code: finding.code, parameters: finding.parameters }).rule : null
}

/** A blank saved over what stands sent leaves it standing, and the field says so. */
const noteOf = (one: PupilReturn, item: Item) => {
  const sent = one.answers.get(item.code)
  return sent && one.versions.get(item.code)?.raw === '' && !one.drafts.has(item.code)
    ? formWords.blankStands(inWords(item, sent))
    : null
}

const fieldOf = (one: PupilReturn, wording: Wording, label: string, clashes: readonly Clash[]): AnswerField => {
  const { item, shown, version } = wording
  const clash = clashes.find((other) => other.item === item.code)
  const words = itemWords[item.code] ?? { label, help: '' }
  const control = controlFor(item, words, answerId(item.code), clash?.typed ?? shown)
  const need = one.asked.get(item.code)
  return {
    item: item.code,
    label,
    help: words.help === '' || label !== words.label ? '' : words.help,
    control: control.kind === 'radio' ? { ...control, kind: 'select', value: shown } : control,
    version,
    shown,
    optional: need === 'optional',
    toMend: clash ? clashWords(clash) : mendWords(one, item),
    note: noteOf(one, item),
    when: item.when
      ? {
          rule: JSON.stringify(ruleOf(item.when)),
          words: conditionWords(item.when, { head, option }),
          holds: need === undefined ? 'no' : need === 'conditional' ? 'undecided' : 'yes',
        }
      : null,
  }
}

const helpOf = (section: Section, wordings: readonly Wording[]): SectionFields['help'] => {
  const said = new Map<string, string>()
  for (const { item } of wordings) {
    const part = inSubject(section, item.code)?.part
    const label = part ? subjectColumns[part] : undefined
    const help = itemWords[item.code]?.help
    if (label && help && !said.has(label)) said.set(label, help)
  }
  return [...said].map(([label, says]) => ({ label, says }))
}

/** What a pupil's page shows: facts known from before, and every question in its section. */
export type FieldsShown = {
  readonly toAffirm: readonly KnownFact[]
  readonly known: readonly AnswerField[]
  readonly sections: readonly SectionFields[]
}

/** Lays out one pupil's questions: what is known apart, subjects together, and what need not be said folded away. */
export const fieldsOf = (one: PupilReturn, contacts: KnownContacts, clashes: readonly Clash[]): FieldsShown => {
  const wordings = wordingsOf(one, contacts)
  const affirm = toAffirm(one, contacts)
  const label = (item: Item) => itemWords[item.code]?.label ?? item.code
  const isKnown = ({ item, from, shown }: Wording) =>
    one.asked.has(item.code) && (from === 'before' || ((item.carries || item.affirmed === true) && shown !== ''))
  const known = wordings.filter(isKnown)
  const asked = wordings.filter((wording) => !known.includes(wording))
  const isMore = ({ item, shown }: Wording) => {
    const need = one.asked.get(item.code)
    return shown === '' && (need === 'optional' || (need === undefined && item.need === 'optional'))
  }
  return {
    toAffirm: affirm.map(({ item, shown }) => ({ label: head(item.code), value: shown })),
    known: known.map((wording) => fieldOf(one, wording, label(wording.item), clashes)),
    sections: sections.flatMap((section): SectionFields[] => {
      const own = asked.filter(({ item }) => item.section === section)
      if (own.length === 0) return []
      const bySubject = new Map<string, Wording[]>()
      for (const wording of own) {
        const subject = inSubject(section, wording.item.code)?.subject
        if (subject) bySubject.set(subject, [...(bySubject.get(subject) ?? []), wording])
      }
      const isOpen = ({ item, shown }: Wording) =>
        shown !== '' || ['required', 'prefilled'].includes(one.asked.get(item.code) ?? '')
      const subjects = [...bySubject].map(([subject, of]) => ({ subject, of, more: !of.some(isOpen) }))
      const shown = ({ subject, of }: (typeof subjects)[number]): SubjectFields => ({
        name: subjectWords[subject] ?? subject,
        fields: of.map((wording) => {
          const part = inSubject(section, wording.item.code)?.part ?? ''
          return fieldOf(one, wording, subjectColumns[part] ?? label(wording.item), clashes)
        }),
      })
      const single = own.filter(({ item }) => !inSubject(section, item.code))
      // The child's view is optional, and still the one thing a page about a child should never fold away.
      const folds = (wording: Wording) => section !== 'child' && isMore(wording)
      return [
        {
          section,
          fields: single.filter((one_) => !folds(one_)).map((w) => fieldOf(one, w, label(w.item), clashes)),
          subjects: subjects.filter(({ more }) => !more).map(shown),
          more: single.filter(folds).map((w) => fieldOf(one, w, label(w.item), clashes)),
          moreSubjects: subjects.filter(({ more }) => more).map(shown),
          help: helpOf(section, own),
        },
      ]
    }),
  }
}
