import { instant, plainDate } from '../../src/domain/dates.ts'
import { type Frame, schoolMenu, virtualSchoolMenu } from '../../templates/components/layout.tsx'
import { upnControl } from '../../templates/components/mend.tsx'
import type { Source } from '../../templates/components/source.tsx'
import { CheckPage, type CheckProps } from '../../templates/pages/check.tsx'
import { InboxPage, type InboxProps } from '../../templates/pages/inbox.tsx'
import { PupilPage, type PupilProps } from '../../templates/pages/pupil.tsx'
import { PupilSearchPage, PupilsPage } from '../../templates/pages/pupils.tsx'
import { ReceiptPage, type ReceiptProps, ReceiptsPage } from '../../templates/pages/receipt.tsx'
import { CapacityPage, SignedOutPage, SignInCodePage, SignInPage } from '../../templates/pages/sign-in.tsx'
import { RefusedPage, RollUploadPage, UploadPage } from '../../templates/pages/upload.tsx'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'

/** A page as it can be drawn; `s` passes every text through, so that a test can plant markup in each. */
export type Sample = { readonly name: string; readonly draw: (s: (text: string) => string) => unknown }

type Text = (text: string) => string

/** A designated teacher's frame. */
export const schoolFrame = (s: Text): Frame => ({
  person: { name: s('Dana Okoro'), role: s('designated teacher'), place: s('Ellerwick Academy'), several: true },
  menu: schoolMenu,
  demo: true,
})

/** A data officer's frame. */
export const officeFrame = (s: Text): Frame => ({
  person: { name: s('Helen Marsh'), role: s('data officer'), place: s('Wendlemoor Virtual School'), several: false },
  menu: virtualSchoolMenu,
  demo: true,
})

/** A moment to draw with. */
export const at = instant(Date.UTC(2026, 6, 1, 9, 14))

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
      pupils: [{ shortName: s('Ruby S.'), yearGroup: '7' }],
      upload: null,
      receipt: 'c1',
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

const check = (s: Text): CheckProps => ({
  frame: schoolFrame(s),
  upload: 'u1',
  fileName: s('ellerwick-summer-2026.xlsx'),
  uploadedAt: at,
  today: plainDate('2026-07-01'),
  ownFile: true,
  rows: [
    {
      number: 10,
      pupil: s('Kofi B.'),
      council: s('North Ashdale'),
      state: 'held_back',
      answersGood: 25,
      answersRead: 26,
      stillToAnswer: 0,
      setAsideReason: null,
    },
    {
      number: 11,
      pupil: s('Amara D.'),
      council: s('Wendlemoor'),
      state: 'to_check',
      answersGood: 21,
      answersRead: 22,
      stillToAnswer: 2,
      setAsideReason: null,
    },
    {
      number: 12,
      pupil: s('Jayden T.'),
      council: s('Wendlemoor'),
      state: 'ready',
      answersGood: 22,
      answersRead: 22,
      stillToAnswer: 0,
      setAsideReason: null,
    },
    {
      number: 13,
      pupil: s('Ruby S.'),
      council: s('Kestrelham'),
      state: 'held_back',
      answersGood: 21,
      answersRead: 23,
      stillToAnswer: 0,
      setAsideReason: null,
    },
    {
      number: 14,
      pupil: null,
      council: s('Kestrelham'),
      state: 'not_matched',
      answersGood: 23,
      answersRead: 23,
      stillToAnswer: 0,
      setAsideReason: null,
    },
    {
      number: 15,
      pupil: s('Lena F.'),
      council: s('Kestrelham'),
      state: 'set_aside',
      answersGood: 3,
      answersRead: 3,
      stillToAnswer: 0,
      setAsideReason: s('Left us in May'),
    },
  ],
  findings: [
    {
      id: 'f1',
      severity: 'error',
      cell: 'N10',
      sheet: null,
      row: 10,
      pupil: s('Kofi B.'),
      council: s('North Ashdale'),
      label: s('Shorter timetable: next review'),
      sent: s('31/06/2026'),
      words: {
        title: s('Not a day that exists'),
        rule: s('A real date, today or later.'),
        mend: s('June has 30 days. Give the date as day, month, year.'),
      },
      control: {
        kind: 'text',
        name: 'm1',
        label: s('Next review'),
        value: s('31/06/2026'),
        hint: s('For example, 14 7 2026'),
      },
      accepted: false,
    },
    {
      id: 'f2',
      severity: 'warning',
      cell: 'H11',
      sheet: s('Return'),
      row: 11,
      pupil: s('Amara D.'),
      council: s('Wendlemoor'),
      label: s('English, against what is expected for age'),
      sent: s('Below'),
      words: {
        title: s('A fall of two steps'),
        rule: s('A fall of two steps in one term is worth a second look. It can be right.'),
        mend: s('Say that it is right, or choose another answer. We keep your name beside it.'),
      },
      control: {
        kind: 'select',
        name: 'm2',
        label: s('English is'),
        value: 'Below',
        options: [
          { value: 'Below', text: s('Below') },
          { value: 'At', text: s('At') },
          { value: 'not known', text: s('not known'), group: s('Or') },
        ],
      },
      accepted: false,
    },
    {
      id: 'f3',
      severity: 'error',
      cell: 'B13',
      sheet: null,
      row: 13,
      pupil: s('Ruby S.'),
      council: s('Kestrelham'),
      label: s('Unique pupil number (UPN)'),
      sent: s('a UPN ending 7Q'),
      words: wordsOfFinding({ code: 'UPN_DIFFERS', parameters: { expected: s('7G') } }),
      control: upnControl('m3', '7G'),
      accepted: false,
    },
    {
      id: 'f4',
      severity: 'error',
      cell: 'D13',
      sheet: null,
      row: 13,
      pupil: s('Ruby S.'),
      council: s('Kestrelham'),
      label: s('Place here on 19 June'),
      sent: s('on role'),
      words: {
        title: s('Not in the list'),
        rule: s('One of the eight answers in the list.'),
        mend: s('Choose from the list. For most pupils it is “On roll here only”.'),
      },
      control: {
        kind: 'select',
        name: 'm4',
        label: s('Place here on 19 June'),
        value: 'on role',
        options: [{ value: 'S', text: s('On roll here only') }],
      },
      accepted: false,
    },
  ],
  councils: [
    {
      virtualSchool: 'v1',
      name: s('Wendlemoor'),
      due: plainDate('2026-07-03'),
      state: 'ready',
      pupilsReady: 2,
      stillToAnswer: 2,
      held: [],
      warnings: [{ finding: 'f2', cell: 'H11', text: s('Amara D. is below in English this term') }],
      receipt: null,
    },
    {
      virtualSchool: 'v2',
      name: s('North Ashdale'),
      due: plainDate('2026-06-29'),
      state: 'held',
      pupilsReady: 0,
      stillToAnswer: 0,
      held: [{ number: 10, pupil: s('Kofi B.'), cells: ['N10'] }],
      warnings: [],
      receipt: null,
    },
    {
      virtualSchool: 'v3',
      name: s('Kestrelham'),
      due: plainDate('2026-07-08'),
      state: 'sent',
      pupilsReady: 2,
      stillToAnswer: 0,
      held: [],
      warnings: [],
      receipt: { id: 'c1', reference: s('WM-4417') },
    },
  ],
  toMend: [{ text: s('Say that H11 is right before you send'), field: 'accept-f2' }],
})

