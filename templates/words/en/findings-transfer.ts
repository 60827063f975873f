import type { FindingParameters, FindingWord, FindingWords } from '../words.ts'

const value = (parameters: FindingParameters, name: string): string => String(parameters[name] ?? '')

const always = (title: string, rule: string, mend: string): FindingWord => ({
  title: () => title,
  rule: () => rule,
  mend: () => mend,
})

const placed = (parameters: FindingParameters): string =>
  parameters['line'] === undefined ? '' : ` at line ${value(parameters, 'line')}, column ${value(parameters, 'column')}`

const makeAgain = 'Make the file again in your management information system and send that, unopened.'

const large = (title: string, what: string): FindingWord => ({
  title: () => title,
  rule: (p) => `${what}${placed(p)}.`,
  mend: () => makeAgain,
})

/** Why a file of elements cannot be read. */
const xmlWords: FindingWords = {
  XML_NOT_WELL_FORMED: {
    title: () => 'The file does not hold together',
    rule: (p) =>
      `An element is not closed, or a mark stands where it cannot${placed(p)}. Nothing of the file was kept.`,
    mend: () => makeAgain,
  },
  XML_DECLARATION: {
    title: () => 'A second beginning',
    rule: (p) => `The line that begins a file (<?xml …?>) stands twice, or not at the start${placed(p)}.`,
    mend: () => 'Two files may have been joined. Send each by itself.',
  },
  XML_DOCTYPE: {
    title: () => 'The file brings definitions of its own',
    rule: (p) =>
      `A document type or entity is defined${placed(p)}. A transfer file has none, so the file was not opened.`,
    mend: () => makeAgain,
  },
  XML_ENTITY: {
    title: () => 'A name for a character that is not known',
    rule: (p) => `Something like &name; stands${placed(p)} that a transfer file cannot hold.`,
    mend: () => makeAgain,
  },
  XML_NAME: {
    title: () => 'An element we do not open',
    rule: (p) => `The element${placed(p)} has a name that programs use for themselves.`,
    mend: () => makeAgain,
  },
  XML_ENCODING_WRONG: always(
    'The characters cannot be read',
    'The file says how its characters are written, and they are not written so.',
    makeAgain,
  ),
  XML_ENCODING_UNKNOWN: always(
    'The characters cannot be read',
    'We read UTF-8, UTF-16 and windows-1252, and the file says it is in none of them.',
    'Save it as UTF-8, or make it again in your management information system.',
  ),
  XML_TOO_DEEP: large('Elements in too many elements', 'They are nested deeper than any transfer file'),
  TRANSFER_TOO_MANY_PUPILS: large('Too many pupils', 'There are more than 20,000'),
  TRANSFER_TOO_MANY_FINDINGS: large('Too much to check', 'More than 50,000 things in it would have to be looked at'),
  TRANSFER_MORE_TO_CHECK: always(
    'More is to check',
    'Of one pupil the first hundred things to check are told, and there are more.',
    makeAgain,
  ),
  XML_TOO_MANY_NODES: large('One pupil has too many elements', 'There are more than any school’s record holds'),
  XML_TOO_MANY_ATTRIBUTES: large('Too many attributes', 'One element has more than any transfer file'),
  XML_UNIT_TOO_LARGE: large('One pupil’s record is too large', 'It holds more than two million characters'),
  XML_RUN_TOO_LONG: large('One element is too long', 'It runs over more than a million characters'),
  ARCHIVE_NOT_ONE_FILE: {
    title: () => 'Not one file in the archive',
    rule: (p) => `We look for exactly one .xml file in a .zip, and found ${value(p, 'found')}.`,
    mend: () => 'Unpack it and send each .xml file by itself; several can be chosen at once.',
  },
}

