import type { Finding } from '../../../src/domain/finding.ts'
import type { FindingParameters, FindingWord, FindingWords } from '../words.ts'

const text = (parameters: FindingParameters, name: string, otherwise = ''): string =>
  parameters[name] === undefined ? otherwise : String(parameters[name])

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
  REFERENCE_TWICE: {
    title: () => 'The same row twice',
    rule: (p) => `Each pupil has one row for each council.${p['row'] === undefined ? '' : ` Row ${p['row']} has the same reference.`}`,
    mend: () => 'Keep the row that is right and take the other out of the file, or set one aside.',
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
  ROUND_CLOSED: {
    title: () => 'This round is closed',
    rule: (p) => `${text(p, 'council', 'The council')} closed this round${p['closed'] === undefined ? '' : ` on ${p['closed']}`}.`,
    mend: () => 'Ask the virtual school to open it for you. What you sent is kept here as a draft.',
  },
  ITEM_NOT_ASKED: {
    title: () => 'Not asked of this pupil',
    rule: () => 'This question does not apply to this pupil in this round, so we do not keep the answer.',
    mend: () => 'Clear the cell. Nothing else in the row changes.',
  },
}

/** Words for every finding there is, by code. */
export const findingWords: FindingWords = { ...intakeWords }

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
