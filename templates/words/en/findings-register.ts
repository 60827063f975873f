import type { FindingWord, FindingWords } from '../words.ts'

const always = (title: string, rule: string, mend: string): FindingWord => ({
  title: () => title,
  rule: () => rule,
  mend: () => mend,
})

/** What a register of schools may not say, or no longer says. */
export const registerFindingWords: FindingWords = {
  REGISTER_NOT_RECOGNISED: always(
    'Not a register of schools',
    'The file has not the columns of the establishments or links of Get Information about Schools, nor of the Welsh list.',
    'Download the file again and send it as it came, as CSV.',
  ),
  WELSH_NUMBER_SHAPE: always(
    'Not a Welsh school’s number',
    'A Welsh school’s number is its authority’s three digits and four of its own.',
    'Send the list as it was published.',
  ),
}

/** What a register no longer says, found when it is compared with the last. */
export const registerIntakeWords: FindingWords = {
  REGISTER_LINES_GONE: {
    title: () => 'Lines of the last register are not in this one',
    rule: (parameters) =>
      `Missing here: ${parameters['count'] ?? ''} lines that an earlier register held. They stay as they were known.`,
    mend: () => 'If the file is not whole, download it again.',
  },
}
