import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingAllocationPage } from '../../../templates/pages/funding-allocation.tsx'
import { allocationWords as words } from '../../../templates/words/en/funding-rules.ts'
import { type FinancialYear, financialYear, financialYearOf } from '../../domain/funding/financial-year.ts'
import { type FundCode, funds, rateOf, rememberedRateOf } from '../../domain/funding/funds.ts'
import { mostPence, type Pence, parsePounds, pence } from '../../domain/funding/pence.ts'
import { holdsUpn } from '../../domain/identifiers.ts'
import { modelOf } from '../../funding/model-of.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { audit } from '../../store/audit.ts'
import type { Statement } from '../../store/db.ts'
import { allocationsOf, setAllocation } from '../../store/funding-rules.ts'
import { move, potBalances, potStillHolds } from '../../store/movements.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { frameOf, reply } from '../reply.tsx'
import { settle } from '../settle.ts'
import { only, signedIn } from '../viewer.ts'

/** What a council is given for a year, and what it keeps of it. */
export const fundingAllocationRoutes = new Hono<Web>()
fundingAllocationRoutes.use(paths.fundingAllocation, signedIn, only('say what the fund is'))
fundingAllocationRoutes.use(paths.fundingTopSlice, signedIn, only('run the fund'))

/** The funds that are paid today; one that has ended stays in the ledger alone. */
const paidFunds = funds.filter(({ endedWith }) => endedWith === null).map(({ code }) => code)

const yearsAround = (now: FinancialYear) => [now + 1, now, now - 1].map(financialYear)

/** What the rules keep of this year's newest allocation for Pupil Premium Plus, less what is kept already. */
const sliceOf = async (context: WebContext): Promise<{ readonly amount: Pence; readonly kept: Pence } | null> => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const year = financialYearOf(viewer.scope.today)
  const [allocations, { rules }, pots] = await Promise.all([
    allocationsOf(query, viewer.scope),
    rulesOn(query, ownCouncil(context), viewer.scope.today),
    potBalances(query, viewer.scope),
  ])
  const newest = allocations.find((one) => one.fund === 'pupil_premium_plus' && one.year === year)
  if (!newest || newest.rate === null || newest.heads === null) return null
  const kept = pots.find((one) => one.fund === newest.fund && one.year === year)?.balances.retained ?? pence(0)
  return { amount: pence(Math.max(0, modelOf(rules).split(newest.rate).retained * newest.heads - kept)), kept }
}

