import type { FindingParameters, FindingWord, FindingWords } from '../words.ts'
import { marksFindingWords, totalsFindingWords } from './findings-attendance.ts'
import { registerFindingWords } from './findings-register.ts'
import { transferFindingWords } from './findings-transfer.ts'
import { answerStateWords } from './states.ts'

const value = (parameters: FindingParameters, name: string, otherwise = ''): string =>
  String(parameters[name] ?? otherwise)

const count = (parameters: FindingParameters, name: string): string =>
  value(parameters, name).replace(/\B(?=(\d{3})+$)/g, ',')

/** A few answers are all named; of many, how many there are and the two at the ends. */
const choicesRule = (allowed: string): string => {
  const choices = allowed.split('; ')
  return choices.length > 4
    ? `One of the ${choices.length} answers in its list, from “${choices[0]}” to “${choices.at(-1)}”.`
    : `This question takes: ${allowed}.`
}

const always = (title: string, rule: string, mend: string): FindingWord => ({
  title: () => title,
  rule: () => rule,
  mend: () => mend,
})

const kinds: Readonly<Record<string, string>> = {
  word: 'a Word document',
  slides: 'a set of slides',
  'open-document': 'an OpenDocument file',
  archive: 'an archive of other files',
  pdf: 'a PDF',
  picture: 'a picture',
  'web-page': 'a web page',
  xml: 'an XML file',
  compressed: 'a compressed file',
}

const kindOf = (parameters: FindingParameters) => kinds[value(parameters, 'kind')] ?? 'not a file we know'

const saveAsWorkbook = 'Open it in Excel, choose Save As, pick “Excel Workbook (.xlsx)”, and upload that copy.'
const freshWorkbook = 'Get the workbook again from your list, put the answers in it, and upload that.'