const receipt = (s: Text): ReceiptProps => ({
  frame: schoolFrame(s),
  id: 'c1',
  reference: s('WM-4417'),
  state: 'current',
  council: s('Wendlemoor'),
  school: s('Ellerwick Academy'),
  round: { term: 'summer', academicYear: 2025, asAt: plainDate('2026-06-19') },
  sentBy: s('Dana Okoro'),
  sentAt: at,
  file: { name: s('ellerwick-summer-2026.xlsx'), sha256: 'ab12cd34ef56ab12cd34' },
  pupils: [
    { id: 'p1', shortName: s('Amara D.'), answers: 21, stillToAnswer: 1 },
    { id: 'p2', shortName: s('Jayden T.'), answers: 22, stillToAnswer: 0 },
  ],
  setAside: [{ row: 15, reason: s('Left us in May') }],
  accepted: [s('H11: English is below this term')],
  replacedBy: 'c2',
  withdrawn: { by: s('Dana Okoro'), at },
  mayWithdraw: true,
})

const source = (s: Text): Source => ({
  file: {
    name: s('ellerwick-spring-2026.xlsx'),
    sheet: s('Return'),
    place: s('I11'),
    deletedOn: plainDate('2028-07-31'),
  },
  asSent: s('5-'),
  readAs: s('5− on your 1 to 9 scale'),
  sentBy: s('Dana Okoro'),
  sentAt: at,
  confirmedAt: at,
  receipt: { id: 'c1', reference: s('WM-4417') },
  replaced: [{ value: s('4+'), where: s('Autumn return, ellerwick-autumn.xlsx, D11'), by: s('Simon Whitlock'), at }],
})

