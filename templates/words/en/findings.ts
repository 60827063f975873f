import { parsePlainDate } from '../../../src/domain/dates.ts'
import type { Finding } from '../../../src/domain/finding.ts'
import type { FindingParameters, FindingWord, FindingWords } from '../words.ts'
import { day } from './dates.ts'
import { marksIntakeWords, totalsIntakeWords } from './findings-attendance.ts'
import { connectorFindingWords } from './findings-connectors.ts'
import { earlierCheckWords } from './findings-earlier.ts'
import { registerIntakeWords } from './findings-register.ts'
import { crossCheckWords, valueWords } from './return.ts'

const text = (parameters: FindingParameters, name: string, otherwise = ''): string =>
  parameters[name] === undefined ? otherwise : String(parameters[name])

const onDay = (written: string): string => {
  const date = parsePlainDate(written)
  return date ? ` on ${day(date)}` : ''
}

const intakeWords: FindingWords = {
  UPN_DIFFERS: {
    title: () => 'Not the UPN this row was made for',
    rule: (p) =>
      `The UPN is locked in our workbook and matches the row. This row was made for a UPN ending ${text(p, 'expected', 'otherwise')}.`,
    mend: () =>
      'If it was typed by mistake, keep ours. If the child has a new UPN, say so and the virtual school will check it.',
  },
  ROW_NOT_MATCHED: {
    title: () => 'No pupil found for this row',
    rule: () => 'A row needs the reference from our workbook, or the UPN of a looked-after pupil on your list.',
    mend: () =>
      'Take the row from a fresh workbook, or correct the UPN. The virtual school sees the row too, and nothing is guessed.',
  },
  REFERENCE_NOT_KNOWN: {
    title: () => 'Row reference not known',
    rule: () => 'The row reference comes from our workbook or CSV and stays as it was made.',
    mend: () => 'Get the workbook again and copy the answers into its row for this pupil.',
  },
  UPN_NEW: {
    title: () => 'A UPN that is new to us',
    rule: (p) =>
      `You sent a UPN ending ${text(p, 'sent', 'otherwise than ours')}. The council has ${text(p, 'expected') === '' ? 'none' : 'another'} for this pupil, and checks a new one before it is used.`,
    mend: () => 'Compare it with your register, then say that it is right.',
  },
  NOT_ASKED_NOW: {
    title: () => 'This pupil is not on the list now',
    rule: (p) => `${text(p, 'council', 'The council')} is not asking about this pupil in a round that is open.`,
    mend: () =>
      'Set the row aside. If the pupil is still with you and looked after, tell the virtual school and it will look.',
  },
  COUNCIL_NOT_KNOWN: {
    title: () => 'Council not known',
    rule: () => 'The council is named as our workbook names it, or by its three-digit code.',
    mend: () => 'Copy the council from a fresh workbook. It is beside the pupil in the first columns.',
  },
  COUNCIL_DIFFERS: {
    title: () => 'Not the council this row was made for',
    rule: (p) => `This row was made for ${text(p, 'council', 'another council')}. Its answers go nowhere else.`,
    mend: () => 'Put the council back as it was, or take the row from a fresh workbook.',
  },
  REQUIRED_MISSING: {
    title: () => 'Still to answer',
    rule: () => 'This question is asked of this pupil.',
    mend: () => 'Answer it now or later. “Not known” and “to follow” are answers too.',
  },
  TRANSFER_FOR_NOBODY: {
    title: () => 'No virtual school to send it to',
    rule: () => 'No virtual school works with this school here, so nothing of the file was read or kept.',
    mend: () => 'Ask the virtual school to add your school, then send the file again.',
  },
  ROUND_CLOSED: {
    title: () => 'This round is closed',
    rule: (p) => `${text(p, 'council', 'The council')} closed this round${onDay(text(p, 'closed'))}.`,
    mend: () =>
      'Ask the virtual school to open it for you, and send the file again then. What you typed on screen is kept.',
  },
  ITEM_NOT_ASKED: {
    title: () => 'Not asked of this pupil',
    rule: () => 'This question does not apply to this pupil in this round, so we do not keep the answer.',
    mend: () => 'Clear the cell. Nothing else in the row changes.',
  },
}

const rollWords: FindingWords = {
  FILE_TOO_MANY_ANSWERS: {
    title: () => 'More answers than one file can hold',
    rule: (p) =>
      `One file holds at most ${text(p, 'most', 'so many')} answers${p['found'] === undefined ? '' : `; this has ${p['found']}`}.`,
    mend: () => 'Send it in two files, with half of the pupils in each.',
  },
  SCHOOL_NOT_KNOWN: {
    title: () => 'School not known',
    rule: () => 'The URN is one of a school that is here already.',
    mend: () => 'Check the six digits, or bring in schools.csv with this school first.',
  },
  ROLE_NOT_OF_SCHOOL: {
    title: () => 'Not a role at a school',
    rule: () => 'Someone with a URN beside them is a designated teacher, deputy or colleague there.',
    mend: () => 'Change the role, or leave the URN empty for someone of the virtual school.',
  },
  ROLE_NEEDS_SCHOOL: {
    title: () => 'A school is needed',
    rule: () => 'A designated teacher, deputy or colleague belongs to a school.',
    mend: () => 'Give the URN of the school.',
  },
  CHILD_NOT_KNOWN: {
    title: () => 'Reference not known',
    rule: () => 'A place belongs to a pupil of yours, by your own reference.',
    mend: () => 'Check the reference, or bring in pupils.csv with this pupil first.',
  },
  RECORD_CLOSED: {
    title: () => 'This reference takes nothing new',
    rule: () => 'The record behind it is closed.',
    mend: () => 'Leave the line out. If you think it should be open, ask the head of the virtual school.',
  },
  UPN_TAKEN: {
    title: () => 'This UPN is another pupil’s',
    rule: () => 'Each pupil has a UPN of their own.',
    mend: () => 'Check the UPN of both pupils with their schools.',
  },
  CARE_FIRST_DAY_NEEDED: {
    title: () => 'The first day in care is needed',
    rule: () => 'A pupil who is new here comes with the day care began.',
    mend: () => 'Give the day as day, month and year.',
  },
}

/** Words for every finding there is, by code. */
export const findingWords: FindingWords = {
  ...valueWords,
  ...crossCheckWords,
  ...earlierCheckWords,
  ...connectorFindingWords,
  ...registerIntakeWords,
  ...rollWords,
  ...marksIntakeWords,
  ...totalsIntakeWords,
  ...intakeWords,
}

const unknown: FindingWord = {
  title: () => 'Something to look at',
  rule: () => 'This does not read as the workbook expects.',
  mend: () => 'Compare it with the help sheet of the workbook, or ask the virtual school.',
}

/** The words of one finding, with its parameters in place; plain general words for a code that has none yet. */
export const wordsOfFinding = (
  finding: Pick<Finding, 'code' | 'parameters'>,
): { readonly title: string; readonly rule: string; readonly mend: string } => {
  const word = findingWords[finding.code] ?? unknown
  const { parameters } = finding
  return { title: word.title(parameters), rule: word.rule(parameters), mend: word.mend(parameters) }
}
