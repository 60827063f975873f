import type { PlainDate } from '../../../src/domain/dates.ts'
import { count, countWords, list, numberWords, sentence } from './counts.ts'
import { nearDay } from './dates.ts'

const rowsWords = (rows: number) => (rows === 1 ? 'row' : 'rows')

/** Words of checking and confirming an upload. */
export const checkWords = {
  title: (mend: number, check: number) =>
    mend + check === 0
      ? 'Check your upload'
      : `Check your upload: ${list([...(mend ? [`${mend} to mend`] : []), ...(check ? [`${check} to check`] : [])])}`,
  backToInbox: 'Back to your list',
  progress: 'Progress',
  steps: ['Get the workbook', 'Fill it in', 'Check', 'Confirm', 'Receipts'],
  stepDone: ' (done)',
  stepNow: (step: number, of: number) => ` (step ${step} of ${of})`,
  uploaded: (file: string, when: string) => `${file}, uploaded ${when}`,
  heading: (mend: number, check: number, sent: boolean, thing: 'cell' | 'answer'): string => {
    if (mend === 0 && check === 0) return sent ? 'Everything in this file is sent' : 'Every row is ready to send'
    const toMend = mend === 0 ? '' : `${countWords(mend, thing)} to mend`
    const toCheck =
      check === 0 ? '' : mend === 0 ? `${countWords(check, thing)} to check` : `${numberWords(check)} to check`
    return `${sentence(list([toMend, toCheck].filter((text) => text !== '')))}. Everything else is kept.`
  },
  lead: (read: number, ready: number, toCheck: number, held: number): string => {
    const said = [`We read ${read === 1 ? 'the one row' : `all ${count(read, 'row')}`}.`]
    if (read === 1 && ready === 1) return `${said.join('')} It is ready.`
    if (ready + toCheck > 0) {
      const checked =
        toCheck === 0
          ? ''
          : ready === 0
            ? ' once you have checked'
            : `, ${numberWords(toCheck)} of them once you have checked`
      said.push(`${sentence(numberWords(ready + toCheck))} ${ready + toCheck === 1 ? 'is' : 'are'} ready${checked}.`)
    }
    if (held > 0)
      said.push(
        `${sentence(numberWords(held))} ${held === 1 ? 'is' : 'are'} held back until mended, with ${held === 1 ? 'its' : 'their'} other answers saved as drafts.`,
      )
    return said.join(' ')
  },
  rowsRead: 'Rows read',
  ready: 'Ready',
  heldBack: 'Held back',
  answersRead: 'Answers read',
  good: 'Good as they are',
  ofRows: (rows: number) => `of ${rows}`,
  cells: 'What to mend, cell by cell',
  cellsCheckOnly: 'What to check, cell by cell',
  typedCells: 'What to mend',
  typedCheckOnly: 'What to check',
  ownFile: 'Get the file you sent',
  markedFile: 'Get your file with these cells marked',
  markOwn: 'Your file once more',
  markOwnHint:
    'Of your own export we keep only what we read. Choose it again: it comes back with these cells marked, and nothing more is stored.',
  markOwnButton: 'Mark the cells',
  markedName: 'to-mend',
  toMend: 'To mend',
  toCheck: 'To check',
  accepted: 'Checked',
  row: (row: number, pupil: string | null, council: string | null) =>
    [`Row ${row}`, ...(pupil === null ? [] : [pupil]), ...(council === null ? [] : [`for ${council}`])].join(', '),
  wholeFile: 'The whole file',
  typedTitle: (mend: number, check: number) =>
    mend + check === 0
      ? 'Check and send'
      : `Check and send: ${list([...(mend ? [`${mend} to mend`] : []), ...(check ? [`${check} to check`] : [])])}`,
  typedSteps: ['Answer', 'Check', 'Confirm', 'Receipts'],
  typedOver: (when: string) => `Answered on screen, ${when}`,
  typedSent: 'Everything you answered is sent',
  typedEveryRow: 'Every pupil you answered about',
  backToForm: 'Back to the questions',
  changeOnScreen: 'Change it at the questions instead',
  youSent: 'You sent',
  blank: 'nothing',
  rule: 'The rule',
  howToMend: 'How to mend',
  whatToDo: 'What to do',
  save: 'Save and check again',
  saving: 'Saving',
  uploadInstead: 'Upload a mended file instead',
  mendAbove: 'Mend it above: it is the same cell.',
  choose: 'Choose',
  otherAnswers: 'Or',
  dateHint: 'For example, 14 7 2026',
  numberHint: (from: number, to: number) => `A number from ${from} to ${to}`,
  penceHint: 'In pounds and pence, for example 380.00',
  textHint: (longest: number) => `Up to ${longest} characters`,
  thisUpn: 'This UPN',
  keepOurs: (ending: string) => `Keep yours, ending ${ending}`,
  newUpn: 'The child has a new UPN',
  everyRow: 'Every row in your file',
  columns: { row: 'Row and pupil', council: 'For', good: 'Answers good', result: 'Result', next: 'Next' },
  noPupil: 'pupil not found',
  goodOf: (good: number, read: number) => `${good} of ${read}`,
  totals: (rows: number, councils: number) => ({ rows: count(rows, 'row'), councils: count(councils, 'council') }),
  next: {
    mend: 'Mend ',
    draft: (others: number) =>
      others === 0
        ? ''
        : others === 1
          ? ' The other answer is saved as a draft.'
          : ` The other ${others} are saved as a draft.`,
    check: 'Say whether ',
    checkEnd: (cells: number) => (cells === 1 ? ' is right.' : ' are right.'),
    ready: 'Goes when you confirm.',
    set_aside: (reason: string) => `Set aside: ${reason}`,
    not_matched: 'The virtual school has it on its list. Nothing is guessed.',
    not_asked: 'No council asks about this pupil now.',
    sent: 'Sent.',
    stillToAnswer: (questions: number) => `${count(questions, 'question')} still to answer`,
  },
  and: ' and ',
  confirm: 'Confirm, one council at a time',
  pupilsDue: (pupils: number, due: PlainDate, late: boolean) =>
    `${count(pupils, 'pupil')}. ${late ? 'Was due' : 'Due'} ${nearDay(due)}.`,
  stillBefore: (questions: number, pupils: number) =>
    `${sentence(countWords(questions, 'question'))} about ${pupils === 1 ? 'this pupil' : 'these pupils'} ${questions === 1 ? 'is' : 'are'} still to answer. You can send what is ready now and the rest later.`,
  alreadySent: (by: string, when: string, answers: number, meanwhile: boolean) =>
    `${by === '' ? 'A colleague' : by} sent ${meanwhile ? 'a return to this council while you had this page open' : 'a return to this council'}, ${when}. ${
      answers === 0
        ? 'Yours says nothing different.'
        : `Yours differs in ${countWords(answers, 'answer')}, and replaces ${answers === 1 ? 'it' : 'them'} if you confirm. Nothing of either is lost.`
    }`,
  whatChanges: (answers: number) => (answers === 1 ? 'See the answer' : `See the ${answers} answers`),
  answerOf: (pupil: string, label: string) => `${pupil}, ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
  fromTo: (theirs: string, yours: string) => `${theirs} would become ${yours}`,
  isRight: (cell: string, what: string) => `${cell} is right: ${what}`,
  send: (pupils: number, council: string) => `Confirm and send ${count(pupils, 'pupil')} to ${council}`,
  notYet: (rows: number) => `Not yet: ${rows} ${rowsWords(rows)} held back`,
  mendCells: (cells: readonly string[]) =>
    `Mend ${list(cells)}, or set ${cells.length === 1 ? 'the row' : 'a row'} aside.`,
  setAside: (rows: number) => (rows === 1 ? 'Set the row aside and say why' : 'Set rows aside and say why'),
  setAsideSays:
    'A row set aside is not sent. Its answers stay saved as a draft, and the virtual school sees your reason.',
  whichRow: 'Which row',
  reason: 'Why it is set aside',
  reasonHint: 'For example: left us in May. No health, family or offence detail.',
  setAsideButton: 'Set aside',
  nothingToSend: 'No row to send',
  sentReceipt: (reference: string) => `Receipt ${reference}`,
  sentWord: 'Sent',
  closedWord: 'Round closed',
  roundClosed: (council: string) =>
    `${council} has closed this round. What is here stays, and can be sent as soon as ${council} opens the round again for your school.`,
  line: (line: number) => `line ${line}`,
  wholeRow: 'The pupil’s answers',
  expectedPupils: (names: readonly string[]) => `${names.length === 1 ? 'It is' : 'They are'} ${list(names)}.`,
  upnLabel: 'Unique pupil number (UPN)',
  upnEnding: (ending: string) => (ending === '' ? 'no UPN' : `a UPN ending ${ending}`),
  reasonNeeded: 'Say why the row is set aside.',
  tickFirst: 'Say of each cell to check that it is right, then send.',
  heldFirst: 'Mend the rows that are held back, or set them aside, then send.',
  confirmAs: (name: string) =>
    `You confirm as ${name}. You get a receipt for each council at once, and can correct anything later: what you sent before is kept.`,
} as const