/** Reasons why a whole file cannot be read. */
const fileWords: FindingWords = {
  FILE_EMPTY: always('The file is empty', 'There is nothing in this file.', 'Save it again and upload the copy.'),
  FILE_TRUNCATED: always(
    'The file is cut short',
    'The end of this file is missing, as happens when a download or a copy stops half way.',
    'Save or download it again and upload the whole of it.',
  ),
  FILE_DAMAGED: always(
    'The file cannot be opened',
    'What is inside this workbook does not hold together.',
    saveAsWorkbook,
  ),
  FILE_NOT_MARKED: always(
    'The file cannot be marked for you',
    'Your file is as you sent it, and the list on the page stands. What is inside it is laid out in a way that we do not change.',
    'Mend the cells by the list on the page, or open the file, save it again as a workbook (.xlsx) and upload that.',
  ),
  FILE_HOLDS_SEVERAL: always(
    'The archive holds more than one file',
    'One file is brought in at a time, so an archive holds one.',
    'Bring in the files one by one.',
  ),
  FILE_ENCRYPTED: always(
    'The file has a password',
    'This workbook is protected with a password, so we cannot open it.',
    'In Excel choose File, Info, Protect Workbook, Encrypt with Password, clear the password, save, and upload it again.',
  ),
  FILE_OLD_EXCEL: always(
    'An older kind of workbook',
    'This workbook is saved in a format that we do not read (.xls or .xlsb).',
    saveAsWorkbook,
  ),
  FILE_HAS_MACROS: always(
    'The workbook holds macros',
    'We do not take workbooks with macros in them.',
    'In Excel choose Save As, pick “Excel Workbook (.xlsx)” without macros, and upload that copy.',
  ),
  FILE_NOT_A_WORKBOOK: {
    title: () => 'Not a workbook',
    rule: (p) => `This is ${kindOf(p)}, whatever its name says.`,
    mend: () => 'Upload the workbook (.xlsx) or the CSV that you got from us.',
  },
  FILE_NOT_RECOGNISED: {
    title: () => 'Not a workbook or CSV we know',
    rule: (p) => `This is ${kindOf(p)}. We read our own workbook (.xlsx) and CSV files.`,
    mend: () => 'Upload the workbook or the CSV that you got from us.',
  },
  FILE_TOO_LARGE: {
    title: () => 'The file is too large',
    rule: (p) => `A file may have up to ${value(p, 'megabytes')} MB.`,
    mend: () => 'Take out pictures and sheets that are not ours, or send it in parts.',
  },
  FILE_TOO_LARGE_UNPACKED: {
    title: () => 'The file is too large inside',
    rule: (p) => `Unpacked, a file may have up to ${value(p, 'megabytes')} MB, and this one has more.`,
    mend: () => 'Get it again from where it was made, or send it in parts.',
  },
  FILE_TOO_MANY_ROWS: {
    title: () => 'Too many rows',
    rule: (p) => `A file may have up to ${count(p, p['limit'] === undefined ? 'most' : 'limit')} rows.`,
    mend: () => 'Delete the rows under the last pupil, or send the file in parts.',
  },
  FILE_TOO_MANY_COLUMNS: {
    title: () => 'Too many columns',
    rule: (p) => `A file may have up to ${count(p, 'limit')} columns.`,
    mend: () => 'Delete the columns to the right of the last one that is ours.',
  },
  FILE_TOO_MANY_CELLS: {
    title: () => 'Too many cells',
    rule: (p) => `A sheet may have up to ${count(p, 'limit')} cells, formatted empty ones too.`,
    mend: () => freshWorkbook,
  },
  CSV_QUOTE_NOT_CLOSED: {
    title: () => 'A quotation mark is left open',
    rule: (p) => `A cell that begins in line ${value(p, 'line')} opens a quotation mark and never closes it.`,
    mend: (p) => `Look at line ${value(p, 'line')}: close the quotation mark or take it out.`,
  },
  SHEET_EMPTY: always(
    'No rows',
    'There are heads here, or nothing, but no row under them.',
    'Fill in at least one row and upload it again.',
  ),
  PAID_FILE_COLUMNS: {
    title: () => 'No columns for what was paid',
    rule: (p) =>
      `A file of what was paid has a column each for the reference, the amount and the day it was paid. Missing: ${value(p, 'missing').replace('paidOn', 'the day')}.`,
    mend: () => 'Name the columns Reference, Amount and Paid on, or fill in our own file of payments.',
  },
  LAYOUT_DIFFERS: {
    title: () => 'Not the columns of this layout',
    rule: (p) => `The layout reads ${value(p, 'columns', 'columns')}, and this file has no such heading.`,
    mend: () => 'Choose another layout, or upload the file on screen and say what has changed.',
  },
  TEMPLATE_UNKNOWN: always(
    'Not a return of ours',
    'We cannot find the columns of our return: a row reference or UPN, and at least one of its questions.',
    freshWorkbook,
  ),
  SHEET_TWICE: {
    title: () => 'Two sheets look like the return',
    rule: (p) => `Both “${value(p, 'first')}” and “${value(p, 'second')}” have the return’s columns.`,
    mend: () => 'Keep the one that is right, delete or rename the heads of the other, and upload it again.',
  },
  SHEET_NOT_READ: {
    title: () => 'A sheet we do not read',
    rule: (p) => `The sheet “${value(p, 'sheet')}” is not part of the return, so nothing in it was used.`,
    mend: () => 'If it holds answers, put them in the Return sheet. Otherwise leave it.',
  },
}

