import { plainDate } from '../../src/domain/dates.ts'
import { BoardPage, type BoardProps } from '../../templates/pages/board.tsx'
import { RoundSchoolPage } from '../../templates/pages/round-school.tsx'
import { at, officeFrame, type Sample } from './samples-return.tsx'

type Text = (text: string) => string

const board = (s: Text): BoardProps => ({
  frame: officeFrame(s),
  now: at,
  council: s('Wendlemoor'),
  round: { id: 'r1', term: 'summer', academicYear: 2025, asAt: plainDate('2026-06-19'), due: plainDate('2026-07-03') },
  total: { answered: 3763, asked: 4588, pupils: 212, schools: 64 },
  here: { answered: 3071, asked: 3530 },
  elsewhere: { answered: 692, asked: 1058 },
  states: [
    { state: 'submitted', here: 31, elsewhere: 7 },
    { state: 'in_progress', here: 0, elsewhere: 9 },
    { state: 'not_started', here: 0, elsewhere: 7 },
    { state: 'overdue', here: 10, elsewhere: 0 },
  ],
  items: [
    { code: 'a', label: s('Attendance'), answered: 203, asked: 212, optional: false },
    { code: 'b', label: s('Year 11 next step'), answered: 14, asked: 19, optional: false },
    { code: 'd', label: s('English proficiency'), answered: 0, asked: 0, optional: false },
    { code: 'c', label: s('Child’s view'), answered: 101, asked: 206, optional: true },
  ],
  waiting: { unmatched: 3, places: 5, noLead: 1 },
  filter: { area: 'all', state: 'all' },
  schools: [
    { id: 's1', name: s('Marrow Lane Primary'), elsewhere: null, state: 'overdue', pupils: 4, answered: 12, asked: 88, due: plainDate('2026-06-26'), hasLead: true },
    { id: 's2', name: s('St Aldreda’s Church of England Primary and Nursery'), elsewhere: null, state: 'overdue', pupils: 6, answered: 0, asked: 126, due: plainDate('2026-06-26'), hasLead: false },
    { id: 's3', name: s('Ellerwick Academy'), elsewhere: s('Kestrelham'), state: 'in_progress', pupils: 2, answered: 38, asked: 44, due: plainDate('2026-07-03'), hasLead: true },
    { id: 's4', name: s('Wendle Park School'), elsewhere: null, state: 'submitted', pupils: 9, answered: 204, asked: 207, due: plainDate('2026-07-03'), hasLead: true },
    { id: 's5', name: s('Port Sallow City Academy'), elsewhere: s('Port Sallow'), state: 'not_started', pupils: 2, answered: 0, asked: 46, due: plainDate('2026-07-03'), hasLead: true },
  ],
  page: { from: 0, of: 64, size: 12 },
  mayChangeQuestions: true,
})

/** Pages of the virtual school's team. */
export const officeSamples: readonly Sample[] = [
  { name: 'board', draw: (s) => <BoardPage {...board(s)} /> },
  {
    name: 'board-empty',
    draw: (s) => (
      <BoardPage
        {...board(s)}
        total={{ answered: 0, asked: 0, pupils: 0, schools: 0 }}
        states={[]}
        items={[]}
        waiting={{ unmatched: 0, places: 0, noLead: 0 }}
        schools={[]}
        page={{ from: 0, of: 0, size: 12 }}
      />
    ),
  },
  {
    name: 'round-school',
    draw: (s) => (
      <RoundSchoolPage
        frame={officeFrame(s)}
        round={{ id: 'r1', term: 'summer', academicYear: 2025 }}
        school={{ id: 's1', name: s('Marrow Lane Primary') }}
        state="in_progress"
        due={plainDate('2026-07-03')}
        pupils={[
          { id: 'p1', shortName: s('Amara D.'), yearGroup: '4', answered: 20, asked: 22, row: 'sent', left: [s('Progress on target 1'), s('Hours')] },
          { id: 'p2', shortName: s('Kofi B.'), yearGroup: '5', answered: 0, asked: 22, row: null, left: [] },
        ]}
        setAside={[{ pupil: s('Lena F.'), reason: s('Left us in May') }]}
        receipts={[{ id: 'c1', reference: s('WM-4417'), pupils: 2, sentBy: s('Dana Okoro'), sentAt: at, state: 'replaced' }]}
        people={[{ name: s('Dana Okoro'), role: s('designated teacher'), email: s('dana@ellerwick.example') }]}
      />
    ),
  },
]
