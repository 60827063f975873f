import { figure, list, sentence } from './counts.ts'

/** Words of the page where files of session marks are sent in. */
export const attendanceFileWords = {
  title: 'Send attendance',
  lead: 'Session marks out of your own system, or as a collection service sends them: a line a session, a day or a week. One file or several.',
  file: 'Attendance files',
  fileHint: (size: string) => `.csv, .xlsx or a SIMS report (.xml), up to ${size} in all`,
  noFile: 'Choose at least one file.',
  send: 'Read the files',
  neverTitle: 'What is never kept',
  never:
    'Only who, where, when and the mark are read. Every other column is skipped, and names stay out of the copy that is kept. In a school’s own file, children who are not looked after leave neither name nor number.',
  refusedTitle: 'Not read',
  taken: 'Children on your list',
  others: 'Lines about other pupils, of whom nothing is used',
  unmatched: 'Fitted nobody on your list',
  lookUp: (children: number) => `${figure(children)}: say who, under Unmatched rows`,
  lookUpLater: (children: number) => `${figure(children)}: say who, once the file is in use`,
  held: 'Lines held back',
  notRead: 'Columns not read on purpose',
  elements: (names: readonly string[]) => sentence(list([...names])),
  nothingNotRead: 'None: every column was read',
  none: 'No attendance file has been sent yet. What one says is used only after you have looked at it here.',
  toCheck: 'To check',
  use: 'Use what was read',
  accept: 'I have looked at what is to check',
  acceptFirst: 'Say that you have looked at what is to check.',
  state: { staged: 'Waiting for you', published: 'In use', withdrawn: 'Taken back' } as Readonly<
    Record<string, string>
  >,
  wholeFile: 'the whole file',
  line: (line: number) => `line ${figure(line)}`,
  lineOfSheet: (line: number, sheet: string) => `sheet “${sheet}”, row ${figure(line)}`,
}
