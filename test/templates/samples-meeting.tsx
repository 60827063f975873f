import { instant, plainDate } from '../../src/domain/dates.ts'
import { usualPlanRules } from '../../src/domain/plan.ts'
import type { Tally } from '../../src/domain/return/tally.ts'
import { MeetingPage } from '../../templates/pages/meeting.tsx'
import { PlanRulesPage } from '../../templates/pages/plans.tsx'
import { ReportPage, type ReportProps } from '../../templates/pages/report.tsx'
import { ResultPage, ResultsPage } from '../../templates/pages/results.tsx'
import { at, officeFrame, type Sample, schoolFrame, type Text } from './samples-frame.tsx'

const tally: Tally = {
  base: 41,
  values: new Map([
    ['below', 20],
    ['at', 12],
  ]),
  given: 32,
  notAssessed: 3,
  notKnown: 1,
  notIn: 5,
  excluded: 2,
  sum: 0,
}
const sessions = { possible: 6000, attended: 5580, pupils: 33, notHeld: 8, persistent: 7 }
const round = { id: 'r1', term: 'summer', academicYear: 2025 } as const

const report = (s: Text): ReportProps => ({
  frame: schoolFrame(s),
  here: 'yourSchool',
  back: '/your-school',
  title: s('Looked-after children at Ellerwick Academy: report to the governors'),
  asAt: plainDate('2026-07-01'),
  of: 'school',
  children: 14,
  answers: { answered: 300, asked: 340 },
  sessions: { possible: 2600, attended: 2420, pupils: 14 },
  tables: [
    {
      key: 'plans',
      base: 14,
      cells: [
        { key: 'in_date', count: 8 },
        { key: 'overdue', count: null },
      ],
      reasons: [],
    },
    { key: 'reading_band', base: null, cells: [{ key: 'below', count: null }], reasons: [] },
    {
      key: 'writing_band',
      base: 14,
      cells: [{ key: 'below', count: 8 }],
      reasons: ['own_judgement', 'translated', 'scales_differ'],
    },
  ],
  does: { lead: s('Dana Okoro'), deputy: false, sent: 2, due: 3 },
  files: { xlsx: '/your-school/governors/report.xlsx', csv: '/your-school/governors/report.csv' },
})

/** Results, reports without names, the print for a meeting, and when plans are due. */
export const meetingSamples: readonly Sample[] = [
  {
    name: 'results',
    draw: (s) => (
      <ResultsPage
        frame={officeFrame(s)}
        round={round}
        total={{ answered: 300, asked: 340 }}
        sections={[
          {
            heading: s('Learning'),
            items: [
              {
                code: 'reading_band',
                label: s('Reading, for age'),
                tally,
                top: s('Below: 20 of 41, 49%'),
                reasons: ['own_judgement'],
              },
            ],
          },
        ]}
        mayName
      />
    ),
  },
  {
    name: 'results-empty',
    draw: (s) => (
      <ResultsPage
        frame={officeFrame(s)}
        round={round}
        total={{ answered: 0, asked: 0 }}
        sections={[]}
        mayName={false}
      />
    ),
  },
  {
    name: 'result',
    draw: (s) => (
      <ResultPage
        frame={officeFrame(s)}
        round={round}
        item={{
          label: s('Reading, for age'),
          options: [
            { value: 'below', text: s('Below') },
            { value: 'at', text: s('At') },
          ],
          addsUp: true,
          counted: false,
        }}
        groups={[
          { group: 'all', tally, sessions, reasons: ['own_judgement', 'translated'] },
          { group: 'key_stage_2', tally: { ...tally, base: 0, given: 0 }, sessions: null, reasons: [] },
        ]}
        schools={[{ name: s('Marrow Lane Primary'), answered: 3, base: 4 }]}
      />
    ),
  },
  { name: 'report', draw: (s) => <ReportPage {...report(s)} /> },
  {
    name: 'report-few',
    draw: (s) => <ReportPage {...report(s)} children={null} answers={null} sessions={null} tables={[]} />,
  },
  {
    name: 'report-none',
    draw: (s) => <ReportPage {...report(s)} of="council" children={0} answers={null} sessions={null} tables={[]} />,
  },
  {
    name: 'plan-rules',
    draw: (s) => (
      <PlanRulesPage
        frame={officeFrame(s)}
        usual={usualPlanRules}
        own={[
          { after: 'plan_held', count: 90, unit: 'days', validFrom: plainDate('2026-09-01'), source: s('Policy 2026') },
        ]}
        values={{ after: 'plan_held', count: s('x'), unit: 'days', validFrom: s('then'), source: '' }}
        toMend={[
          { text: s('Give a whole number'), field: 'count' },
          { text: s('Say where the rule comes from.'), field: 'source' },
        ]}
      />
    ),
  },
  {
    name: 'meeting',
    draw: (s) => (
      <MeetingPage
        frame={schoolFrame(s)}
        id="p1"
        shortName={s('Amara D.')}
        yearGroup="8"
        council={s('Wendlemoor')}
        school={s('Ellerwick Academy')}
        madeAt={at}
        madeBy={s('Dana Okoro')}
        answeredBy={s('Dana Okoro')}
        worker={null}
        plan={{ heldOn: plainDate('2026-05-21'), due: null, state: s('In date') }}
        targets={[{ number: 1, text: s('Reads aloud to a small group'), progress: s('partly (Summer 2026)') }]}
        attendance={s('97%: 180 of 186 sessions (Summer 2026)')}
        sections={[
          {
            section: 'place',
            facts: [
              {
                item: 'place',
                label: s('Place here'),
                state: 'given',
                value: s('On roll here only'),
                of: s('Summer 2026'),
                source: {
                  file: null,
                  asSent: s('C'),
                  readAs: s('On roll here only'),
                  scale: null,
                  sentBy: s('Dana Okoro'),
                  sentAt: instant(Date.UTC(2026, 5, 19, 9)),
                  confirmedAt: null,
                  receipt: null,
                  replaced: [],
                },
              },
            ],
            subjects: [],
          },
        ]}
        gaps={{ notIn: [s('Full time')], otherwise: [s('Science (not assessed)')] }}
      />
    ),
  },
]
