import { itemOf, items } from './dictionary.ts'
import type { Answers, Term, YearGroup } from './item.ts'

/** What one word of a school's scale means for the child's age; '' means every year group, every term. */
export type ScaleWord = {
  readonly yearGroup: YearGroup | ''
  readonly term: Term | ''
  readonly word: string
  readonly band: string
}

/** A school's own scale in one version: how the return names it, what the school calls it, and what its words mean. */
export type Scale = {
  readonly version: number
  readonly code: string
  readonly name: string
  readonly words: readonly ScaleWord[]
}

/** An answer worked out from the school's own grade, and by which version of a scale. */
export type Translated = {
  readonly item: string
  readonly from: string
  readonly value: string
  readonly scale: number
}

/** What a word of a scale may mean. */
export const bands = ['pre_key_stage', 'below', 'at', 'above'] as const

/** Each grade that a school writes in its own scale, beside the question what it means for the child's age. */
const pairs: readonly { readonly grade: string; readonly band: string }[] = items.flatMap(({ code }) => {
  const band = code.replace(/_grade$/, '_band')
  return band !== code && itemOf(band) ? [{ grade: code, band }] : []
})

/** The questions that hold a grade as the school writes it. */
export const gradeItems: readonly string[] = pairs.map(({ grade }) => grade)

/** The questions that a grade may be translated for. */
export const bandItems: readonly string[] = pairs.map(({ band }) => band)

const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()

/** The scale that a row's grades are in: as it says, by name where it is the school's own; the only one if it says nothing. */
const scaleOf = (scales: readonly Scale[], answers: Answers): Scale | undefined => {
  const code = answers.get('attainment_scale')?.value
  const name = answers.get('attainment_scale_own')?.value
  const ofCode = code ? scales.filter((scale) => scale.code === code) : scales
  const named = name ? ofCode.filter((scale) => plain(scale.name) === plain(name)) : ofCode
  return named.length === 1 ? named[0] : undefined
}

/** What a grade means in a year group and term: the words for both stand above those for one, and those above the rest. */
const bandOf = (scale: Scale, grade: string, yearGroup: YearGroup, term: Term): string | undefined => {
  const fits = scale.words.filter(
    (one) =>
      plain(one.word) === plain(grade) &&
      (one.yearGroup === '' || one.yearGroup === yearGroup) &&
      (one.term === '' || one.term === term),
  )
  const exact = ({ yearGroup: year, term: when }: ScaleWord) => (year === '' ? 0 : 2) + (when === '' ? 0 : 1)
  return [...fits].sort((one, other) => exact(other) - exact(one))[0]?.band
}

/**
 * The answers "for the child's age" that a school's own scale gives where the school gave a grade and did not say them.
 * `settled` are those it has said already, in this row or before: they are never written over.
 */
export const translate = (
  answers: Answers,
  scales: readonly Scale[],
  pupil: { readonly yearGroup: YearGroup; readonly term: Term },
  settled: (item: string) => boolean,
): readonly Translated[] => {
  const scale = scaleOf(scales, answers)
  if (!scale) return []
  return pairs.flatMap(({ grade, band }) => {
    const given = answers.get(grade)
    if (given?.state !== 'given' || answers.has(band) || settled(band)) return []
    const value = bandOf(scale, given.value ?? '', pupil.yearGroup, pupil.term)
    const type = itemOf(band)?.type
    return value === undefined || type?.kind !== 'choice' || !type.options.includes(value)
      ? []
      : [{ item: band, from: grade, value, scale: scale.version }]
  })
}
