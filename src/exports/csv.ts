/** Rows as CSV for programs, every value quoted where it must be. Text that a spreadsheet would run is given an apostrophe. */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
