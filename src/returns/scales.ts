import type { Term } from '../domain/return/item.ts'
import { bands, type ScaleWord } from '../domain/return/scale.ts'

/** The years that grades beside "for the child's age" are asked in. */
export const scaleYears = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export const scaleTerms: readonly Term[] = ['autumn', 'spring', 'summer']

/** One line of the page on which a school says what its words mean, as typed. */
export type ScaleLine = {
  readonly word: string
  readonly band: string
  readonly yearGroup: string
  readonly term: string
}

/** What stops a scale from being saved; `row` counts from 1. */
export type ScaleProblem =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'noWord'; readonly row: number }
  | { readonly kind: 'twice'; readonly row: number; readonly word: string }

/** A word as it is compared: however it is spaced, and in capitals or not. */
export const sameWord = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()

const isTerm = (text: string): text is Term => scaleTerms.some((term) => term === text)

/** The lines that say something, as they are kept, or what is to mend in them. */
export const wordsOf = (
  lines: readonly ScaleLine[],
): { readonly words: readonly ScaleWord[]; readonly problems: readonly ScaleProblem[] } => {
  const problems: ScaleProblem[] = []
  const words: ScaleWord[] = []
  const taken = new Set<string>()
  for (const [index, line] of lines.entries()) {
    const band = bands.find((one) => one === line.band)
    if (!band) continue
    const word = line.word.trim()
    if (word === '') {
      problems.push({ kind: 'noWord', row: index + 1 })
      continue
    }
    const yearGroup = scaleYears.find((year) => year === line.yearGroup) ?? ''
    const term = isTerm(line.term) ? line.term : ''
    const key = `${sameWord(word)}/${yearGroup}/${term}`
    if (taken.has(key)) problems.push({ kind: 'twice', row: index + 1, word })
    taken.add(key)
    words.push({ word, band, yearGroup, term })
  }
  return { words, problems: words.length === 0 && problems.length === 0 ? [{ kind: 'nothing' }] : problems }
}

const blank: ScaleLine = { word: '', band: '', yearGroup: '', term: '' }

/** The lines to show: what is said, the words seen in the school's returns that are not among them, and some blank ones. */
export const linesToShow = (
  said: readonly ScaleLine[],
  seen: readonly string[],
  blanks: number,
): readonly ScaleLine[] => {
  const there = new Set(said.map(({ word }) => sameWord(word)))
  const fresh = seen.filter((word) => !there.has(sameWord(word)))
  return [
    ...said,
    ...fresh.slice(0, 60).map((word) => ({ ...blank, word })),
    ...Array.from({ length: blanks }, () => blank),
  ]
}
