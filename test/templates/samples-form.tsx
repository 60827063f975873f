import { plainDate } from '../../src/domain/dates.ts'
import type { AnswerField } from '../../templates/components/answer-field.tsx'
import { AnswerFormPage, type AnswerFormProps } from '../../templates/pages/answer-form.tsx'
import { AnswersPage, type AnswersProps } from '../../templates/pages/answers.tsx'
import { type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const typed = (s: Text, item: string, more: Partial<AnswerField> = {}): AnswerField => ({
  item,
  label: s('Suspensions since 1 September'),
  help: s('How many times; write 0 or none where there were none.'),
  control: { kind: 'text', name: `a-${item}`, label: '', value: s('two'), numeric: true },
  version: 2,
  shown: s('two'),
  optional: false,
  toMend: null,
  note: null,
  when: null,
  ...more,
})

const chosen = (s: Text, item: string, more: Partial<AnswerField> = {}): AnswerField =>
  typed(s, item, {
    control: {
      kind: 'select',
      name: `a-${item}`,
      label: '',
      value: 'At',
      options: [
        { value: 'At', text: 'At' },
        { value: 'not known', text: 'not known', group: 'Or' },
      ],
    },
    label: 'For age',
    help: '',
    ...more,
  })

const form = (s: Text): AnswerFormProps => ({
  frame: schoolFrame(s),
  reference: 'ref1',
  shortName: s('Amara D.'),
  yearGroup: '8',
  council: s('Wendlemoor'),
  round: 'Autumn return 2026 to 2027',
  due: plainDate('2026-11-21'),
  plan: { heldOn: plainDate('2026-05-21'), due: null },
  register: {
    ...{ attended: 104, possible: 112, authorised: 6, unauthorised: 2 },
    ...{ from: plainDate('2026-09-02'), to: plainDate('2026-10-27') },
  },
  today: plainDate('2026-11-23'),
  left: 3,
  leftInAll: 17,
  saved: true,
  toAffirm: [{ label: 'Year group', value: s('Year 8') }],
  known: [chosen(s, 'year_group', { label: 'Year group', toMend: s('Dana Okoro changed this') })],
  sections: [
    {
      section: 'support',
      fields: [
        typed(s, 'suspensions', { toMend: s('A number goes here, in digits and without words.') }),
        typed(s, 'suspension_days', {
          when: {
            rule: '{"item":"suspensions","isNot":["0"]}',
            words: 'if “Suspensions” is not 0',
            holds: 'undecided',
          },
        }),
        typed(s, 'note', {
          control: { kind: 'text', name: 'a-note', label: '', value: s('words'), longest: 500 },
          note: s('You sent “words”.'),
          optional: true,
          when: { rule: '{"item":"suspensions","answered":true}', words: 'if answered', holds: 'no' },
        }),
      ],
      subjects: [],
      more: [],
      moreSubjects: [],
      help: [],
    },
    {
      section: 'attainment',
      fields: [],
      subjects: [{ name: s('English'), fields: [chosen(s, 'english_band')] }],
      more: [typed(s, 'other_subjects_concern', { optional: true, shown: '' })],
      moreSubjects: [{ name: s('Subject 8'), fields: [chosen(s, 'ks4_subject_8_target', { optional: true })] }],
      help: [{ label: 'For age', says: s('How the child is doing.') }],
    },
  ],
  pupils: [
    { reference: 'ref1', shortName: s('Amara D.'), council: s('Wendlemoor'), left: 3, here: true },
    { reference: 'ref2', shortName: s('Kofi B.'), council: s('North Ashdale'), left: 0, here: false },
  ],
  next: s('Kofi B.'),
})

const answers = (s: Text): AnswersProps => ({
  frame: schoolFrame(s),
  schools: [
    {
      id: 's1',
      name: s('Ellerwick Academy'),
      pupils: [
        {
          reference: 'ref1',
          shortName: s('Amara D.'),
          council: s('Wendlemoor'),
          answered: 12,
          asked: 29,
          left: 17,
          savedBy: s('Dana Okoro, 23 November 2026, 8.47am'),
          toSend: [{ label: s('Suspensions'), value: s('two'), toMend: true }],
          sent: false,
        },
        {
          reference: 'ref2',
          shortName: s('Kofi B.'),
          council: s('North Ashdale'),
          answered: 30,
          asked: 30,
          left: 0,
          savedBy: null,
          toSend: [],
          sent: true,
        },
      ],
      colleagues: [{ id: 'p1', name: s('Simon Whitlock') }],
      handed: s('Simon Whitlock is asked to carry on.'),
    },
    { id: 's2', name: s('Ferry Lane School'), pupils: [], colleagues: [], handed: null },
  ],
  councils: [s('Wendlemoor'), s('North Ashdale')],
})

/** Pages of the return on screen. */
export const formSamples: readonly Sample[] = [
  { name: 'answer-form', draw: (s) => <AnswerFormPage {...form(s)} /> },
  {
    name: 'answer-form-affirmed',
    draw: (s) => <AnswerFormPage {...form(s)} toAffirm={[]} saved={false} left={0} leftInAll={0} next={null} />,
  },
  { name: 'answers', draw: (s) => <AnswersPage {...answers(s)} /> },
  { name: 'answers-nothing-to-send', draw: (s) => <AnswersPage {...answers(s)} toMend={s('Nothing new to send.')} /> },
  { name: 'answers-nothing-due', draw: (s) => <AnswersPage {...answers(s)} schools={[]} councils={[]} /> },
]