/** Files that are no Common Transfer File, or no file for us. */
const wholeWords: FindingWords = {
  TRANSFER_IS_ADMISSIONS: always(
    'An admissions file',
    'This is an Admissions Transfer File (ATF): it is made before a pupil starts and holds no school record.',
    'Send the Common Transfer File (CTF) of the pupil.',
  ),
  TRANSFER_IS_MISSING_EDUCATION: always(
    'A file about a child missing education',
    'This is a leaver or joiner file for children missing education (CML or CMJ), not a Common Transfer File.',
    'It goes to the local authority by School to School. Here, send the Common Transfer File (CTF).',
  ),
  TRANSFER_WRONG_ROOT: {
    title: () => 'Not a Common Transfer File',
    rule: (p) =>
      `A Common Transfer File begins with CTfile, and this one with ${value(p, 'element') || 'something else'}.`,
    mend: () => 'Choose the file whose name has _CTF_ in it.',
  },
  TRANSFER_NO_PUPILS: always(
    'No pupil in the file',
    'The file holds no pupil where pupils belong (CTFpupilData).',
    'Choose the pupils and make the file again.',
  ),
  TRANSFER_NO_HEADER: always(
    'The file does not say where it is from',
    'It has no Header, so its version and school are not known.',
    'Check that the pupils are the right ones before you accept it.',
  ),
  TRANSFER_VERSION: {
    title: () => 'A version we do not know',
    rule: (p) =>
      `We know versions ${value(p, 'from')} to ${value(p, 'to')}. This one was read by the names of its elements.`,
    mend: () => 'Look through what was taken before you accept it.',
  },
}

/** What in a pupil’s record was not taken as it stands. */
const partWords: FindingWords = {
  UPN_NOT_SENT: always(
    'No UPN',
    'The pupil has no UPN in the file, so we cannot tell whose record it is.',
    'Nothing of it is used. Put the UPN in and make the file again, or match the row by hand.',
  ),
  ULN_SHAPE: always(
    'Not a learner number',
    'A unique learner number has ten digits and does not begin with 0. It was left out.',
    'Compare it with the Learning Records Service.',
  ),
  ULN_CHECK_DIGIT: always(
    'Check the learner number',
    'The last digit is not the one that the others call for, so a digit may be mistyped.',
    'Compare it with the Learning Records Service. If it is right as it stands, accept it.',
  ),
  TRANSFER_DAY_NOT_READ: {
    title: () => 'Not a day',
    rule: (p) => `${value(p, 'element')} holds no day that exists, so it was left out.`,
    mend: () => 'Days are written 2026-09-01. Mend it where the file was made.',
  },
  TRANSFER_NUMBER_NOT_READ: {
    title: () => 'Not a number',
    rule: (p) => `${value(p, 'element')} holds no whole number up to 9999, so it was left out.`,
    mend: () => 'Mend it where the file was made.',
  },
  TRANSFER_CODE_NOT_KNOWN: {
    title: () => 'A code we do not know',
    rule: (p) => `What stands in ${value(p, 'element')} is not on the list. Nothing is concluded from it.`,
    mend: () => 'Mend it where the file was made, or accept it as it is.',
  },
  TRANSFER_PART_LACKS: {
    title: () => 'A part is not complete',
    rule: (p) => `This ${value(p, 'part')} has no ${value(p, 'element')}, so it was left out.`,
    mend: () => 'Fill it in where the file was made.',
  },
  SESSIONS_DO_NOT_ADD_UP: always(
    'The sessions do not add up',
    'Attended, authorised and unauthorised sessions together are not the possible ones. They are kept as sent.',
    'Compare them with the register, or accept them as they are.',
  ),
  TRANSFER_NOT_KNOWN: {
    title: () => 'An element we do not know',
    rule: (p) => `${value(p, 'element')} is not an element we read, so nothing in it was used or kept.`,
    mend: () => 'Tell us what it is, if it should be read.',
  },
  TRANSFER_MORE_NOT_KNOWN: always(
    'Many elements we do not know',
    'More elements than these are not known, and nothing in them was used or kept.',
    'Check that this is a Common Transfer File of your own system.',
  ),
  TRANSFER_CASE: {
    title: () => 'A name in other letters',
    rule: (p) => `${value(p, 'element')} is written in other capital letters. It was read as if it were right.`,
    mend: () => 'Nothing needs doing here.',
  },
  TRANSFER_TWICE: {
    title: () => 'The same element twice',
    rule: (p) => `${value(p, 'element')} stands here a second time. The first was used.`,
    mend: () => 'Keep the one that is right where the file was made.',
  },
  TRANSFER_STRAY_TEXT: {
    title: () => 'Text between elements',
    rule: (p) => `There is text in ${value(p, 'element')} outside any element, so it was not used or kept.`,
    mend: () => 'Mend it where the file was made.',
  },
}

export const transferFindingWords: FindingWords = { ...xmlWords, ...wholeWords, ...partWords }
