import type { PlainDate } from '../../../src/domain/dates.ts'
import { countWords } from './counts.ts'
import { day } from './dates.ts'

/** Words of a school's own page: its people, and where one is signed in. */
export const schoolWords = {
  title: 'Your school',
  heading: (school: string, people: number) =>
    `${school}: ${people === 1 ? 'one person answers' : `${countWords(people, 'person', 'people')} answer`}`,
  lead: 'You name your own deputy and colleagues. They see the same pupils as you, for every council.',
  people: 'Who answers for looked-after children',
  columns: { name: 'Name', role: 'Role', from: 'From', next: 'Next' },
  you: ' (you)',
  add: 'Add a deputy or colleague',
  ends: 'End access',
  lastDay: (date: PlainDate) => `until ${day(date)}`,
  noDeputy: 'No deputy is named. With one, a return does not wait while you are away.',
  sessions: 'Where you are signed in',
  sessionHere: 'this machine',
  sessionRow: (since: string, until: string) => `Since ${since}, until ${until} at the latest`,
  endAll: 'Sign out everywhere',
  endAllSays: 'Ends every session of yours, this one too.',
} as const
