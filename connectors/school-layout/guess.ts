import { plainDate } from '../../src/domain/dates.ts'
import { items } from '../../src/domain/return/dictionary.ts'
import type { Item } from '../../src/domain/return/item.ts'
import { everyState, readValue, statesOf } from '../../src/domain/return/value.ts'
import { stateWords } from '../../templates/words/en/items.ts'
import { comparable } from '../format/text.ts'
import { columnByCode, columnByWords, wordsOf } from '../termly-return/layout.ts'
import type { Target } from './rows.ts'

/**
 * What schools' systems call what the return asks for, beside our own words. Headings as SIMS, Arbor, Bromcom and
 * hand-made lists write them; a guess is only ever offered.
 */
const alsoCalled: Readonly<Record<string, RegExp>> = {
  row_reference: /^(row )?ref(erence)?$|^our ref/,
  upn: /^(upn|unique pupil (number|no\.?)|pupil upn|student upn)$/,
  surname: /^(legal )?(surname|last ?name|family name)$/,
  forename: /^(legal )?(forename|first ?name|given name)s?$/,
  date_of_birth: /^(dob|d\.o\.b\.?|date of birth|birth ?date)$/,
  council: /^(council|local authority|la|(in )?care authority|caring authority|placing authority)$/,
  year_group: /^(nc )?(yr|year)( ?gr(ou)?p\.?| taught in)?$|^ncy$|^national curriculum year$/,
  entry_date: /^(date of (entry|admission)|admission date|entry date|date admitted|doa)$/,
  status: /^(enrol?ment status|on roll( status)?|enrolment)$/,
  hours_offered: /^(weekly hours|hours( offered)?( (a|per) week)?|timetabled hours)$/,
  sen: /^(sen|send|sen (status|provision|need)|special educational needs?)$/,
  sessions_possible: /^(possible( sessions| marks)?|sessions possible|total possible)$/,
  sessions_attended: /^(present|presents?( marks)?|sessions attended|attendances?|attended)$/,
  sessions_authorised: /^(auth(orised)?\.?( absences?)?|authorised absence.*)$/,
  sessions_unauthorised: /^(unauth(orised)?\.?( absences?)?|unauthorised absence.*)$/,
  attainment_scale_own: /^(scale|assessment scale|name of scale)$/,
}

const subjects: Readonly<Record<string, RegExp>> = {
  reading: /\bread(ing)?\b/,
  writing: /\bwrit(e|ing)\b/,
  english: /\b(english|eng|en)\b/,
  mathematics: /\b(math(s|ematics)?|ma)\b/,
  science: /\b(science|sci|sc)\b/,
}

const asSubject = (head: string): Target | undefined => {
  const found = Object.entries(subjects).filter(([, called]) => called.test(head))
  const subject = found[0]?.[0]
  if (!subject || found.length > 1) return undefined
  const part = /\b(are|expected|age.related|for age|expectation|band|standard)\b/.test(head)
    ? 'band'
    : /\bprogress\b/.test(head)
      ? 'progress'
      : /\btrack\b/.test(head)
        ? 'on_track'
        : 'grade'
  const code = `${subject}_${part}`
  return items.some((item) => item.code === code) ? code : undefined
}

/** What a heading most likely is in the return; undefined where nothing is likely. */
export const guessTarget = (head: string): Target | undefined => {
  const known = columnByCode(head.replace(/\s+/g, '_')) ?? columnByWords(head)
  if (known && known.code !== 'due') return known.code
  const plain = comparable(head).replace(/[_/]+/g, ' ').trim()
  return (
    Object.entries(alsoCalled).find(([code, called]) => called.test(plain) && isTarget(code))?.[0] ?? asSubject(plain)
  )
}

const isTarget = (code: string) =>
  ['row_reference', 'upn', 'surname', 'forename', 'date_of_birth', 'council'].includes(code) ||
  items.some((item) => item.code === code)

/** Words for a place against what is expected for age, as schools write them. */
const bandWords: Readonly<Record<string, RegExp>> = {
  below: /^(wts|wt|working towards.*|below.*|emerging|em|b|not yet.*|under.*)$/,
  at: /^(exs|exp|expected.*|at( are| age.*| expected)?|secure|sec|on track|met|are)$/,
  above: /^(gds|gd|greater depth.*|above.*|exceeding|exc|mastery|deeper|working beyond.*)$/,
  pre_key_stage: /^(pks\d?|pre.?key.?stage.*)$/,
}

const noDay = plainDate('9999-12-31')

/**
 * What a word of a choice column most likely is: an option or a state of its item; '' where nothing is likely. Systems
 * also write a code and its words in one cell, as "K - SEN support": the code is asked first.
 */
export const guessValue = (item: Item, word: string): string => {
  if (item.type.kind !== 'choice') return ''
  const whole = guessWord(item, item.type.options, word)
  const parts = /^\s*(\w{1,4})\s*[-\u2010-\u2015:=]\s*(\S.*)$/u.exec(word)
  if (whole !== '' || !parts) return whole
  const [, code = '', words = ''] = parts
  const byCode = item.type.options.find((option) => comparable(option) === comparable(code))
  return byCode ?? guessWord(item, item.type.options, words)
}

const guessWord = (item: Item, options: readonly string[], word: string): string => {
  const read = readValue(item.type, statesOf(item), word, noDay, wordsOf(item).options, stateWords)
  if (!('problem' in read)) return read.state === 'given' ? (read.value ?? '') : read.state
  const plain = comparable(word)
  if (options.includes('Y') && options.includes('N')) {
    if (/^(yes|true|t|1)$/.test(plain)) return 'Y'
    if (/^(no|false|f|0)$/.test(plain)) return 'N'
  }
  if (item.code === 'year_group') {
    const year = /^(?:year|yr|y)?\s*0*(\d{1,2})\b/.exec(plain)?.[1]
    if (year !== undefined && options.includes(year)) return year
    if (/^(r|rec.*|reception)$/.test(plain)) return 'R'
  }
  const band = Object.entries(bandWords).find(([code, called]) => options.includes(code) && called.test(plain))?.[0]
  if (band) return band
  const starts = options.filter((code) => comparable(wordsOf(item).options?.[code] ?? code).startsWith(plain))
  return starts.length === 1 && plain.length > 2 ? (starts[0] ?? '') : ''
}

/** Whether a text is an option or state that a word of an item's column may be given. */
export const isMeaning = (item: Item, meaning: string): boolean =>
  (item.type.kind === 'choice' && item.type.options.includes(meaning)) ||
  everyState.some((state) => state === meaning && statesOf(item).includes(state))
