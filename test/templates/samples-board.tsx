import { plainDate } from '../../src/domain/dates.ts'
import { BoardPage, type BoardProps } from '../../templates/pages/board.tsx'
import { PlaceCallPage, PlacesPage } from '../../templates/pages/places.tsx'
import { RoundSchoolPage } from '../../templates/pages/round-school.tsx'
import { OverlayPage, RoundOpenPage, RoundsPage } from '../../templates/pages/rounds.tsx'
import { UnmatchedPage, UnmatchedRowPage } from '../../templates/pages/unmatched.tsx'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { at, officeFrame, type Sample, type Text } from './samples-frame.tsx'

const board = (s: Text): BoardProps => ({
  frame: officeFrame(s),
  now: at,
  council: s('Wendlemoor'),
  round: {
    id: 'r1',
    term: 'summer',
    academicYear: 2025,
    asAt: plainDate('2026-06-19'),
    due: plainDate('2026-07-03'),
    closedOn: null,
  },
  total: { answered: 3763, asked: 4588, pupils: 212, schools: 64 },
  here: { answered: 3071, asked: 3530 },
  elsewhere: { answered: 692, asked: 1058 },
  states: [
    { state: 'submitted', here: 31, elsewhere: 7 },
    { state: 'in_progress', here: 0, elsewhere: 9 },
    { state: 'not_started', here: 0, elsewhere: 7 },
    { state: 'overdue', here: 10, elsewhere: 0 },
  ],
  sections: [
    {
      section: 'attendance',
      answered: 406,
      asked: 424,
      items: [
        { code: 'a', label: s('Sessions possible'), answered: 203, asked: 212 },
        { code: 'b', label: s('Sessions attended'), answered: 203, asked: 212 },
      ],
    },
    {
      section: 'next_steps',
      answered: 14,
      asked: 19,
      items: [
        { code: 'c', label: s('Year 11 next step'), answered: 14, asked: 19 },
        { code: 'd', label: s('Offer held'), answered: 0, asked: 0 },
      ],
    },
  ],
  plans: { base: 212, in_date: 180, overdue: 20, first_to_come: 4, not_known: 8, isSection: true },
  waiting: { unmatched: 3, places: 5, noLead: 1 },
  filter: { area: 'all', phase: 'all', item: 'all', state: 'all' },
  choices: {
    authorities: [{ code: '992', name: s('Kestrelham') }],
    phases: ['key_stage_2'],
    items: [{ code: 'sen', label: s('SEN support'), section: s('Support') }],
  },
  schools: [
    {
      id: 's1',
      name: s('Marrow Lane Primary'),
      elsewhere: null,
      state: 'overdue',
      pupils: 4,
      answered: 12,
      asked: 88,
      due: plainDate('2026-06-26'),
      hasLead: true,
      late: true,
      extended: true,
      reopened: plainDate('2026-07-20'),
    },
    {
      id: 's2',
      name: s('St Aldreda’s Church of England Primary and Nursery'),
      elsewhere: null,
      state: 'overdue',
      pupils: 6,
      answered: 0,
      asked: 126,
      due: plainDate('2026-06-26'),
      hasLead: false,
      late: false,
      extended: false,
      reopened: null,
    },
    {
      id: 's3',
      name: s('Ellerwick Academy'),
      elsewhere: s('Kestrelham'),
      state: 'in_progress',
      pupils: 2,
      answered: 38,
      asked: 44,
      due: plainDate('2026-07-03'),
      hasLead: true,
      late: false,
      extended: false,
      reopened: null,
    },
    {
      id: 's4',
      name: s('Wendle Park School'),
      elsewhere: null,
      state: 'submitted',
      pupils: 9,
      answered: 204,
      asked: 207,
      due: plainDate('2026-07-03'),
      hasLead: true,
      late: false,
      extended: false,
      reopened: null,
    },
    {
      id: 's5',
      name: s('Port Sallow City Academy'),
      elsewhere: s('Port Sallow'),
      state: 'not_started',
      pupils: 2,
      answered: 0,
      asked: 46,
      due: plainDate('2026-07-03'),
      hasLead: true,
      late: false,
      extended: false,
      reopened: null,
    },
  ],
  page: { from: 0, of: 64, size: 12 },
  mayChangeQuestions: true,
})

