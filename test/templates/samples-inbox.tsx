import { plainDate } from '../../src/domain/dates.ts'
import { InboxPage, type InboxProps } from '../../templates/pages/inbox.tsx'
import { CapacityPage, CarryOnPage, SignedOutPage, SignInCodePage, SignInPage } from '../../templates/pages/sign-in.tsx'
import { RefusedPage, RollUploadPage, UploadPage } from '../../templates/pages/upload.tsx'
import { at, officeFrame, type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const inbox = (s: Text): InboxProps => ({
  frame: schoolFrame(s),
  today: plainDate('2026-07-01'),
  rows: [
    {
      round: 'r1',
      council: s('North Ashdale'),
      term: 'summer',
      due: plainDate('2026-06-29'),
      dueRule: s('6 school days after 19 June, for schools in every area.'),
      state: 'overdue',
      asked: 26,
      known: 17,
      answered: 0,
      left: 10,
      pupils: [{ shortName: s('Kofi B.'), yearGroup: '11' }],
      upload: null,
      receipt: null,
    },
    {
      round: 'r2',
      council: s('Wendlemoor'),
      term: 'summer',
      due: plainDate('2026-07-03'),
      state: 'in_progress',
      asked: 44,
      known: 33,
      answered: 5,
      left: 8,
      pupils: [
        { shortName: s('Amara D.'), yearGroup: '8' },
        { shortName: s('Jayden T.'), yearGroup: '9' },
      ],
      upload: 'u1',
      receipt: null,
    },
    {
      round: 'r3',
      council: s('Kestrelham'),
      term: 'summer',
      due: plainDate('2026-07-08'),
      state: 'submitted',
      asked: 46,
      known: 32,
      answered: 14,
      left: 0,
      pupils: [{ shortName: s('Ruby S.'), yearGroup: '7' }],
      upload: null,
      receipt: 'c1',
    },
  ],
  money: { questions: 1, toReport: 2 },
  plans: [
    {
      pupil: 'p1',
      shortName: s('Amara D.'),
      council: s('Wendlemoor'),
      due: plainDate('2026-07-10'),
      state: 'in_date',
    },
  ],
  asserted: [
    { virtualSchool: 'v1', council: s('Kestrelham'), children: 1, noMatch: false },
    { virtualSchool: 'v2', council: s('Wendlemoor'), children: 2, noMatch: true },
  ],
  since: {
    from: plainDate('2026-06-25'),
    entries: [
      { about: s('Jayden T.'), text: s('has a new social worker, Priya Lund.'), from: s('Wendlemoor, 29 June') },
    ],
  },
  done: s('The place of one pupil is confirmed. Thank you.'),
})

/** Signing in, the list of what is due, and sending a file. */
export const inboxSamples: readonly Sample[] = [
  {
    name: 'sign-in',
    draw: (s) => (
      <SignInPage
        demo
        email={s('d.okoro@ellerwick')}
        toMend={s('Give the whole address, such as name@school.example')}
        kept={{ to: '/return/form/pupils/x', text: s('a-suspensions=2') }}
        demoPeople={[
          {
            name: s('Dana Okoro'),
            role: s('designated teacher'),
            place: s('Ellerwick Academy'),
            email: s('dana@ellerwick.example'),
          },
        ]}
      />
    ),
  },
  { name: 'sign-in-plain', draw: () => <SignInPage demo={false} /> },
  {
    name: 'sign-in-code',
    draw: (s) => (
      <SignInCodePage
        demo
        email={s('dana@ellerwick.example')}
        minutes={15}
        toMend={s('That code is not the one we sent last')}
      />
    ),
  },
  {
    name: 'carry-on',
    draw: (s) => (
      <CarryOnPage
        demo
        to="/return/form/pupils/x"
        fields={[
          ['a-suspensions', s('2')],
          ['do', 'save'],
        ]}
      />
    ),
  },
  { name: 'signed-out', draw: () => <SignedOutPage demo={false} /> },
  {
    name: 'capacity',
    draw: (s) => (
      <CapacityPage
        frame={{ ...schoolFrame(s), menu: [] }}
        choices={[
          { id: 'k1', role: s('designated teacher'), place: s('Ellerwick Academy') },
          { id: 'k2', role: s('officer'), place: s('Wendlemoor Virtual School') },
        ]}
      />
    ),
  },
  { name: 'inbox', draw: (s) => <InboxPage {...inbox(s)} /> },
  {
    name: 'inbox-empty',
    draw: (s) => (
      <InboxPage
        frame={schoolFrame(s)}
        today={plainDate('2026-07-01')}
        rows={[]}
        asserted={[]}
        plans={[]}
        money={{ questions: 0, toReport: 0 }}
      />
    ),
  },
  {
    name: 'inbox-sent',
    draw: (s) => (
      <InboxPage
        frame={schoolFrame(s)}
        today={plainDate('2026-07-01')}
        rows={inbox(s).rows.slice(2)}
        asserted={[]}
        plans={[]}
        money={{ questions: 0, toReport: 0 }}
      />
    ),
  },
  {
    name: 'upload',
    draw: (s) => (
      <UploadPage
        frame={schoolFrame(s)}
        uploadBytes={20_000_000}
        toMend={s('Choose a file first')}
        waiting={[{ id: 'u1', fileName: s('ellerwick.xlsx'), uploadedAt: at }]}
        layouts={1}
        changing={{ id: 'l1', name: s('SIMS list') }}
      />
    ),
  },
  {
    name: 'refused',
    draw: (s) => (
      <RefusedPage
        frame={schoolFrame(s)}
        fileName={s('summer.docx')}
        from="return"
        words={{
          title: s('This is a letter, not a workbook'),
          rule: s('We read .xlsx and .csv.'),
          mend: s('Save it as XLSX and choose it again.'),
        }}
      />
    ),
  },
  {
    name: 'roll-upload',
    draw: (s) => (
      <RollUploadPage
        frame={officeFrame(s)}
        uploadBytes={20_000_000}
        files={[{ name: s('schools.csv'), columns: [s('urn'), s('name')] }]}
      />
    ),
  },
]
