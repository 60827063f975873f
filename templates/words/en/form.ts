import type { PlainDate } from '../../../src/domain/dates.ts'
import { count, countWords, list, sentence } from './counts.ts'
import { nearDay } from './dates.ts'

/** Words of answering the termly return on screen. */
export const formWords = {
  title: (pupil: string) => `${pupil}: termly return`,
  backToAll: 'All pupils, and sending',
  over: (council: string, round: string, due: PlainDate, late: boolean) =>
    `${council}, ${round}, ${late ? 'was due' : 'due'} ${nearDay(due)}`,
  left: (questions: number, minutes: number) =>
    questions === 0
      ? 'Every question about this pupil is answered.'
      : sentence(`${countWords(questions, 'question')} left, about ${count(minutes, 'minute')}.`),
  leftInAll: (questions: number, minutes: number) =>
    questions === 0
      ? 'Nothing is left about the others.'
      : `${count(questions, 'question')} and about ${count(minutes, 'minute')} in all.`,
  saves: 'What you type is saved as you go. Nothing is sent until you confirm it at the end.',
  savesByButton: 'Press save to keep what you typed. Nothing is sent until you confirm it at the end.',
  saved: 'Saved',
  saving: 'Saving',
  notSaved: 'Not saved yet: we could not reach the portal. Press save to try again.',
  known: 'Still true?',
  knownSays: (facts: number) =>
    facts === 1
      ? 'We know this from before. Change it where it is no longer true, then say so in one press.'
      : 'We know these from before. Change what is no longer true, then say of the rest in one press that it is.',
  stillTrue: (facts: number) => (facts === 1 ? 'This is still true' : `All ${facts} are still true`),
  change: 'Change one of these',
  confirmed: 'Said to be true this term',
  optional: 'optional',
  how: 'How to answer these',
  more: (section: string) =>
    `More about ${section.charAt(0).toLowerCase()}${section.slice(1)}, where there is something to say`,
  onlyIf: (condition: string) => `Only ${condition}.`,
  save: 'Save',
  saveAndNext: (pupil: string) => `Save and go to ${pupil}`,
  saveAndEnd: 'Save and check everything',
  money: (pupil: string) => `Save, and ask for money for ${pupil}`,
  pupils: 'Pupils',
  pupilLeft: (questions: number) => (questions === 0 ? 'All answered' : `${questions} left`),
  clash: (by: string, at: string, theirs: string) =>
    `${by === '' ? 'A colleague' : by} changed this after you opened the page${at === '' ? '' : ` (${at})`}: ${
      theirs === '' ? 'it is now blank' : `it now says “${theirs}”`
    }. Your words are kept in the field. Save to use yours, or type theirs.`,
  blankStands: (sent: string) => `You sent “${sent}”. A blank leaves that as it is; write “none” to take it back.`,

  allTitle: 'Your answers',
  allHeading: (pupils: number, questions: number) =>
    questions === 0
      ? sentence(`${countWords(pupils, 'pupil')}: every question is answered`)
      : sentence(`${countWords(pupils, 'pupil')}, ${countWords(questions, 'question')} left`),
  allLead: (councils: readonly string[]) =>
    councils.length === 1
      ? `${councils[0]} gets these answers once you confirm them.`
      : `Each council gets its own pupils and nothing else: ${list(councils)}.`,
  nothingDue: 'Nothing is due',
  nothingDueSays: 'No council asks about a pupil at your school now. We will e-mail you when one does.',
  columns: { pupil: 'Pupil', council: 'For', answered: 'Answered', left: 'Left', saved: 'Last saved' },
  ofAll: (answered: number, asked: number) => `${answered} of ${asked}`,
  savedBy: (by: string, at: string) => (by === '' ? at : `${by}, ${at}`),
  neverSaved: 'Not begun on screen',
  sentAlready: 'Sent',
  answer: 'Answer',
  answerFor: (pupil: string) => `for ${pupil}`,
  seeAnswers: (answers: number) => `See ${answers === 1 ? 'the answer' : `the ${answers} answers`} to send`,
  toMend: (text: string) => `${text} (to mend)`,
  backToInbox: 'Back to your list',
  closedTitle: 'This round is closed',
  closedHeading: (council: string, closedOn: PlainDate) => `${council} closed this round on ${nearDay(closedOn)}`,
  closedKept: 'What was saved before is kept, and what was sent stays sent.',
  closedNext: (council: string) =>
    `If you have more to say, ask ${council} to open the round again for your school. You then carry on where it stopped.`,
  closedTyped: 'Not saved: what you typed just now',
  minutes: (minutes: number) => `About ${count(minutes, 'minute')} left.`,
  answerNext: 'Answer the next question',
  send: 'Check and send',
  sendSays: (questions: number) =>
    questions === 0
      ? 'You see everything once more, and confirm each council by itself.'
      : `You can send what is ready now and the rest later. ${sentence(countWords(questions, 'question'))} ${questions === 1 ? 'is' : 'are'} still to answer.`,
  nothingToSend: 'Nothing new to send. Answer a question first.',
  hand: 'Hand it to a colleague',
  handSays:
    'Your answers stay where they are. Your colleague signs in with their own e-mail and carries on; you both see what the other saves.',
  to: 'Who carries on',
  handButton: 'Ask them to carry on',
  handNobody: 'Nobody else at your school has a sign-in yet.',
  handAdd: 'Add a colleague',
  handedTo: (name: string, when: string) => `${name} is asked to carry on (${when}).`,
  handedToYou: (by: string, when: string) => `${by} asks you to carry on with the return (${when}).`,
  otherWays: 'Or in a spreadsheet',
  otherWaysSays: 'The same return, with what you typed here already in it. Start in one and finish in the other.',
  workbook: 'Get the workbook',
  csv: 'Get it as CSV',
  upload: 'Upload a file',
} as const
