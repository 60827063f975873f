/**
 * Whether a text that is to name a supplier holds something in the shape of bank details: a sort code, a sort code with an
 * account number, or an IBAN. They have no place here: finance holds them.
 */
export const holdsBankDetails = (text: string): boolean =>
  /\b\d{2}[- ]\d{2}[- ]\d{2}\b/.test(text) ||
  /\b\d{6}\s+\d{8}\b/.test(text) ||
  /\b[A-Z]{2}\d{2}\s?[A-Z]{4}\s?(?:\d\s?){14}\b/i.test(text)
