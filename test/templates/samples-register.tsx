import { plainDate } from '../../src/domain/dates.ts'
import {
  SchoolFindPage,
  SchoolQuestionsPage,
  SettingAddPage,
  type SettingValues,
} from '../../templates/pages/register.tsx'
import { registerWords } from '../../templates/words/en/register.ts'
import { officeFrame, type Sample, type Text } from './samples-frame.tsx'

const found = (s: Text) =>
  ['open', 'closing', 'closed', 'proposed'].map((status, index) => ({
    urn: `10000${index}`,
    name: s('St Mary Wendleby'),
    town: s('Wendleby'),
    area: s('Wendlemoor'),
    phase: s('Primary'),
    type: s('Voluntary aided school'),
    status,
    school: index === 0 ? 's1' : null,
  }))

const values = (s: Text): SettingValues => ({
  name: s('Acorn Nursery'),
  kind: 'early_years',
  number: s('EY12'),
  registered: '',
  laCode: s('99'),
  country: 'England',
  checkedOn: s('tomorrow'),
  how: s(''),
})

/** The national register of schools, in each state a person may meet. */
export const registerSamples: readonly Sample[] = [
  {
    name: 'find a school: no register',
    draw: (s) => <SchoolFindPage frame={officeFrame(s)} listed={false} search="" found={null} more={false} />,
  },
  {
    name: 'find a school: found',
    draw: (s) => <SchoolFindPage frame={officeFrame(s)} listed search={s('mary')} found={found(s)} more />,
  },
  {
    name: 'find a school: nothing fits',
    draw: (s) => <SchoolFindPage frame={officeFrame(s)} listed search={s('zzz')} found={[]} more={false} />,
  },
  {
    name: 'a setting by hand: to mend',
    draw: (s) => (
      <SettingAddPage
        frame={officeFrame(s)}
        values={values(s)}
        toMend={(['registered', 'laCode', 'checkedOn', 'how'] as const).map((field) => ({
          text: registerWords.setting.needs[field === 'laCode' ? 'area' : field],
          field,
        }))}
      />
    ),
  },
  {
    name: 'questions about schools',
    draw: (s) => (
      <SchoolQuestionsPage
        frame={officeFrame(s)}
        unanswered="q1"
        questions={(['merger', 'split', 'closure', 'two_places'] as const).map((kind, index) => ({
          key: `q${index}`,
          kind,
          name: s('Old Lane School'),
          next: s('New Lane Academy'),
          day: index === 2 ? null : plainDate('2026-08-31'),
          pupils: index,
        }))}
      />
    ),
  },
  {
    name: 'questions about schools: none',
    draw: (s) => <SchoolQuestionsPage frame={officeFrame(s)} unanswered={null} questions={[]} />,
  },
]
