import { instant } from '../../src/domain/dates.ts'
import { type CarriedOn, LayoutColumnsPage, type LayoutColumnsProps } from '../../templates/pages/layout-columns.tsx'
import { LayoutTryPage } from '../../templates/pages/layout-try.tsx'
import { LayoutWordsPage } from '../../templates/pages/layout-words.tsx'
import { LayoutPage, LayoutsPage } from '../../templates/pages/layouts.tsx'
import { type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const at = instant(Date.parse('2026-11-20T10:14:00.000Z'))

const carried = (s: Text): CarriedOn => ({
  file: 'eJw',
  fileName: s('export.csv'),
  school: 's1',
  layout: '',
  sheet: s('Export'),
  headRow: '3',
})

const columns = (s: Text): LayoutColumnsProps => ({
  frame: schoolFrame(s),
  carried: carried(s),
  rows: 2,
  sheet: s('Export'),
  headRow: 3,
  sheets: [s('Cover'), s('Export')],
  headRows: [{ number: 3, text: s('UPN, Reading ARE') }],
  columns: [
    {
      index: 0,
      letters: 'A',
      head: s('UPN'),
      samples: [s('A999'), '', s('B999')],
      filled: 2,
      target: 'upn',
      isNew: false,
    },
    { index: 1, letters: 'B', head: s('House'), samples: [], filled: 0, target: '', isNew: true },
  ],
  unheaded: ['C', 'E'],
  choices: [
    { value: 'upn', text: 'UPN', group: 'Whose row it is' },
    { value: 'reading_band', text: 'Reading: for age', group: 'Attainment' },
  ],
  schools: [
    { id: 's1', name: s('Ellerwick') },
    { id: 's2', name: s('Tillbrook') },
  ],
  rowsAre: 'whole_school',
  saved: null,
  toMend: [],
  meanings: [['w-sen-0', 'K']],
})

/** The pages on which a school says how its own file is read. */
export const layoutSamples: readonly Sample[] = [
  { name: 'layout-columns', draw: (s) => <LayoutColumnsPage {...columns(s)} /> },
  {
    name: 'layout-changed',
    draw: (s) => (
      <LayoutColumnsPage
        {...columns(s)}
        saved={{ name: s('SIMS list'), missing: [s('SEN')], drifted: true }}
        toMend={[{ field: 'c-0', text: s('Say which column holds the UPN') }]}
      />
    ),
  },
  {
    name: 'layout-words',
    draw: (s) => (
      <LayoutWordsPage
        frame={schoolFrame(s)}
        carried={carried(s)}
        said={[['c-1', 'reading_band']]}
        columns={[
          {
            item: 'reading_band',
            question: s('Reading: for age'),
            head: s('Reading ARE'),
            letters: 'B',
            tooMany: false,
            words: [{ field: 'w-reading_band-0', word: s('EXS'), count: 2, meaning: 'at' }],
            options: [
              { value: 'at', text: 'At' },
              { value: 'not_assessed', text: 'not assessed', group: 'Other answers' },
            ],
          },
          {
            item: 'sen',
            question: s('SEN'),
            head: s('Notes'),
            letters: 'C',
            tooMany: true,
            words: [],
            options: [],
          },
        ]}
      />
    ),
  },
  {
    name: 'layout-try',
    draw: (s) => (
      <LayoutTryPage
        frame={schoolFrame(s)}
        carried={carried(s)}
        said={[['c-1', 'reading_band']]}
        tried={{
          read: 12,
          matched: 5,
          unmatched: 1,
          leftOut: 6,
          answers: 40,
          toMend: 8,
          toCheck: 0,
          found: [
            { title: s('Not in the list'), question: s('SEN'), severity: 'error', cells: ['D4', 'D5'], count: 8 },
            { title: s('A column we do not know'), question: null, severity: 'warning', cells: ['G3'], count: 1 },
          ],
        }}
        name={s('SIMS list')}
        again
        toMend={[{ field: 'name', text: s('Give the layout a name') }]}
      />
    ),
  },
  {
    name: 'layouts',
    draw: (s) => (
      <LayoutsPage
        frame={schoolFrame(s)}
        severalSchools
        layouts={[
          {
            id: 'l1',
            name: s('SIMS list'),
            school: s('Ellerwick'),
            columns: 9,
            version: 2,
            madeBy: s('Dana Okoro'),
            madeAt: at,
            retired: null,
          },
          {
            id: 'l2',
            name: s('Old list'),
            school: s('Ellerwick'),
            columns: 4,
            version: 1,
            madeBy: s('Dana Okoro'),
            madeAt: at,
            retired: { by: s('Dana Okoro'), at },
          },
        ]}
      />
    ),
  },
  { name: 'layouts-none', draw: (s) => <LayoutsPage frame={schoolFrame(s)} severalSchools={false} layouts={[]} /> },
  {
    name: 'layout-one',
    draw: (s) => (
      <LayoutPage
        frame={schoolFrame(s)}
        id="l1"
        name={s('SIMS list')}
        typed={s('SIMS list')}
        retired={null}
        wholeSchool
        columns={[
          { head: s('Reading ARE'), question: s('Reading: for age'), words: [{ word: s('exs'), means: s('At') }] },
          { head: s('UPN'), question: 'UPN', words: [] },
        ]}
        versions={[{ version: 2, madeBy: s('Dana Okoro'), madeAt: at }]}
        toMend={[]}
      />
    ),
  },
]
