import type { Pence } from '../../../src/domain/funding/pence.ts'
import { pounds } from './money.ts'

/** Words of the incentive for GCSE entries and results. */
export const incentiveWords = {
  title: 'GCSE incentive',
  lead: 'Years 10 and 11: tell them early, pay for what they enter and reach. Bank details are never held here.',
  none: 'No scheme has been set for this year.',
  scheme: (year: string, entry: Pence, pass: Pence, high: Pence, most: Pence) =>
    `${year}: ${pounds(entry)} an entry, ${pounds(pass)} a grade 4 or above, ${pounds(high)} more for 7 or above, ${pounds(most)} at most.`,
  set: 'Set a scheme',
  fields: {
    anEntry: 'For each GCSE entered and sat, £',
    aPass: 'For each grade 4 or above, £',
    aHigh: 'More for each grade 7 or above, £',
    most: 'At most for one child, £',
    source: 'Where this was settled',
  },
  setDo: 'Set it',
  columns: {
    tick: 'Tick',
    child: 'Child',
    school: 'School',
    year: 'Year',
    told: 'Told',
    entries: 'Entries',
    results: 'Grade 4 and above, 7 and above',
    amount: 'Comes to',
  },
  notTold: 'Not yet',
  approved: (amount: Pence) => `${pounds(amount)} approved`,
  tell: 'Note that the ticked were written to',
  approve: 'Approve what the ticked come to',
  files: 'For finance: references and amounts, no name',
  csv: 'As a CSV file',
  xlsx: 'As a workbook',
  reference: 'Reference',
  amount: 'Amount in pounds',
  on: 'Approved',
  schoolHeading: (left: number) =>
    left === 0
      ? 'Every entry and result is in'
      : `Entries or results still to come for ${left === 1 ? '1 pupil' : `${left} pupils`}`,
  schoolLead:
    'Your councils pay these pupils for GCSEs they enter and reach. Give the entries in spring and the results in August; you can do so until 30 September.',
  schoolNone: 'No council asks you about GCSE entries or results now.',
  entries: 'GCSEs entered and sat',
  passes: 'Grade 4 or above',
  highs: 'Of these, 7 or above',
  save: 'Save',
  link: 'GCSE entries and results',
  told: (date: string) => `Told on ${date}`,
  toMend: {
    amount: (field: string) =>
      `${field.replace(/, £$/, '')}: type an amount in pounds, such as 10 or 7.50, or 0 for nothing.`,
    source: 'Say where this was settled.',
    upn: 'This holds a UPN. Leave it out.',
    nobody: 'Tick at least one child.',
    notReady: 'Of the ticked, nobody has entries and results that are not approved yet.',
    number: 'Type a whole number from 0 to 30.',
    fit: 'There are no more grades 4 than entries, and no more grades 7 than grades 4.',
  },
} as const