/** Rounds, their boards, and what waits for one of the team. */
export const boardSamples: readonly Sample[] = [
  { name: 'board', draw: (s) => <BoardPage {...board(s)} /> },
  {
    name: 'board-empty',
    draw: (s) => (
      <BoardPage
        {...board(s)}
        total={{ answered: 0, asked: 0, pupils: 0, schools: 0 }}
        states={[]}
        sections={[]}
        plans={{ base: 0, in_date: 0, overdue: 0, first_to_come: 0, not_known: 0, isSection: false }}
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
        late={false}
        roundIsClosed={false}
        dates={[
          { kind: 'extended', day: plainDate('2026-07-10'), reason: s('New to the post'), by: s('Helen Marsh') },
          { kind: 'reopened', day: plainDate('2026-07-20'), reason: s('Flooded'), by: s('') },
        ]}
        due={plainDate('2026-07-03')}
        pupils={[
          {
            id: 'p1',
            shortName: s('Amara D.'),
            yearGroup: '4',
            answered: 20,
            asked: 22,
            row: 'sent',
            left: [s('Progress on target 1'), s('Hours')],
          },
          { id: 'p2', shortName: s('Kofi B.'), yearGroup: '5', answered: 0, asked: 22, row: null, left: [] },
        ]}
        setAside={[{ pupil: s('Lena F.'), reason: s('Left us in May') }]}
        receipts={[
          {
            id: 'c1',
            reference: s('WM-4417'),
            pupils: 2,
            sentBy: s('Dana Okoro'),
            sentAt: at,
            late: true,
            state: 'replaced',
          },
        ]}
        people={[{ name: s('Dana Okoro'), role: s('designated teacher'), email: s('dana@ellerwick.example') }]}
      />
    ),
  },
  {
    name: 'rounds',
    draw: (s) => (
      <RoundsPage
        frame={officeFrame(s)}
        mayOpen
        rounds={[
          {
            id: 'r1',
            term: 'summer',
            academicYear: 2025,
            asAt: plainDate('2026-06-19'),
            due: plainDate('2026-07-03'),
            closedOn: null,
            answered: 3763,
            asked: 4588,
            schoolsIn: 38,
            schools: 64,
          },
          {
            id: 'r0',
            term: 'spring',
            academicYear: 2025,
            asAt: plainDate('2026-03-06'),
            due: plainDate('2026-03-20'),
            closedOn: plainDate('2026-04-01'),
            answered: 4400,
            asked: 4410,
            schoolsIn: 62,
            schools: 62,
          },
        ]}
      />
    ),
  },
  { name: 'rounds-empty', draw: (s) => <RoundsPage frame={officeFrame(s)} mayOpen rounds={[]} /> },
  {
    name: 'round-open',
    draw: (s) => (
      <RoundOpenPage
        frame={officeFrame(s)}
        years={[2025, 2026]}
        values={{
          term: 'autumn',
          academicYear: '2026',
          asAt: s('31/9/2026'),
          cutOff: 'weekdays',
          weekdays: s('10'),
          due: s(''),
        }}
        toMend={[{ field: 'asAt', text: s('September has 30 days') }]}
      />
    ),
  },
  {
    name: 'questions',
    draw: (s) => (
      <OverlayPage
        frame={officeFrame(s)}
        term="summer"
        sections={[
          {
            section: 'place',
            items: [
              { code: 'hours', label: s('Hours a week'), usual: 'required', choice: 'usual' },
              { code: 'entry', label: s('Entry date'), usual: 'prefilled', choice: 'off' },
            ],
          },
          {
            section: 'child',
            items: [{ code: 'view', label: s('The child’s view'), usual: 'optional', choice: 'required' }],
          },
        ]}
      />
    ),
  },
  {
    name: 'unmatched',
    draw: (s) => (
      <UnmatchedPage
        frame={officeFrame(s)}
        rows={[
          {
            id: 'm1',
            number: 14,
            fileName: s('ellerwick.xlsx'),
            school: s('Ellerwick Academy'),
            sentAt: at,
            why: s('No pupil found for this row'),
          },
        ]}
      />
    ),
  },
  { name: 'unmatched-empty', draw: (s) => <UnmatchedPage frame={officeFrame(s)} rows={[]} /> },
  {
    name: 'unmatched-row',
    draw: (s) => (
      <UnmatchedRowPage
        frame={officeFrame(s)}
        id="m1"
        number={14}
        fileName={s('ellerwick.xlsx')}
        school={s('Ellerwick Academy')}
        sentBy={s('Dana Okoro')}
        sentAt={at}
        why={wordsOfFinding({ code: 'ROW_NOT_MATCHED', parameters: {} })}
        cells={[
          { column: s('UPN'), cell: 'B14', sent: s('A823432412019') },
          { column: s('Place here'), cell: 'D14', sent: s('On roll here only') },
        ]}
        typed={s('WM-00')}
        toMend={[{ field: 'key', text: s('Nobody has that reference or UPN') }]}
      />
    ),
  },
  {
    name: 'places',
    draw: (s) => (
      <PlacesPage
        named={[{ pupil: { id: 'p1', shortName: 'Amara D.' }, school: 'Farrowby High' }]}
        frame={officeFrame(s)}
        today={plainDate('2026-07-01')}
        places={[
          {
            id: 'x1',
            pupil: { id: 'p1', shortName: s('Lena F.') },
            school: s('Ellerwick Academy'),
            firstDay: plainDate('2026-06-08'),
            since: plainDate('2026-06-10'),
            nobodyFitsOn: null,
            tries: 2,
          },
          {
            id: 'x2',
            pupil: { id: 'p2', shortName: s('Omar A.') },
            school: s('Tarnbeck Primary'),
            firstDay: plainDate('2026-06-08'),
            since: plainDate('2026-06-30'),
            nobodyFitsOn: plainDate('2026-06-30'),
            tries: 0,
          },
        ]}
      />
    ),
  },
  {
    name: 'places-empty',
    draw: (s) => <PlacesPage frame={officeFrame(s)} today={plainDate('2026-07-01')} places={[]} named={[]} />,
  },
  {
    name: 'place-call',
    draw: (s) => (
      <PlaceCallPage
        frame={officeFrame(s)}
        id="x1"
        shortName={s('Lena F.')}
        school={s('Ellerwick Academy')}
        values={{ spokeTo: s('Ms Reed'), outcome: '', note: s('Rang at ten') }}
        toMend={[{ field: 'outcome', text: s('Say what the school said') }]}
      />
    ),
  },
]
