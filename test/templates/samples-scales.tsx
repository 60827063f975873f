import { instant } from '../../src/domain/dates.ts'
import { ScalePage, type ScaleProps, ScalesPage } from '../../templates/pages/scales.tsx'
import { type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const at = instant(Date.parse('2026-11-20T10:14:00.000Z'))

const scale = (s: Text): ScaleProps => ({
  frame: schoolFrame(s),
  saved: null,
  mayChange: true,
  base: 0,
  schools: [
    { id: 's1', name: s('Ellerwick') },
    { id: 's2', name: s('Tillbrook') },
  ],
  school: 's1',
  code: 'own',
  name: s('Ellerwick steps'),
  lines: [
    { word: s('secure'), band: 'at', yearGroup: '', term: '', seen: 12 },
    { word: s('5-'), band: '', yearGroup: '5', term: 'autumn', seen: 1 },
    { word: '', band: '', yearGroup: '', term: '', seen: 0 },
  ],
  options: {
    codes: [{ value: 'own', text: 'Our own scale' }],
    bands: [{ value: 'at', text: 'At' }],
    years: [{ value: '5', text: 'Year 5' }],
    terms: [{ value: 'autumn', text: 'Autumn' }],
  },
  toMend: [],
})

const saved = (s: Text) => ({
  id: 'g1',
  name: s('Ellerwick steps'),
  retired: null,
  versions: [
    { version: 2, madeBy: s('Dana Okoro'), madeAt: at, words: 9 },
    { version: 1, madeBy: s('Simon Whitlock'), madeAt: at, words: 1 },
  ],
})

const listed = (s: Text) => ({
  ...{ id: 'g1', name: s('Ellerwick steps'), school: s('Ellerwick'), words: 9, version: 2 },
  ...{ madeBy: s('Dana Okoro'), madeAt: at, retired: null },
})

/** The pages on which a school says what its own grades mean. */
export const scaleSamples: readonly Sample[] = [
  {
    name: 'scales-none',
    draw: (s) => <ScalesPage frame={schoolFrame(s)} severalSchools={false} mayChange scales={[]} />,
  },
  {
    name: 'scales',
    draw: (s) => (
      <ScalesPage
        frame={schoolFrame(s)}
        severalSchools
        mayChange={false}
        scales={[listed(s), { ...listed(s), retired: { by: s('Dana Okoro'), at } }]}
      />
    ),
  },
  { name: 'scale-new', draw: (s) => <ScalePage {...scale(s)} /> },
  {
    name: 'scale-to-mend',
    draw: (s) => (
      <ScalePage
        {...scale(s)}
        toMend={[
          { field: 'name', text: s('Say what you call it.') },
          { field: 'w-1', text: s('Line 2 has another line.') },
        ]}
      />
    ),
  },
  { name: 'scale', draw: (s) => <ScalePage {...scale(s)} saved={saved(s)} base={2} /> },
  {
    name: 'scale-retired',
    draw: (s) => (
      <ScalePage
        {...scale(s)}
        saved={{ ...saved(s), retired: { by: s('Dana Okoro'), at } }}
        lines={scale(s).lines.slice(0, 2)}
      />
    ),
  },
  { name: 'scale-read', draw: (s) => <ScalePage {...scale(s)} saved={saved(s)} mayChange={false} /> },
]
