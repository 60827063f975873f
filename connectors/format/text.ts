/** Text of a cell without what cannot be seen: no-break and thin spaces as spaces, zero-width marks taken out, trimmed. */
export const tidyCell = (text: string): string => (/^[!-~](?:[ -~]*[!-~])?$/.test(text) ? text : tidied(text))

const tidied = (text: string): string =>
  text
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .trim()

/** A column's head or a word as it is compared: small letters, straight quotes and dashes, single spaces. */
export const comparable = (text: string): string =>
  tidyCell(text)
    .replace(/[\u2018\u2019\u201b\u2032`]/g, "'")
    .replace(/[\u201c\u201d\u201f]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .toLowerCase()

/** A heading of a CSV column as a code: 'Date of birth' is 'date_of_birth'. */
export const asColumnCode = (head: string): string =>
  comparable(head)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
