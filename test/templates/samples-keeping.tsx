import { plainDate } from '../../src/domain/dates.ts'
import { signedOutFrame } from '../../templates/components/layout.tsx'
import { AdminForm } from '../../templates/pages/admin-form.tsx'
import {
  ConflictPage,
  ForbiddenPage,
  NotFoundPage,
  ServerFaultPage,
  TooBigPage,
  TooManyPage,
} from '../../templates/pages/errors.tsx'
import { ImportPage, type ImportProps, ImportsPage, ImportWithdrawPage } from '../../templates/pages/imports.tsx'
import { OutboxPage } from '../../templates/pages/outbox.tsx'
import { PlainTextPage } from '../../templates/pages/plain.tsx'
import { type ListedPerson, PeoplePage, SchoolPage, SchoolsPage } from '../../templates/pages/schools.tsx'
import { YourSchoolPage } from '../../templates/pages/your-school.tsx'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { at, officeFrame, type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const people = (s: Text): readonly ListedPerson[] => [
  {
    id: 'h1',
    name: s('Dana Okoro'),
    email: s('dana@ellerwick.example'),
    role: s('designated teacher'),
    place: s('Ellerwick Academy'),
    firstDay: plainDate('2024-09-01'),
    lastDay: null,
  },
  {
    id: 'h2',
    name: s('Simon Whitlock'),
    email: s('simon@ellerwick.example'),
    role: s('deputy'),
    place: s('Ellerwick Academy'),
    firstDay: plainDate('2024-09-01'),
    lastDay: plainDate('2026-07-17'),
  },
]

const imported = (s: Text): ImportProps => ({
  frame: officeFrame(s),
  id: 'i1',
  fileName: s('pupils.csv'),
  connector: 'local-roll',
  edition: s('1'),
  sha256: 'ab12cd34ef56ab12',
  keptUntil: plainDate('2028-07-31'),
  sentBy: s('Helen Marsh'),
  school: s('Ellerwick Academy'),
  at,
  state: 'checked',
  withdrawn: { by: s('Helen Marsh'), at, reason: s('Wrong term') },
  rows: { read: 212, used: 0, matched: 210, unmatched: 0, heldBack: 2 },
  findings: [
    {
      place: s('line 14, upn'),
      severity: 'warning',
      words: {
        title: s('Check letter differs'),
        rule: s('The first letter follows from the digits.'),
        mend: s('Compare it with the school.'),
      },
    },
    {
      place: s('line 20, urn'),
      severity: 'error',
      words: wordsOfFinding({ code: 'SCHOOL_NOT_KNOWN', parameters: {} }),
    },
  ],
  moreFindings: 12,
  birthdays: [
    {
      pupil: { id: 'p1', shortName: s('Amara D.') },
      school: s('Ellerwick Academy'),
      sentAt: at,
      sent: s('02/03/2012'),
      held: '2013-03-02',
    },
  ],
  publish: { rows: 210, warnings: 1 },
  ownFile: true,
  mayWithdraw: true,
  toMend: [{ field: 'acceptWarnings', text: s('Say that you have looked') }],
})

/** Imports, schools, people, and the pages that everybody may meet. */
export const keepingSamples: readonly Sample[] = [
  {
    name: 'imports',
    draw: (s) => (
      <ImportsPage
        frame={officeFrame(s)}
        mayBringIn
        imports={[
          {
            id: 'i1',
            fileName: s('pupils.csv'),
            connector: 'local-roll',
            rowsUsed: 210,
            rowsRead: 212,
            sentBy: s('Helen Marsh'),
            school: null,
            at,
            state: 'published',
          },
          {
            id: 'i2',
            fileName: s('ellerwick.xlsx'),
            connector: 'termly-return',
            rowsUsed: 2,
            rowsRead: 2,
            sentBy: s('Dana Okoro'),
            school: s('Ellerwick Academy'),
            at,
            state: 'withdrawn',
          },
        ]}
      />
    ),
  },
  { name: 'imports-empty', draw: (s) => <ImportsPage frame={officeFrame(s)} mayBringIn imports={[]} /> },
  { name: 'import', draw: (s) => <ImportPage {...imported(s)} /> },
  {
    name: 'import-withdrawn',
    draw: (s) => (
      <ImportPage
        {...imported(s)}
        publish={null}
        findings={[]}
        moreFindings={0}
        state="withdrawn"
        ownFile={false}
        mayWithdraw={false}
        toMend={[]}
      />
    ),
  },
  {
    name: 'import-withdraw',
    draw: (s) => (
      <ImportWithdrawPage
        frame={officeFrame(s)}
        id="i1"
        fileName={s('pupils.csv')}
        facts={43}
        pupils={2}
        rested={[s('Receipt WM-4417, Ellerwick Academy')]}
        reason={s('Wrong term')}
        toMend={s('Say why')}
      />
    ),
  },
  {
    name: 'admin-form',
    draw: (s) => (
      <AdminForm
        frame={officeFrame(s)}
        form="pupilAdd"
        here="pupils"
        action="/pupils/add"
        backTo="/pupils"
        about={s('Wendlemoor')}
        fields={[
          { name: 'childReference', kind: 'text', value: s('WM-77') },
          { name: 'dateOfBirth', kind: 'date', value: s('31/2/2014') },
          { name: 'yearGroup', kind: 'select', value: '7', options: [{ value: '7', text: s('Year 7') }] },
          { name: 'email', kind: 'email', value: s('a@b.example') },
          { name: 'reason', kind: 'long', value: s('Because') },
          { name: 'noDisclose', kind: 'tick', value: 'yes' },
        ]}
        toMend={[{ field: 'dateOfBirth', text: s('February has 28 days in 2014') }]}
      />
    ),
  },
  {
    name: 'schools',
    draw: (s) => (
      <SchoolsPage
        frame={officeFrame(s)}
        mayAdd
        toSettle={1}
        schools={[
          {
            id: 's1',
            name: s('Marrow Lane Primary'),
            urn: s('199001'),
            elsewhere: null,
            pupils: 4,
            lead: s('Jo Reed'),
          },
          {
            id: 's2',
            name: s('Ellerwick Academy'),
            urn: s('199002'),
            elsewhere: s('Kestrelham'),
            pupils: 2,
            lead: null,
          },
        ]}
      />
    ),
  },
  { name: 'schools-empty', draw: (s) => <SchoolsPage frame={officeFrame(s)} mayAdd toSettle={0} schools={[]} /> },
  {
    name: 'school',
    draw: (s) => (
      <SchoolPage
        frame={officeFrame(s)}
        name={s('Ellerwick Academy')}
        phase={s('Secondary')}
        area={s('Kestrelham')}
        urns={[{ urn: s('199002'), from: plainDate('2024-09-01') }]}
        people={people(s)}
        checks={[
          { on: plainDate('2026-09-14'), by: s('Helen Marsh'), registered: 'Y', how: s('Looked at its certificate') },
        ]}
        mayEdit
        addPerson="/people/add?school=s2"
      />
    ),
  },
  {
    name: 'school-nobody',
    draw: (s) => (
      <SchoolPage
        frame={officeFrame(s)}
        name={s('Ellerwick Academy')}
        phase={s('Secondary')}
        area={s('Kestrelham')}
        urns={[]}
        people={[]}
        checks={[]}
        mayEdit
        addPerson="/people/add?school=s2"
      />
    ),
  },
  { name: 'people', draw: (s) => <PeoplePage frame={officeFrame(s)} people={people(s)} mayEdit /> },
  {
    name: 'your-school',
    draw: (s) => (
      <YourSchoolPage
        frame={schoolFrame(s)}
        school={s('Ellerwick Academy')}
        people={people(s).map((person, index) => ({ ...person, you: index === 0, mayEnd: index !== 0 }))}
        schools={[{ id: 's1', name: s('Ellerwick Academy') }]}
        hasDeputy={false}
        mayAdd
        sessions={[
          { here: true, since: at, until: at },
          { here: false, since: at, until: at },
        ]}
      />
    ),
  },
  { name: 'not-found', draw: (s) => <NotFoundPage frame={schoolFrame(s)} /> },
  { name: 'conflict', draw: (s) => <ConflictPage frame={schoolFrame(s)} again={s('/pupils')} /> },
  { name: 'too-big', draw: (s) => <TooBigPage frame={schoolFrame(s)} most={20_000_000} /> },
  { name: 'forbidden', draw: (s) => <ForbiddenPage frame={schoolFrame(s)} /> },
  { name: 'too-many', draw: (s) => <TooManyPage frame={schoolFrame(s)} minutes={15} /> },
  { name: 'server-fault', draw: (s) => <ServerFaultPage frame={schoolFrame(s)} reference={s('K7-20')} /> },
  { name: 'help', draw: (s) => <PlainTextPage frame={schoolFrame(s)} page="help" /> },
  { name: 'never-ask', draw: (s) => <PlainTextPage frame={schoolFrame(s)} page="neverAsk" /> },
  { name: 'privacy', draw: (s) => <PlainTextPage frame={schoolFrame(s)} page="privacy" /> },
  { name: 'accessibility', draw: () => <PlainTextPage frame={signedOutFrame(false)} page="accessibility" /> },
  {
    name: 'outbox',
    draw: (s) => (
      <OutboxPage
        frame={signedOutFrame(true)}
        emails={[
          {
            to: s('dana@ellerwick.example'),
            subject: s('123456 is your code'),
            text: s('Your code is 123456\n\nIt works once.'),
            at,
          },
        ]}
      />
    ),
  },
  { name: 'outbox-empty', draw: () => <OutboxPage frame={signedOutFrame(true)} emails={[]} /> },
]