const columnWords: FindingWords = {
  COLUMN_TWICE: {
    title: () => 'The same column twice',
    rule: (p) => `“${value(p, 'column')}” stands at ${value(p, 'first')} and again at ${value(p, 'second')}.`,
    mend: () => 'Keep the column that is right, delete the other, and upload it again.',
  },
  COLUMN_NOT_KNOWN: {
    title: () => 'A column we do not know',
    rule: (p) => `“${value(p, 'column')}” is not a column of this return, so nothing in it was used.`,
    mend: () => 'If it holds answers, put them in our columns. Otherwise leave it, or take it out.',
  },
  COLUMN_NO_HEADING: {
    title: () => 'A column without a heading',
    rule: (p) => `Column ${value(p, 'column')} has no heading, so nothing in it was used.`,
    mend: () => 'If it holds answers, give it a heading and upload the file again. Otherwise leave it, or take it out.',
  },
  COLUMN_NEVER_HELD: {
    title: () => 'A column we never hold',
    rule: (p) =>
      `“${value(p, 'column')}” names something that this portal has no place for, so that it can never leak from here. Nothing of the file was kept.`,
    mend: () => 'Delete the column and upload the file again.',
  },
  ROLL_COLUMN_NOT_KNOWN: {
    title: () => 'A column we do not know',
    rule: (p) =>
      `“${value(p, 'column')}” is not a column of ${value(p, 'file', 'this file')}. Nothing of the file was kept.`,
    mend: () => 'Delete the column, or name it as our list of columns does, and upload the file again.',
  },
  ROLL_NOT_RECOGNISED: {
    title: () => 'Not a file of the roll',
    rule: (p) => `The first line has the columns of one of these: ${value(p, 'files')}.`,
    mend: () => 'Put our column names in the first line and upload the file again.',
  },
  COLUMN_MISSING: {
    title: () => 'A column is missing',
    rule: (p) => `${value(p, 'file', 'This file')} needs the column “${value(p, 'column')}”.`,
    mend: () => 'Add the column, fill it in for each line, and upload the file again.',
  },
  ROW_TWICE: {
    title: () => 'The same row twice',
    rule: (p) =>
      p['first'] === undefined
        ? 'Another row of the file is already for this one.'
        : `Row ${value(p, 'first')} is already for this one.`,
    mend: () => 'Keep the row that is right and take the other out, or set one aside.',
  },
  ROW_TOO_LONG: {
    title: () => 'More cells than columns',
    rule: (p) => `The first line names ${value(p, 'columns')} columns, and this line has more cells than that.`,
    mend: () => 'Look for a comma too many, or put quotation marks round the text that holds one.',
  },
}

const cellWords: FindingWords = {
  CELL_TO_FILL: {
    title: () => 'Nothing in this cell',
    rule: (p) => `“${value(p, 'column')}” is filled in on every line.`,
    mend: () => 'Fill it in.',
  },
  CELL_FAULT: {
    title: () => 'A formula that did not work out',
    rule: (p) => `The cell shows ${value(p, 'fault', 'a fault')} in place of an answer.`,
    mend: () => 'Type the answer itself in place of the formula.',
  },
  CELL_BECAME_A_DAY: always(
    'Turned into a day',
    'The spreadsheet took what was typed here for a day, and we cannot tell what it was.',
    'Type it again with an apostrophe in front, such as ’1-3, or choose it from the list.',
  ),
  FORMULA_NOT_SAVED: always(
    'A formula without its answer',
    'This cell holds a formula, and its answer was not saved with the file.',
    'Type the answer itself, or open the file in Excel, save it and upload it again.',
  ),
  UPN_SHAPE: always(
    'Not a UPN',
    'A UPN is a letter and twelve digits, or a letter, eleven digits and a letter. The letters I, O and S are not used.',
    'Copy the UPN from your own records, or put back the one we gave.',
  ),
  UPN_CHECK_LETTER: always(
    'Check the UPN',
    'The first letter is not the one that the digits call for, so a digit may be mistyped.',
    'Compare it with your own records. If it is right as it stands, accept it.',
  ),
  URN_SHAPE: always(
    'Not a school’s number',
    'A school’s unique reference number has six digits; Ofsted’s number of an early years provider is EY and six digits, a provider’s number eight digits beginning with 1.',
    'Look the school up in Get Information about Schools and copy its number.',
  ),
  YEAR_SHAPE: always(
    'Not an academic year',
    'An academic year is named by its first year: 2026 for 2026 to 2027.',
    'Type the four digits of the year it begins in.',
  ),
  LA_CODE_SHAPE: always(
    'Not an authority’s code',
    'A local authority’s code has three digits.',
    'Use the Department for Education’s code, such as 892.',
  ),
  EMAIL_SHAPE: always('Not an e-mail address', 'An address looks like name@council.example.', 'Type the work address.'),
  CODE_NOT_ALLOWED: {
    title: () => 'Not one of the codes',
    rule: (p) => `This column takes: ${value(p, 'allowed')}.`,
    mend: () => 'Use one of these.',
  },
  TEXT_TOO_LONG: {
    title: () => 'Too long',
    rule: (p) => `Up to ${count(p, 'longest')} characters fit here.`,
    mend: () => 'Say it more briefly.',
  },
  DAY_NOT_READ: always(
    'Not a day that exists',
    'A day looks like 14/07/2026 or 2026-07-14.',
    'Type the day, month and year.',
  ),
  DAYS_OUT_OF_ORDER: {
    title: () => 'The last day is before the first',
    rule: (p) => `“${value(p, 'last')}” is the same day as “${value(p, 'first')}” or later.`,
    mend: () => 'Look at both days and mend the one that is wrong.',
  },
}

