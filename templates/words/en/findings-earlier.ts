import { parsePlainDate } from '../../../src/domain/dates.ts'
import type { EarlierCheckCode } from '../../../src/domain/return/cross-check-earlier.ts'
import type { Term } from '../../../src/domain/return/item.ts'
import type { FindingParameters, FindingWord } from '../words.ts'
import { count } from './counts.ts'
import { day, shortRound } from './dates.ts'
import { attainmentWords } from './items/attainment.ts'

const bands = attainmentWords['reading_band']?.options ?? {}
const band = (code: unknown) => bands[String(code)] ?? String(code)

const roundOf = (p: FindingParameters) => shortRound(String(p.term) as Term, Number(p.academicYear))

const dayOf = (text: unknown) => {
  const date = parsePlainDate(String(text))
  return date ? day(date) : ''
}

/** Words for what does not fit with what the school sent before, or with the plan: each says both values. */
export const earlierCheckWords: Readonly<
  Record<EarlierCheckCode | 'PLAN_DATE_PAST' | 'PUPILS_NOT_IN_FILE', FindingWord>
> = {
  ATTAINMENT_FELL: {
    title: () => 'Two steps lower than you sent last',
    rule: (p) => `In ${roundOf(p)} you sent “${band(p.before)}”, and now “${band(p.now)}”.`,
    mend: () => 'Choose another answer if this one slipped. If it is so, say that it is right.',
  },
  TOTAL_WENT_DOWN: {
    title: () => 'Lower than you sent earlier this year',
    rule: (p) => `A total for the year to date only grows. In ${roundOf(p)} you sent ${p.before}, and now ${p.now}.`,
    mend: () => 'Count from the first day of the school year, or say that it is right.',
  },
  PLAN_DATE_PAST: {
    title: () => 'The plan (PEP) is past its date',
    rule: (p) => `The next plan was due by ${dayOf(p.nextBy)}, and today is ${dayOf(p.today)}.`,
    mend: () => 'Ask the social worker or the virtual school when it meets. Then say that you have seen this.',
  },
  PUPILS_NOT_IN_FILE: {
    title: (p) => `${count(Number(p.pupils), 'pupil')} of your earlier return in no row`,
    rule: (p) =>
      `You answered about ${Number(p.pupils) === 1 ? 'this pupil' : 'these pupils'} before, and the council still asks. Row references we expected: ${String(p.references).split(' ').join(', ')}.`,
    mend: () =>
      'Add the rows from a fresh workbook, with “left” where a pupil has gone. Or say that it is right, and send them later.',
  },
}