const show = async (
  context: WebContext,
  values: Readonly<Record<string, string>> = {},
  toMend: readonly ToMend[] = [],
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const year = financialYearOf(viewer.scope.today)
  const [allocations, pots, slice] = await Promise.all([
    allocationsOf(query, viewer.scope),
    potBalances(query, viewer.scope),
    sliceOf(context),
  ])
  const years = yearsAround(year)
  return reply.page(
    context,
    <FundingAllocationPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      year={year}
      allocations={allocations}
      pots={pots.filter((one) => years.includes(one.year))}
      funds={paidFunds}
      years={years}
      known={years.flatMap((of) =>
        paidFunds.flatMap((fund) => {
          const rate = rateOf(fund, of) ?? rememberedRateOf(fund, of)
          return rate
            ? [
                {
                  fund,
                  year: of,
                  rate: rate.amount,
                  per: rate.per,
                  source: rate.source,
                  sure: rate.surety === 'published',
                },
              ]
            : []
        }),
      )}
      slice={viewer.part.kind === 'council' && viewer.part.role === 'head' ? slice : null}
      seen={allocations.length}
      values={{ fund: 'pupil_premium_plus', year: String(year), ...values }}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

fundingAllocationRoutes.get(paths.fundingAllocation, (context) => show(context))

const settleNoted = (context: WebContext, action: string, subject: string, statements: readonly Statement[]) => {
  const { runtime, viewer } = context.var
  return settle(
    context,
    [
      ...statements,
      audit(runtime.db.query, {
        at: runtime.now(),
        person: viewer.person.number,
        part: viewer.named.role,
        action,
        virtualSchool: ownCouncil(context),
        subject,
      }),
    ],
    paths.fundingAllocation,
  )
}

const readAmount = (values: Readonly<Record<'rate' | 'heads' | 'amount', string>>) => {
  const rate = values.rate === '' ? null : parsePounds(values.rate)
  const heads = values.heads === '' ? null : /^\d{1,6}$/.test(values.heads) ? Number(values.heads) : undefined
  const product = rate && heads !== null && heads !== undefined ? pence(rate * heads) : null
  const typed = values.amount === '' ? null : parsePounds(values.amount)
  return { rate, heads, product, typed, amount: typed ?? (typed === null ? product : undefined) }
}

fundingAllocationRoutes.post(paths.fundingAllocation, async (context) => {
  const { runtime, viewer } = context.var
  const values = Object.fromEntries(
    (['fund', 'year', 'standing', 'rate', 'heads', 'amount', 'source'] as const).map((name) => [
      name,
      field(context, name).slice(0, 200),
    ]),
  ) as Record<'fund' | 'year' | 'standing' | 'rate' | 'heads' | 'amount' | 'source', string>
  const fund = paidFunds.find((code): code is FundCode => code === values.fund)
  const year = yearsAround(financialYearOf(viewer.scope.today)).find((one) => String(one) === values.year)
  const standing = (['provisional', 'final'] as const).find((one) => one === values.standing)
  const { rate, heads, product, typed, amount } = readAmount(values)
  const toMend: ToMend[] = [
    ...(fund ? [] : [{ text: words.toMend.fund, field: 'fund' }]),
    ...(year ? [] : [{ text: words.toMend.year, field: 'year' }]),
    ...(standing ? [] : [{ text: words.toMend.standing, field: 'standing' }]),
    ...(rate === undefined || rate === 0 ? [{ text: words.toMend.rate, field: 'rate' }] : []),
    ...(heads === undefined ? [{ text: words.toMend.heads, field: 'heads' }] : []),
    ...(amount === undefined || amount === null ? [{ text: words.toMend.amount, field: 'amount' }] : []),
    ...(product !== null && product > mostPence ? [{ text: words.toMend.tooMuch, field: 'heads' }] : []),
    ...(typed && product !== null && typed !== product
      ? [{ text: words.toMend.differs(product), field: 'amount' }]
      : []),
    ...(values.source === '' ? [{ text: words.toMend.source, field: 'source' }] : []),
    ...(holdsUpn(values.source) ? [{ text: words.toMend.upn, field: 'source' }] : []),
  ]
  const said = await allocationsOf(runtime.db.query, viewer.scope)
  if (field(context, 'seen') !== String(said.length)) toMend.push({ text: words.toMend.meanwhile, field: 'fund' })
  if (toMend.length > 0 || !fund || !year || !standing || amount === undefined || amount === null)
    return show(context, values, toMend)
  const before = said.filter((one) => one.fund === fund && one.year === year)
  const of = { virtualSchool: ownCouncil(context), fund, year }
  return settleNoted(
    context,
    'allocation said',
    `${fund} ${year}`,
    setAllocation(
      of,
      {
        sequence: before.length + 1,
        standing,
        amount,
        rate: rate ?? null,
        heads: heads ?? null,
        source: values.source,
        at: runtime.now(),
        before: before[0]?.amount ?? pence(0),
      },
      viewer.person.number,
    ),
  )
})

fundingAllocationRoutes.post(paths.fundingTopSlice, async (context) => {
  const { runtime, viewer } = context.var
  const typed = field(context, 'sliceAmount').slice(0, 20)
  const amount = parsePounds(typed)
  const year = financialYearOf(viewer.scope.today)
  const pots = await potBalances(runtime.db.query, viewer.scope)
  const balances = pots.find((one) => one.fund === 'pupil_premium_plus' && one.year === year)?.balances
  const back = field(context, 'do') === 'back'
  const [from, to] = back ? (['retained', 'allocated'] as const) : (['allocated', 'retained'] as const)
  if (amount === undefined || amount <= 0 || amount > (balances?.[from] ?? 0))
    return show(context, { sliceAmount: typed }, [
      { text: back ? words.toMend.sliceBack : words.toMend.slice, field: 'sliceAmount' },
    ])
  const kept = field(context, 'kept')
  if (!/^\d{1,15}$/.test(kept)) return reply.changedMeanwhile(context, paths.fundingAllocation)
  const of = { virtualSchool: ownCouncil(context), fund: 'pupil_premium_plus', year } as const
  return settleNoted(context, back ? 'top-slice put back' : 'top-slice kept', `pupil_premium_plus ${year}`, [
    potStillHolds(of, 'retained', pence(Number(kept))),
    ...move(of, { cause: 'top_slice', from, to, amount }, runtime.now(), viewer.person.number),
  ])
})