const stateName = (parameters: FindingParameters): string => {
  const state = value(parameters, 'state')
  return Object.entries(answerStateWords).find(([code]) => code === state)?.[1] ?? 'this'
}

/** What a cell of the return can have to mend: the codes of src/domain/return/value.ts. */
const answerWords: FindingWords = {
  BLANK: always('Nothing to read here', 'The cell holds nothing that can be read.', 'Empty it, or type the answer.'),
  CHOICE_NOT_LISTED: {
    title: () => 'Not one of the answers',
    rule: (p) => choicesRule(value(p, 'allowed', 'what its list shows')),
    mend: () => 'Choose from the list. “Not known” is an answer too.',
  },
  NOT_A_DATE: always(
    'Not a day that exists',
    'A day looks like 14/07/2026 or 14 July 2026.',
    'Type the day, month and year, or “not known”.',
  ),
  DATE_IN_FUTURE: always(
    'A day still to come',
    'This asks for something that has happened, up to today.',
    'Check the year. If it has not happened yet, write “to follow”.',
  ),
  NOT_A_NUMBER: always(
    'Not a number',
    'A number goes here, in digits and without words.',
    'Type the number alone, or “not known”.',
  ),
  OUT_OF_RANGE: {
    title: () => 'Outside what is possible',
    rule: (p) => `A number from ${count(p, 'from')} to ${count(p, 'to')} goes here.`,
    mend: () => 'Check the number. If you are not sure, write “not known”.',
  },
  TOO_LONG: {
    title: () => 'Too long',
    rule: (p) => `Up to ${count(p, 'longest')} characters fit here, and this has ${count(p, 'length')}.`,
    mend: () => 'Say it more briefly.',
  },
  TOO_MANY_PLACES: {
    title: () => 'Too many decimal places',
    rule: (p) =>
      value(p, 'places') === '0'
        ? 'A whole number goes here.'
        : `Up to ${value(p, 'places')} decimal ${value(p, 'places') === '1' ? 'place is' : 'places are'} kept here.`,
    mend: () => 'Round it.',
  },
  STATE_NOT_ALLOWED: {
    title: () => 'Not an answer to this question',
    rule: (p) => `“${stateName(p)}” is not an answer here.`,
    mend: (p) =>
      value(p, 'state') === 'cleared'
        ? 'If there is none to report, say so in the way the help sheet shows for this column.'
        : 'Answer it, write “not known”, or leave it blank.',
  },
}

/** Words for every finding that a connector makes, by its code. */
export const connectorFindingWords: FindingWords = {
  ...marksFindingWords,
  ...totalsFindingWords,
  ...fileWords,
  ...columnWords,
  ...cellWords,
  ...answerWords,
  ...registerFindingWords,
  ...transferFindingWords,
}
