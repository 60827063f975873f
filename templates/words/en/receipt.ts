import type { PlainDate } from '../../../src/domain/dates.ts'
import { count, countWords, list } from './counts.ts'
import { nearDay } from './dates.ts'

/** Words of receipts. */
export const receiptWords = {
  title: (reference: string) => `Receipt ${reference}`,
  backToReceipts: 'Back to your receipts',
  heading: (council: string, pupils: number) =>
    pupils === 1
      ? `Sent: ${council} has your return for one pupil`
      : `Sent: ${council} has your return for ${countWords(pupils, 'pupil')}`,
  headingReplaced: (council: string) => `Replaced: ${council} has a later return from you`,
  headingWithdrawn: (council: string) => `Withdrawn: ${council} no longer has this return`,
  reference: 'Receipt',
  round: 'Round',
  council: 'For',
  school: 'From',
  asAt: 'As at',
  pupils: 'Pupils',
  answers: 'Answers sent',
  stillToAnswer: 'Still to answer',
  setAside: 'Set aside',
  setAsideRow: (row: number, reason: string) => `Row ${row}: ${reason}`,
  warnings: 'Checked and sent as right',
  sentBy: 'Sent by',
  when: 'When',
  inTime: 'In time',
  sentLate: (due: PlainDate) => `Late: it was due ${nearDay(due)}`,
  byLate: (by: string) => (by === '' ? 'late' : `${by}, late`),
  file: 'File',
  onScreen: 'None: answered on screen',
  waiting: (councils: readonly string[]) =>
    `Not sent yet: ${list(councils)}. ${councils.length === 1 ? 'Its' : 'Their'} part of your answers waits for you to confirm it.`,
  goOn: (council: string) => `Go on to ${council}`,
  fingerprint: 'Its fingerprint (SHA-256)',
  fingerprintSays: (letters: string) => `begins ${letters}`,
  withdrawnBy: 'Withdrawn',
  withdrawnSays: (who: string, when: string) => `${who}, ${when}`,
  whoWasSent: 'Pupils in this receipt',
  columns: { pupil: 'Pupil', answers: 'Answers sent', left: 'Still to answer' },
  next: 'What happens next',
  nextSays: (council: string) =>
    `${council} sees these answers now. If it has a question, it asks you and nobody else.`,
  nextLeft: (left: number) =>
    `${count(left, 'question')} ${left === 1 ? 'is' : 'are'} still to answer. Answer them when you know: only what changed is replaced.`,
  correct:
    'To correct an answer, change it on screen or in your workbook and send it again. What you sent before is kept, and marked as replaced.',
  changeOnScreen: 'Change an answer on screen',
  upload: 'Upload a corrected workbook',
  later: 'See the receipt that replaced it',
  withdraw: 'Withdraw this return',
  withdrawSays: (council: string) =>
    `${council} stops seeing these answers and sees what it had before. The receipt stays on your list. Decisions it has already made are not undone.`,
  withdrawReason: 'Why it is withdrawn',
  withdrawButton: 'Withdraw',
  printed: 'Keep or print this page as your record. It names pupils by first name and initial only.',
  listTitle: 'Receipts',
  listHeading: (receipts: number) => (receipts === 0 ? 'No receipts yet' : count(receipts, 'receipt')),
  listNothing: 'When you confirm a return, its receipt is kept here.',
  listColumns: { reference: 'Receipt', council: 'For', round: 'Round', pupils: 'Pupils', when: 'Sent', state: 'State' },
  state: { current: 'Sent', replaced: 'Replaced by a later one', withdrawn: 'Withdrawn' },
} as const
