import { count } from './counts.ts'

/** Words of saying what the columns and words of a school's own export are, and of the layouts it has saved. */
export const layoutWords = {
  steps: ['Columns', 'Words', 'Try it', 'Check', 'Confirm'],
  progress: 'Progress',
  backToUpload: 'Upload another file',
  columnsTitle: (rows: number, columns: number) =>
    `Your own file: ${count(rows, 'row')}, ${count(columns, 'column')}. What is in each column?`,
  columnsLead:
    'Say it once. Next time a file with the same headings goes straight to the check. We have filled in what we could guess.',
  changedTitle: (name: string) => `Some headings of “${name}” have changed`,
  changedLead: (missing: number, added: number) =>
    [
      ...(missing > 0
        ? [`${count(missing, 'heading')} that it reads ${missing === 1 ? 'is' : 'are'} not in this file.`]
        : []),
      ...(added > 0 ? [`${count(added, 'heading')} ${added === 1 ? 'is' : 'are'} new.`] : []),
      'Say what is new; everything else stays as you said it.',
    ].join(' '),
  missing: (heads: readonly string[]) => `Not in this file: ${heads.map((head) => `“${head}”`).join(', ')}.`,
  unheaded: (letters: readonly string[]) =>
    letters.length === 1
      ? `Column ${letters[0]} has no heading, so it is not read. If it holds answers, give it a heading and upload the file again.`
      : `Columns ${letters.join(', ')} have no heading, so they are not read. If they hold answers, give them headings and upload the file again.`,
  changing: (name: string) => `Changing “${name}”. Saving makes a new version; what was sent before stays as it was.`,
  notStored:
    'The file is not stored while you do this: it travels with the page, and what you call “not needed” is never kept.',
  notStoredMore:
    'When you save, we keep the headings and words you have given a meaning, and of the file only the columns you use. Of rows about pupils no council asks you about, nothing is kept.',
  whyNot: 'What we keep of the file',
  school: 'School',
  columns: { column: 'Your column', rows: 'In your first rows', is: 'Is in the return' },
  changed: 'New in this file',
  unchanged: (columns: number) => `As you said it before: ${count(columns, 'column')}`,
  isCalled: (letters: string, head: string) => `What is column ${letters}, ${head}?`,
  column: (letters: string) => `column ${letters}`,
  emptyColumn: 'nothing in it',
  blank: 'blank',
  notNeeded: 'Not needed',
  whose: 'Whose row it is',
  identity: {
    row_reference: 'Our row reference',
    upn: 'UPN',
    council: 'Council',
    surname: 'Surname (only to help, never to match)',
    forename: 'Forename (only to help, never to match)',
    date_of_birth: 'Date of birth (only to help, never to match)',
  } as Readonly<Record<string, string>>,
  where: 'Where the headings are',
  whereNow: (sheet: string | null, row: number) =>
    sheet === null ? `Headings in line ${row}.` : `Sheet “${sheet}”, headings in row ${row}.`,
  whereWrong: 'Is that not where your headings are?',
  sheet: 'Sheet',
  headRow: 'Row of headings',
  headRowIs: (row: number, text: string) => `${row}: ${text}`,
  show: 'Show these columns',
  rowsAre: 'Who is in this file?',
  rows: {
    whole_school:
      'Other pupils too. Leave out every row that is not about a pupil a council asks us about, and keep nothing of it.',
    looked_after: 'Only looked-after pupils. Show the council a row we cannot match, so that it can say who it is.',
  },
  goOn: 'Continue',
  toMend: {
    whose: 'Say which column holds the UPN or our row reference. Rows are never matched by name.',
    twice: (what: string) => `Two columns are “${what}”. Choose one.`,
    nothing: 'Say what at least one column answers.',
    name: 'Give the layout a name.',
    taken: 'You have a layout with this name. Choose another.',
  },
  valuesTitle: 'What do your words mean?',
  valuesLead:
    'Each word in the columns that have a list of answers, with how often it is there. Leave one as “says nothing” and its cells are taken as blank.',
  valuesAs: 'Read as it is (to mend if it is not an answer)',
  saysNothing: 'Says nothing',
  otherAnswers: 'Other answers',
  valueColumns: { word: 'Your word', count: 'Cells', is: 'Means' },
  means: (word: string, question: string) => `What does “${word}” mean in ${question}?`,
  tooMany: (head: string, question: string) =>
    `“${head}” has more than 60 different words, so they are read as they stand. Is it really “${question}”?`,
  tryTitle: (matched: number) =>
    matched === 0 ? 'Tried on your file: no row matches' : `Tried on your file: ${count(matched, 'row')} would match`,
  tryLead: 'Nothing is saved or sent yet.',
  figures: {
    read: 'Rows read',
    matched: 'Would match',
    unmatched: 'Not matched',
    leftOut: 'Left out',
    answers: 'Answers read',
    toMend: 'To mend',
    toCheck: 'To check',
  },
  ofRows: (rows: number) => `of ${count(rows, 'row')}`,
  unmatchedSays: (rows: number) =>
    `${count(rows, 'row')} ${rows === 1 ? 'has' : 'have'} no UPN or reference that fits. The council can look at ${rows === 1 ? 'it' : 'them'}; nothing is guessed.`,
  leftOutSays: (rows: number) =>
    `${count(rows, 'row')} ${rows === 1 ? 'is' : 'are'} about pupils no council asks you about. Nothing of ${rows === 1 ? 'it' : 'them'} is kept.`,
  found: 'What is to mend or check',
  foundColumns: { what: 'What', where: 'Where', cells: 'Cells' },
  foundMore: (more: number) => `and ${more} more`,
  foundNone: 'Every cell reads well.',
  marked: 'Get this file with these cells marked',
  mendLater: 'You mend these on the next page, or go back if a column or word was said wrongly.',
  name: 'Name of this layout',
  nameHint: 'Such as the system and the report: “SIMS looked-after list”.',
  save: 'Save and check',
  saveAgain: 'Save the new version and check',
  useOnce: 'Check with the version that is saved',
  back: 'Back to the columns',
  tooLarge: 'Your file is too large to be looked at column by column',
  tooLargeRule: (most: string) =>
    `To say what columns are, a file may hold ${most} packed. A saved layout then reads files of any size.`,
  tooLargeMend: 'Make a copy with a few hundred rows and all the headings, and upload that first.',
  listTitle: 'Your layouts',
  listLead: 'How files of your own are read. A file whose headings fit one goes straight to the check.',
  none: 'None yet. Upload your own export, and we ask what its columns are.',
  upload: 'Upload a file',
  listColumns: { name: 'Layout', columns: 'Columns read', version: 'Version', made: 'Last changed' },
  change: 'Change how it is read',
  rename: 'Rename',
  retire: 'Take out of use',
  retired: (who: string, when: string) => `Taken out of use by ${who}, ${when}`,
  inUse: 'In use',
  oneTitle: (name: string) => `Layout “${name}”`,
  oneColumns: { head: 'Your heading', is: 'In the return', words: 'Your words' },
  versions: 'Versions',
  version: (version: number) => `Version ${version}`,
  versionBy: (who: string, when: string) => `${who}, ${when}`,
  wordIs: (word: string, means: string) => `${word} = ${means}`,
  asItStands: 'as they stand',
  alsoWhole: 'Rows about pupils no council asks about are left out, and nothing of them is kept.',
  readWith: (name: string, version: number) => `Read with your layout “${name}”, version ${version}.`,
  changeIt: 'Change how it is read',
  changeFile: (name: string) => `Choose a file to change “${name}” with: we show each column with what you said of it.`,
  yourLayouts: 'Your layouts',
} as const
