import { plainDate } from '../../src/domain/dates.ts'
import { upnControl } from '../../templates/components/mend.tsx'
import { CheckPage, type CheckProps } from '../../templates/pages/check.tsx'
import { ReceiptPage, type ReceiptProps, ReceiptsPage } from '../../templates/pages/receipt.tsx'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { at, type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const check = (s: Text): CheckProps => ({
  frame: schoolFrame(s),
  upload: 'u1',
  fileName: s('ellerwick-summer-2026.xlsx'),
  uploadedAt: at,
  today: plainDate('2026-07-01'),
  ownFile: true,
  typed: false,
  layout: null,
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
    {
      id: 'f5',
      severity: 'warning',
      cell: 'D13',
      sheet: null,
      row: 13,
      pupil: s('Ruby S.'),
      council: s('Kestrelham'),
      label: s('Place here on 19 June'),
      sent: null,
      words: wordsOfFinding({ code: 'LEFT_BUT_ON_ROLL', parameters: {} }),
      control: { kind: 'select', name: 'm4', label: s('Place here on 19 June'), value: '', options: [] },
      accepted: true,
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
      seen: 0,
      replaces: null,
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
      seen: 0,
      replaces: null,
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
      seen: 0,
      replaces: null,
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
  lateFor: null,
  file: { name: s('ellerwick-summer-2026.xlsx'), sha256: 'ab12cd34ef56ab12cd34' },
  waiting: { upload: 'u1', councils: [s('North Ashdale'), s('Kestrelham')] },
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

/** Checking and confirming an upload, and its receipts. */
export const checkSamples: readonly Sample[] = [
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
            late: true,
            sentBy: s('Dana Okoro'),
            state: 'current',
          },
        ]}
      />
    ),
  },
  { name: 'receipts-empty', draw: (s) => <ReceiptsPage frame={schoolFrame(s)} receipts={[]} /> },
]
