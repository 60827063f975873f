import { type FinancialYear, financialYear } from './financial-year.ts'
import { type Pence, pence } from './pence.ts'

/** A fund for children looked after. */
export type FundCode =
  | 'pupil_premium_plus'
  | 'early_years_pupil_premium'
  | 'post_16_premium'
  | 'pupil_development_grant'
  | 'personal_education_allowance'

/** How well a fact about a fund is known: read in what a department or an authority published, or only remembered. */
export type Surety = 'published' | 'remembered'

/** What a fund pays for a child in a year, as far as is known. `per` says of what: a child, or an hour taken. */
export type Rate = {
  readonly year: FinancialYear
  readonly per: 'child' | 'hour'
  readonly amount: Pence
  readonly source: string
  readonly surety: Surety
}

/** A fund: who pays it by which kind of year, whom it is for, and every rate that is known. */
export type Fund = {
  readonly code: FundCode
  readonly country: 'England' | 'Wales'
  /** Whom it is for, by the year from which it has been so. */
  readonly eligibility: readonly { readonly from: FinancialYear; readonly says: string; readonly surety: Surety }[]
  readonly rates: readonly Rate[]
  /** The last year it was paid for; null while it is paid. */
  readonly endedWith: FinancialYear | null
  /** Several authorities hold one allocation together. */
  readonly isPooled: boolean
}

const year = financialYear

const perChild = (first: number, pounds: number, source: string, surety: Surety = 'published'): Rate => ({
  year: year(first),
  per: 'child',
  amount: pence(pounds * 100),
  source,
  surety,
})

const perHour = (first: number, amount: number, source: string, surety: Surety = 'published'): Rate => ({
  year: year(first),
  per: 'hour',
  amount: pence(amount),
  source,
  surety,
})

/**
 * The funds and what is known of each. A rate that stands here as remembered, or not at all, is asked of the virtual
 * school with its source before anything is allocated: `rateOf` gives none.
 */
export const funds: readonly Fund[] = [
  {
    code: 'pupil_premium_plus',
    country: 'England',
    eligibility: [
      {
        from: year(2011),
        says: 'Looked after without a break for six months, aged 4 to 15 on 31 August',
        surety: 'published',
      },
      {
        from: year(2014),
        says: 'Looked after for a day or more; managed by the virtual school head',
        surety: 'published',
      },
      {
        from: year(2024),
        says: 'Aged 4 to 15 on 31 August; provisional in June, final in December',
        surety: 'published',
      },
    ],
    rates: [
      perChild(2011, 488, 'DfE, pupil premium 2011 to 2012, National Archives'),
      perChild(2012, 623, 'Final rate; 600 was announced in December 2011', 'remembered'),
      perChild(2013, 900, 'SecEd on the pupil premium 2013 to 2014'),
      perChild(2014, 1900, 'DfE, illustrative tables for pupil premium plus 2014 to 2015'),
      perChild(2015, 1900, 'DfE, conditions of grant 2015 to 2016', 'remembered'),
      perChild(2016, 1900, 'Derbyshire virtual school, pupil premium plus 2016 to 2017'),
      perChild(2017, 1900, 'Norfolk virtual school, pupil premium plus 2017 to 2018'),
      perChild(2018, 2300, 'Surrey virtual school, conditions of grant 2018 to 2019'),
      perChild(2019, 2300, 'Grandparents Plus on pupil premium plus 2019 to 2020'),
      perChild(2020, 2345, 'Undated pages of several virtual schools', 'remembered'),
      perChild(2021, 2345, 'Gateshead virtual school board, November 2021'),
      perChild(2022, 2410, 'Worcestershire virtual school, pupil premium plus 2022 to 2023'),
      perChild(2023, 2530, 'Lancashire virtual school, policy 2023 to 2024'),
      perChild(2024, 2570, 'North Northamptonshire virtual school, policy 2024 to 2025'),
      perChild(2025, 2630, 'Lancashire virtual school, policy 2025 to 2026'),
    ],
    endedWith: null,
    isPooled: false,
  },
  {
    code: 'early_years_pupil_premium',
    country: 'England',
    eligibility: [
      { from: year(2015), says: 'Aged 3 or 4, up to 15 hours a week, 570 hours a year', surety: 'published' },
      { from: year(2024), says: 'Children of two and under who take funded hours as well', surety: 'remembered' },
    ],
    rates: [
      perHour(2015, 53, 'DfE, early years pupil premium 2015: 300 pounds, 53 pence an hour'),
      perHour(2024, 68, 'DfE, early years pupil premium 2024 to 2025: 387.60 pounds for 570 hours'),
      perHour(2025, 100, 'Early years pupil premium 2025 to 2026: 570 pounds for 570 hours', 'remembered'),
    ],
    endedWith: null,
    isPooled: false,
  },
  {
    code: 'post_16_premium',
    country: 'England',
    eligibility: [
      { from: year(2021), says: 'Aged 16 and over in further education; pilots until 2023', surety: 'published' },
      { from: year(2023), says: 'Every authority, as a grant of its own: by need, not by head', surety: 'published' },
    ],
    rates: [],
    endedWith: null,
    isPooled: false,
  },
  {
    code: 'pupil_development_grant',
    country: 'Wales',
    eligibility: [{ from: year(2015), says: 'Looked after, through the regional consortium', surety: 'published' }],
    rates: [],
    endedWith: null,
    isPooled: true,
  },
  {
    code: 'personal_education_allowance',
    country: 'England',
    eligibility: [{ from: year(2008), says: 'Looked after and behind, up to 500 pounds a year', surety: 'published' }],
    rates: [perChild(2008, 500, 'Essex virtual school on personal education allowances: up to 500 pounds')],
    endedWith: year(2010),
    isPooled: false,
  },
]

/** A fund by its code. */
export const fundOf = (code: FundCode): Fund => {
  const fund = funds.find((one) => one.code === code)
  if (!fund) throw new Error('no such fund')
  return fund
}

/** What a fund pays in a year where that was published; undefined where a person has to say it and from where. */
export const rateOf = (code: FundCode, of: FinancialYear): Rate | undefined =>
  fundOf(code).rates.find((rate) => rate.year === of && rate.surety === 'published')

/** What is remembered of a rate, to be offered to a person who has to look it up. */
export const rememberedRateOf = (code: FundCode, of: FinancialYear): Rate | undefined =>
  fundOf(code).rates.find((rate) => rate.year === of && rate.surety === 'remembered')
