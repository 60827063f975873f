import type { Instant, PlainDate } from '../../src/domain/dates.ts'
import type { Term } from '../../src/domain/return/item.ts'
import { count } from '../words/en/counts.ts'
import { academicYearWords, nearDay, shortMoment, termWords } from '../words/en/dates.ts'
import { mailWords as words } from '../words/en/mail.ts'

/** An e-mail's words, without whom it goes to. */
export type EmailWords = { readonly subject: string; readonly text: string }

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** Puts an e-mail together: one line as subject, paragraphs, and who it is from. */
export const written = (subject: string, paragraphs: readonly string[]): EmailWords => ({
  subject: oneLine(subject).slice(0, 200),
  text: `${[...paragraphs.filter((text) => text !== ''), words.signature].join('\n\n')}\n`,
})

const round = (term: Term, academicYear: number) =>
  `${termWords[term].toLowerCase()} return ${academicYearWords(academicYear)}`

/** The code that signs a person in: six numbers, once. */
export const signInCodeEmail = (code: string, minutes: number): EmailWords =>
  written(words.codeSubject(code), words.codeText(code, minutes))

type ReceiptEmail = {
  readonly reference: string
  readonly council: string
  readonly term: Term
  readonly academicYear: number
  readonly pupils: number
  readonly stillToAnswer: number
  readonly sentBy: string
  readonly sentAt: Instant
  /** The whole address of the receipt's page. */
  readonly address: string
}

/** A receipt by e-mail: how many pupils, never who. */
export const receiptEmail = (receipt: ReceiptEmail): EmailWords =>
  written(words.receiptSubject(receipt.reference, receipt.council), [
    ...words.receiptText(
      receipt.council,
      round(receipt.term, receipt.academicYear),
      count(receipt.pupils, 'pupil'),
      receipt.sentBy,
      shortMoment(receipt.sentAt),
    ),
    receipt.stillToAnswer === 0
      ? ''
      : words.receiptLeft(`${count(receipt.stillToAnswer, 'question')} ${receipt.stillToAnswer === 1 ? 'is' : 'are'}`),
    `${words.receiptSee}\n${receipt.address}`,
  ])

type RoundOpenedEmail = {
  readonly council: string
  readonly term: Term
  readonly academicYear: number
  readonly due: PlainDate
  /** Why it is due then, as a sentence; may be empty. */
  readonly rule: string
  /** The whole address of the list of what is due. */
  readonly address: string
}

/** Tells a school's people that a council has opened a round; it does not say whom it asks about. */
export const roundOpenedEmail = (opened: RoundOpenedEmail): EmailWords => {
  const name = round(opened.term, opened.academicYear)
  const due = nearDay(opened.due)
  return written(words.openSubject(opened.council, name, due), [
    ...words.openText(opened.council, name, due, opened.rule),
    `${words.openSee}\n${opened.address}`,
    words.openHelp,
  ])
}

type DateSetEmail = {
  readonly council: string
  readonly term: Term
  readonly academicYear: number
  readonly kind: 'extended' | 'reopened'
  readonly day: PlainDate
  /** The whole address of the list of what is due. */
  readonly address: string
}

/** Tells a school's people of a later date, or that a round is open again for them; the reason stands on the page. */
export const dateSetEmail = (set: DateSetEmail): EmailWords => {
  const name = round(set.term, set.academicYear)
  const day = nearDay(set.day)
  return written(words.dateSubject(set.council, name, day), [
    set.kind === 'extended' ? words.extendedText(set.council, name, day) : words.reopenedText(set.council, name, day),
    `${words.dateSee}\n${set.address}`,
  ])
}

type ReminderEmail = {
  readonly council: string
  readonly term: Term
  readonly academicYear: number
  readonly due: PlainDate
  readonly today: PlainDate
  /** The whole address of the list of what is due. */
  readonly address: string
}

/** Reminds a school's people of a return; it says neither whom it is about nor how many. */
export const reminderEmail = (of: ReminderEmail): EmailWords => {
  const name = round(of.term, of.academicYear)
  const day = nearDay(of.due)
  const late = of.due < of.today
  return written(words.remindSubject(of.council, name, day, late), [
    ...words.remindText(of.council, name, day, late),
    `${words.openSee}\n${of.address}`,
    words.openHelp,
  ])
}

/** Asks a colleague at the school to carry on with the return; it says how many pupils, never who. */
export const handOverEmail = (handed: {
  readonly by: string
  readonly school: string
  readonly pupils: number
  /** The whole address of the answers. */
  readonly address: string
}): EmailWords =>
  written(words.handSubject(handed.by, handed.school), [
    ...words.handText(handed.by, handed.school, count(handed.pupils, 'pupil')),
    handed.address,
  ])