const pupil = (s: Text, viewer: 'school' | 'virtualSchool'): PupilProps => ({
  frame: viewer === 'school' ? schoolFrame(s) : officeFrame(s),
  viewer,
  id: 'p1',
  shortName: s('Amara D.'),
  yearGroup: '8',
  council: s('Wendlemoor'),
  school: viewer === 'school' ? null : s('Ellerwick Academy'),
  leftOn: viewer === 'school' ? null : plainDate('2026-05-22'),
  mayOpenFull: true,
  full:
    viewer === 'school'
      ? null
      : {
          name: s('Amara Dacosta'),
          dateOfBirth: plainDate('2013-03-02'),
          upn: s('A823432412012'),
          childReference: s('WM-0012'),
        },
  returns: [{ term: 'summer', left: 3, asked: 22, due: plainDate('2026-07-03') }],
  sections: [
    {
      section: 'attainment',
      facts: [
        {
          item: 'english',
          label: s('English'),
          state: 'given',
          value: s('6− above for age'),
          of: s('Spring 2026'),
          source: source(s),
        },
        {
          item: 'mathematics',
          label: s('Mathematics'),
          state: 'not_assessed',
          value: null,
          of: s('Spring 2026'),
          source: { ...source(s), file: null, receipt: null, replaced: [] },
        },
      ],
    },
    {
      section: 'place',
      facts: [
        {
          item: 'place',
          label: s('Place here'),
          state: 'given',
          value: s('On roll here only'),
          of: s('19 June 2026'),
          source: { ...source(s), replaced: [] },
        },
      ],
    },
  ],
  socialWorker: { name: s('Tomasz Hale'), email: s('t.hale@wendlemoor.example'), since: plainDate('2026-02-02') },
  plan: { heldOn: plainDate('2026-05-21'), nextBy: plainDate('2026-11-19') },
  targets: [{ number: 1, text: s('Reads aloud to a small group') }],
  places: [
    { id: 'x1', school: s('Ellerwick Academy'), firstDay: plainDate('2024-09-02'), lastDay: null, state: 'confirmed' },
    {
      id: 'x2',
      school: s('Tarnbeck Primary'),
      firstDay: plainDate('2019-09-02'),
      lastDay: plainDate('2024-07-19'),
      state: 'ended',
    },
  ],
  care: { firstDay: plainDate('2021-04-14'), lastDay: null },
  noDiscloseHandler: viewer === 'school' ? null : s('Marek Dunne'),
  mayEdit: true,
})

/** Pages of signing in and of a school's return. */
export const returnSamples: readonly Sample[] = [
  {
    name: 'sign-in',
    draw: (s) => (
      <SignInPage
        demo
        email={s('d.okoro@ellerwick')}
        toMend={s('Give the whole address, such as name@school.example')}
        next={s('/pupils')}
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
    draw: (s) => <InboxPage frame={schoolFrame(s)} today={plainDate('2026-07-01')} rows={[]} asserted={[]} />,
  },
  {
    name: 'inbox-sent',
    draw: (s) => (
      <InboxPage frame={schoolFrame(s)} today={plainDate('2026-07-01')} rows={inbox(s).rows.slice(2)} asserted={[]} />
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
  { name: 'check', draw: (s) => <CheckPage {...check(s)} /> },
  {
    name: 'check-ready',
    draw: (s) => (
      <CheckPage
        {...check(s)}
        findings={[]}
        toMend={[]}
        rows={check(s).rows.slice(2, 3)}
        councils={check(s).councils.slice(0, 1)}
      />
    ),
  },
  { name: 'receipt', draw: (s) => <ReceiptPage {...receipt(s)} /> },
  { name: 'receipt-withdrawn', draw: (s) => <ReceiptPage {...receipt(s)} state="withdrawn" replacedBy={null} /> },
  {
    name: 'receipts',
    draw: (s) => (
      <ReceiptsPage
        frame={schoolFrame(s)}
        receipts={[
          {
            id: 'c1',
            reference: s('WM-4417'),
            council: s('Wendlemoor'),
            term: 'summer',
            academicYear: 2025,
            pupils: 2,
            sentAt: at,
            sentBy: s('Dana Okoro'),
            state: 'current',
          },
        ]}
      />
    ),
  },
  { name: 'receipts-empty', draw: (s) => <ReceiptsPage frame={schoolFrame(s)} receipts={[]} /> },
  {
    name: 'pupils',
    draw: (s) => (
      <PupilsPage
        frame={schoolFrame(s)}
        pupils={[
          {
            id: 'p1',
            shortName: s('Amara D.'),
            yearGroup: '8',
            council: s('Wendlemoor'),
            asked: { left: 3, asked: 22 },
            planNextBy: plainDate('2026-11-19'),
            socialWorker: s('Tomasz Hale'),
          },
          {
            id: 'p2',
            shortName: s('Kofi B.'),
            yearGroup: 'R',
            council: s('North Ashdale'),
            asked: null,
            planNextBy: null,
            socialWorker: null,
          },
        ]}
      />
    ),
  },
  { name: 'pupils-empty', draw: (s) => <PupilsPage frame={schoolFrame(s)} pupils={[]} /> },
  { name: 'pupil', draw: (s) => <PupilPage {...pupil(s, 'school')} /> },
  { name: 'pupil-council', draw: (s) => <PupilPage {...pupil(s, 'virtualSchool')} /> },
  {
    name: 'pupil-empty',
    draw: (s) => (
      <PupilPage {...pupil(s, 'school')} sections={[]} socialWorker={null} plan={null} targets={[]} returns={[]} />
    ),
  },
  {
    name: 'pupil-search',
    draw: (s) => (
      <PupilSearchPage
        frame={officeFrame(s)}
        total={214}
        query={s('WM-0012')}
        mayAdd
        pupils={[
          {
            id: 'p1',
            shortName: s('Amara D.'),
            childReference: s('WM-0012'),
            yearGroup: '8',
            school: s('Ellerwick Academy'),
            placeState: 'confirmed',
          },
        ]}
      />
    ),
  },
  {
    name: 'pupil-search-none',
    draw: (s) => <PupilSearchPage frame={officeFrame(s)} total={214} query={s('WM-9')} mayAdd={false} pupils={[]} />,
  },
]
