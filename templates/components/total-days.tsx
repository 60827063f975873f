import type { CensusTerm } from '../../src/domain/attendance/census.ts'
import type { PlainDate } from '../../src/domain/dates.ts'
import { totalDayWords as words } from '../words/en/attendance-files.ts'
import { Details } from './figures.tsx'
import { SelectField, TextField } from './form.tsx'

/** A census that may be chosen, with the days it counts. */
export type CensusChoice = {
  readonly term: CensusTerm
  readonly year: number
  readonly firstDay: PlainDate
  readonly lastDay: PlainDate
}

type Props = {
  readonly censuses: readonly CensusChoice[]
  readonly said: { readonly census: string; readonly from: string; readonly to: string }
  /** Shown unfolded: it has been asked for, or answered. */
  readonly open: boolean
}

/** Asks which days totals are of, where their file does not say it. */
export const TotalDays = ({ censuses, said, open }: Props) => (
  <Details summary={words.summary} open={open}>
    <SelectField
      id="census"
      label={words.census}
      empty={words.noCensus}
      value={said.census}
      options={censuses.map(({ term, year, firstDay, lastDay }) => ({
        value: `${term}-${year}`,
        text: words.censusIs(words.censuses[term], year, firstDay, lastDay),
      }))}
    />
    <TextField id="from" label={words.from} hint={words.dayHint} value={said.from} width={10} maxlength={20} />
    <TextField id="to" label={words.to} value={said.to} width={10} maxlength={20} />
  </Details>
)
