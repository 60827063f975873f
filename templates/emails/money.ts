import { moneyMailWords as words } from '../words/en/mail-money.ts'
import { type EmailWords, written } from './emails.ts'

/** Tells a school that something happened to its application; no child, no amount and no reason is named. */
export const applicationEmail = (told: {
  readonly reference: string
  readonly council: string
  readonly event: 'asked' | 'approved' | 'declined' | 'deferred'
  readonly address: string
}): EmailWords =>
  written(words.subject(told.council, told.reference), [
    words.events[told.event](told.council, told.reference),
    `${words.see}\n${told.address}`,
  ])

/** Tells a social worker that an application for a child they work with was decided; which child it is stands in the record. */
export const workerEmail = (told: { readonly reference: string; readonly agreed: boolean }): EmailWords =>
  written(words.workerSubject(told.reference), [words.workerText(told.reference, told.agreed), words.workerAsk])
