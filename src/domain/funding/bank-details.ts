/**
 * Whether a text that is to name a supplier holds something in the shape of bank details: a sort code, a sort code and an
 * account number in either order, or an IBAN. They have no place here: finance holds them.
 */
export const holdsBankDetails = (text: string): boolean =>
  /(?<!\d)\d{2}([-‐-― .])\d{2}\1\d{2}(?!\d)/.test(text) ||
  /(?<!\d)(\d{6}\D{0,20}\d{8}|\d{8}\D{1,20}\d{6})(?!\d)/.test(text) ||
  /\b[A-Z]{2}\d{2}[\s-]?[A-Z]{4}(?:[\s-]?\d){14}\b/i.test(text)
