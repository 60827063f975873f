import { plainDate } from '../../src/domain/dates.ts'
import { pence } from '../../src/domain/funding/pence.ts'
import type { Source } from '../../templates/components/source.tsx'
import { PupilPage, type PupilProps } from '../../templates/pages/pupil.tsx'
import { PupilSearchPage, PupilsPage } from '../../templates/pages/pupils.tsx'
import { at, officeFrame, type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const source = (s: Text): Source => ({
  file: {
    name: s('ellerwick-spring-2026.xlsx'),
    sheet: s('Return'),
    place: s('I11'),
    deletedOn: plainDate('2028-07-31'),
  },
  asSent: s('5-'),
  readAs: s('5− on your 1 to 9 scale'),
  scale: { name: s('Ellerwick steps'), version: 2, by: s('Dana Okoro'), at },
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
  birthdays:
    viewer === 'school'
      ? []
      : [
          {
            pupil: { id: 'p1', shortName: s('Amara D.') },
            school: s('Ellerwick Academy'),
            sentAt: at,
            sent: s('02/03/2012'),
            held: '2013-03-02',
          },
        ],
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
      facts: [],
      subjects: [
        {
          name: s('English'),
          course: s('GCSE, Higher'),
          figures: [
            {
              part: 'working_at',
              inTable: true,
              fact: {
                item: 'ks4_english_language_working_at',
                label: s('English: working at'),
                state: 'given',
                value: s('6−'),
                of: s('Spring 2026'),
                source: source(s),
              },
            },
            {
              part: 'target',
              inTable: true,
              fact: {
                item: 'ks4_english_language_target',
                label: s('English: target'),
                state: 'given',
                value: s('7'),
                of: s('Autumn 2025'),
                source: source(s),
              },
            },
          ],
        },
        {
          name: s('Mathematics'),
          course: null,
          figures: [
            {
              part: 'working_at',
              inTable: true,
              fact: {
                item: 'ks4_mathematics_working_at',
                label: s('Mathematics: working at'),
                state: 'not_assessed',
                value: null,
                of: s('Spring 2026'),
                source: { ...source(s), file: null, receipt: null, replaced: [] },
              },
            },
          ],
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
      subjects: [],
    },
  ],
  socialWorker: { name: s('Tomasz Hale'), email: s('t.hale@wendlemoor.example'), since: plainDate('2026-02-02') },
  plan: {
    standing: {
      state: 'in_date',
      heldOn: plainDate('2026-05-21'),
      due: { date: plainDate('2026-11-19'), because: { kind: 'set' } },
    },
    terms: [
      {
        academicYear: 2025,
        term: 'summer',
        dueOn: null,
        heldOn: plainDate('2026-05-21'),
        submittedOn: plainDate('2026-05-26'),
        rating: s('green'),
        ratedOn: plainDate('2026-06-02'),
        ratedBy: s('Carys Bowen'),
        file: s('plans.csv'),
        saidBy: s('Helen Marsh'),
        saidAt: at,
      },
    ],
    sections: [{ academicYear: 2025, term: 'summer', at, receipt: s('WM-4417') }],
  },
  money: [
    {
      href: '/money/applications/a1',
      reference: s('991-26-001'),
      what: 'One-to-one tuition',
      amount: pence(494_00),
      standing: 'question',
    },
  ],
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
  transfers: [
    {
      kind: 'result',
      says: ['2023', 'KS2', 'MAT', 'TT', 'MTC', 'MT', '21'],
      fileName: '9994001_CTF_9984102_001.xml',
      sentAt: at,
    },
  ],
  namedSchools: [{ key: '999/4001/', name: 'Tillbrook Academy' }],
})

/** Pupils, as a school and as a virtual school see them. */
export const pupilSamples: readonly Sample[] = [
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
