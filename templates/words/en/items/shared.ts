/** "Yes" and "No", in the codes of the dictionary. */
export const yesNo = { Y: 'Yes', N: 'No' } as const

/** Marks that are their own words: '0' to the highest. */
export const marksUpTo = (highest: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: highest + 1 }, (_, mark) => [String(mark), String(mark)]))
