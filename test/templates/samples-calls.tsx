import { plainDate } from '../../src/domain/dates.ts'
import { CallsPage, type CallsProps, RemindPage } from '../../templates/pages/calls.tsx'
import { CallsSchoolPage, type CallsSchoolProps } from '../../templates/pages/calls-school.tsx'
import { RemindSettingsPage } from '../../templates/pages/remind-settings.tsx'
import { RoundClosedPage } from '../../templates/pages/round-closed.tsx'
import { RoundClosePage, SchoolDatePage } from '../../templates/pages/round-dates.tsx'
import { at, officeFrame, type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const today = plainDate('2026-07-01')

const calls = (s: Text): CallsProps => ({
  frame: officeFrame(s),
  today,
  owing: 3,
  overdue: 1,
  term: { term: 'summer', firstDay: plainDate('2026-04-06') },
  coverage: { reached: 24, base: 39 },
  cost: { contacts: 14, timed: 12, minutes: 200, reminders: 22, returns: 38 },
  actions: [
    {
      id: 'k1',
      school: { id: 's1', name: s('Marrow Lane Primary') },
      what: s('Send the link again'),
      owner: s('Helen Marsh'),
      due: plainDate('2026-06-30'),
    },
  ],
  filter: { area: 'all', state: 'all', stage: 'all' },
  schools: [
    {
      ...{ id: 's1', name: s('Marrow Lane Primary'), elsewhere: null, due: plainDate('2026-06-26'), daysOverdue: 5 },
      ...{ extended: false, reopened: false, questions: 76, minutes: 19, lastContact: '24 Jun', reminded: '22 Jun' },
      ...{ lead: s('Dana Okoro'), checkedOn: plainDate('2026-06-03'), next: 'remind' },
    },
    {
      ...{ id: 's2', name: s('Oxmere Grange'), elsewhere: s('Kestrelham'), due: plainDate('2026-07-10') },
      ...{ daysOverdue: 0, extended: true, reopened: true, questions: 1, minutes: 1, lastContact: null },
      ...{ reminded: null, lead: null, checkedOn: null, next: 'lead' },
    },
    {
      ...{ id: 's3', name: s('Tarnbeck Primary'), elsewhere: null, due: plainDate('2026-07-03'), daysOverdue: 0 },
      ...{ extended: false, reopened: false, questions: 0, minutes: 0, lastContact: null, reminded: null },
      ...{ lead: s('Maya Reed'), checkedOn: null, next: 'call' },
    },
  ],
  page: { from: 0, of: 40, size: 25 },
  aWeek: 1,
  sent: { sent: 2, not: 1 },
})

const school = (s: Text): CallsSchoolProps => ({
  frame: officeFrame(s),
  today,
  school: { id: 's1', name: s('Marrow Lane Primary'), area: s('Wendlemoor') },
  people: [{ name: s('Dana Okoro'), role: s('designated teacher'), email: s('dana@ellerwick.example') }],
  hasLead: false,
  checked: { day: plainDate('2026-06-03'), by: s('Helen Marsh') },
  owed: [
    {
      ...{ round: 'r1', name: s('Summer return'), state: 'overdue', due: plainDate('2026-06-26'), extended: true },
      ...{ reopened: true, questions: 76, minutes: 19 },
    },
  ],
  returns: [
    { name: s('Spring return'), pupils: 4, at, lateFor: plainDate('2026-03-20'), withdrawn: true },
    { name: s('Autumn return'), pupils: 4, at, lateFor: null, withdrawn: false },
  ],
  contacts: [
    {
      ...{ id: 'k1', kind: 'meeting', day: plainDate('2026-06-24'), minutes: 75, withWhom: s('Dana Okoro, Mr Lowe') },
      ...{ said: s('New to the post'), outcome: 'needs_help', by: s('Helen Marsh') },
      action: { what: s('Send the link'), owner: s('Helen Marsh'), due: today, doneAt: null, doneBy: '' },
    },
    {
      ...{ id: 'k2', kind: 'call', day: plainDate('2026-06-20'), minutes: null, withWhom: s('Office'), said: '' },
      ...{ outcome: 'no_answer', by: s('Helen Marsh') },
      action: { what: s('Call again'), owner: s('Chris Bowen'), due: today, doneAt: at, doneBy: s('Chris Bowen') },
    },
  ],
  reminders: [{ at, recipients: 2, by: s('Helen Marsh') }],
  colleagues: [{ id: 'p1', name: s('Helen Marsh') }],
  values: {
    ...{ kind: 'call', day: s('1 July 2026'), withWhom: s(''), said: s('Spoke'), outcome: '', minutes: s('900') },
    ...{ what: s('Call again'), owner: '', actionDue: s('31/6/2026') },
  },
  toMend: [
    { field: 'withWhom', text: s('Give the name') },
    { field: 'outcome', text: s('Choose what came of it.') },
    { field: 'minutes', text: s('Give whole minutes') },
    { field: 'owner', text: s('Choose who does it.') },
    { field: 'actionDue', text: s('Give a day') },
  ],
})

const round = { id: 'r1', term: 'summer', academicYear: 2025 } as const

/** Who owes a return, calls and reminders, and the dates of a round. */
export const callsSamples: readonly Sample[] = [
  { name: 'calls', draw: (s) => <CallsPage {...calls(s)} /> },
  {
    name: 'calls-empty',
    draw: (s) => (
      <CallsPage
        {...calls(s)}
        owing={0}
        overdue={0}
        coverage={{ reached: 0, base: 0 }}
        cost={{ contacts: 0, timed: 0, minutes: 0, reminders: 0, returns: 0 }}
        actions={[]}
        schools={[]}
        page={{ from: 0, of: 0, size: 25 }}
        sent={null}
      />
    ),
  },
  { name: 'calls-school', draw: (s) => <CallsSchoolPage {...school(s)} /> },
  {
    name: 'calls-school-empty',
    draw: (s) => (
      <CallsSchoolPage
        {...school(s)}
        {...{ people: [], hasLead: false, checked: null, owed: [], returns: [], contacts: [], reminders: [] }}
        toMend={[]}
      />
    ),
  },
  {
    name: 'remind',
    draw: (s) => (
      <RemindPage
        frame={officeFrame(s)}
        aWeek={2}
        goes={[
          { id: 's1', name: s('Marrow Lane Primary'), to: [s('Dana Okoro')], due: plainDate('2026-06-26'), ordinal: 1 },
        ]}
        stays={(['capped', 'no_lead', 'extension', 'in'] as const).map((why) => ({ id: why, name: s('Oxmere'), why }))}
        mail={{ subject: s('Wendlemoor: summer return'), text: s('Wendlemoor has not had your return yet.') }}
      />
    ),
  },
  {
    name: 'remind-settings',
    draw: (s) => (
      <RemindSettingsPage
        frame={officeFrame(s)}
        aWeek={1}
        source={s('Default of this service')}
        set={{ at, by: s('Helen Marsh'), reason: s('Agreed with heads') }}
        maySet
        seen={2}
        values={{ aWeek: s('9'), daysBefore: '0', reason: s('') }}
        toMend={[{ field: 'aWeek', text: s('Give a number from 0 to 5.') }]}
      />
    ),
  },
  {
    name: 'round-close',
    draw: (s) => (
      <RoundClosePage
        frame={officeFrame(s)}
        round={{ ...round, due: plainDate('2026-07-03') }}
        today={today}
        closedOn={null}
        owing={[
          {
            ...{ id: 's1', name: s('Marrow Lane Primary'), state: 'overdue', questions: 76, minutes: 19 },
            due: plainDate('2026-06-26'),
          },
        ]}
      />
    ),
  },
  {
    name: 'school-date',
    draw: (s) => (
      <SchoolDatePage
        frame={officeFrame(s)}
        round={round}
        school={{ id: 's1', name: s('Marrow Lane Primary') }}
        kind="extended"
        due={plainDate('2026-07-03')}
        closedOn={null}
        seen={1}
        values={{ day: s('31/6/2026'), reason: s('') }}
        toMend={[
          { field: 'day', text: s('Give a day that exists') },
          { field: 'reason', text: s('Give the reason') },
        ]}
      />
    ),
  },
  {
    name: 'school-date-reopened',
    draw: (s) => (
      <SchoolDatePage
        frame={officeFrame(s)}
        round={round}
        school={{ id: 's1', name: s('Marrow Lane Primary') }}
        kind="reopened"
        due={plainDate('2026-07-03')}
        closedOn={plainDate('2026-07-10')}
        seen={2}
        values={{ day: s(''), reason: s('') }}
      />
    ),
  },
  {
    name: 'round-closed',
    draw: (s) => (
      <RoundClosedPage
        frame={schoolFrame(s)}
        council={s('Wendlemoor')}
        closedOn={plainDate('2026-07-10')}
        typed={[{ label: s('Hours a week'), raw: s('25') }]}
      />
    ),
  },
]
