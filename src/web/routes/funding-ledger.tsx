import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingLedgerPage } from '../../../templates/pages/funding-ledger.tsx'
import { ledgerWords as words } from '../../../templates/words/en/funding.ts'
import { financialYearWords, fundWords } from '../../../templates/words/en/money.ts'
import { may } from '../../access/scope.ts'
import { weekOf } from '../../domain/chasing.ts'
import { instant, type PlainDate, plusDays, todayInLondon } from '../../domain/dates.ts'
import { financialYearOf } from '../../domain/funding/financial-year.ts'
import { pots as allPots, overCommitted } from '../../domain/funding/ledger.ts'
import { pence, sumOf } from '../../domain/funding/pence.ts'
import { holdsUpn } from '../../domain/identifiers.ts'
import { ledgerTable } from '../../exports/money.ts'
import { yearLeft } from '../../funding/year-left.ts'
import { audit } from '../../store/audit.ts'
import { ledgerLines, move, potBalances, potStillHolds } from '../../store/movements.ts'
import { closeQuarter, closesOf } from '../../store/paid-files.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { frameOf, reply } from '../reply.tsx'
import { settle } from '../settle.ts'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** A council's ledger: pots, weeks and quarters. */
export const fundingLedgerRoutes = new Hono<Web>()
for (const path of [paths.fundingLedger, ...fileKinds.map((kind) => paths.fundingLedgerFile(kind))])
  fundingLedgerRoutes.use(path, signedIn, only('see payments'))
fundingLedgerRoutes.use(paths.fundingClose, signedIn, only('make payments'))
fundingLedgerRoutes.use(paths.fundingYearLeft, signedIn, only('run the fund'))

/** The most lines of a page; the file holds all. */
const mostShown = 1000

const since = (day: PlainDate) => instant(Date.parse(`${day}T00:00:00Z`))

/** What was never spent of years that have ended: what stands free, and what was kept back. */
const leftOf = (pots: Awaited<ReturnType<typeof potBalances>>, today: PlainDate) =>
  pots
    .filter(({ year }) => year < financialYearOf(today))
    .map((one) => ({ ...one, amount: yearLeft(one.balances, 'carried').amount }))
    .filter(({ amount }) => amount > 0)

const show = async (
  context: WebContext,
  values: Readonly<Record<string, string>> = {},
  toMend: readonly ToMend[] = [],
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const { today } = viewer.scope
  const [pots, lines, closes] = await Promise.all([
    potBalances(query, viewer.scope),
    ledgerLines(query, viewer.scope, since(plusDays(today, -84)), mostShown),
    closesOf(query, viewer.scope),
  ])
  const weekOfLine = (at: (typeof lines)[number]['at']) => weekOf(todayInLondon(at))
  const weeks = [...new Set(lines.map(({ at }) => weekOfLine(at)))]
  const year = financialYearOf(today)
  return reply.page(
    context,
    <FundingLedgerPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      free={sumOf(
        pots.filter((one) => one.year === year).map(({ balances }) => pence(Math.max(0, balances.allocated))),
      )}
      funds={pots.map((one) => ({ ...one, over: overCommitted(one.balances) }))}
      weeks={weeks.map((from) => ({
        from,
        lines: lines
          .filter(({ at }) => weekOfLine(at) === from)
          .map((line) => ({
            ...line,
            of: line.payment ?? line.application ?? `${fundWords[line.fund]}, ${financialYearWords(line.year)}`,
          })),
      }))}
      closes={closes}
      mayClose={may(viewer.part, 'make payments')}
      left={may(viewer.part, 'run the fund') ? leftOf(pots, today) : []}
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

fundingLedgerRoutes.get(paths.fundingLedger, (context) => show(context))

const giveFile = (kind: FileKind) => async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const lines = await ledgerLines(query, viewer.scope, since(plusDays(viewer.scope.today, -800)))
  await runtime.db.commit([
    audit(query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'ledger taken',
      virtualSchool: ownCouncil(context),
      subject: kind,
    }),
  ])
  return replyTable(context, ledgerTable(lines), 'ledger', kind)
}
for (const kind of fileKinds) fundingLedgerRoutes.get(paths.fundingLedgerFile(kind), giveFile(kind))

fundingLedgerRoutes.post(paths.fundingClose, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const values = {
    fund: field(context, 'fund'),
    quarter: field(context, 'quarter'),
    said: field(context, 'said').slice(0, 1000),
  }
  const [pots, closes] = await Promise.all([potBalances(query, viewer.scope), closesOf(query, viewer.scope)])
  const of = pots.find(({ fund, year }) => `${fund} ${year}` === values.fund)
  const quarter = /^[1-4]$/.test(values.quarter) ? Number(values.quarter) : undefined
  const toMend: ToMend[] = [
    ...(of ? [] : [{ text: words.toMend.fund, field: 'fund' }]),
    ...(quarter ? [] : [{ text: words.toMend.quarter, field: 'quarter' }]),
    ...(values.said === '' ? [{ text: words.toMend.said, field: 'said' }] : []),
    ...(holdsUpn(values.said) ? [{ text: words.toMend.upn, field: 'said' }] : []),
  ]
  if (toMend.length > 0 || !of || !quarter) return show(context, values, toMend)
  const before = closes.filter((one) => one.fund === of.fund && one.year === of.year && one.quarter === quarter)
  const at = runtime.now()
  return settle(
    context,
    [
      ...allPots.map((pot) =>
        potStillHolds({ virtualSchool: ownCouncil(context), fund: of.fund, year: of.year }, pot, of.balances[pot]),
      ),
      closeQuarter(
        ownCouncil(context),
        {
          fund: of.fund,
          year: of.year,
          quarter,
          sequence: before.length + 1,
          balances: JSON.stringify(of.balances),
          said: values.said,
          at,
        },
        viewer.person.number,
      ),
      audit(query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'quarter closed',
        virtualSchool: ownCouncil(context),
        subject: `${of.fund} ${of.year} ${quarter}`,
      }),
    ],
    paths.fundingLedger,
  )
})

fundingLedgerRoutes.post(paths.fundingYearLeft, async (context) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const values = {
    leftFund: field(context, 'leftFund'),
    leftTo: field(context, 'leftTo'),
    leftWhy: field(context, 'leftWhy').slice(0, 300),
  }
  const [pots, closes] = await Promise.all([potBalances(query, viewer.scope), closesOf(query, viewer.scope)])
  const of = leftOf(pots, viewer.scope.today).find(({ fund, year }) => `${fund} ${year}` === values.leftFund)
  const to = (['carried', 'returned'] as const).find((one) => one === values.leftTo)
  const toMend: ToMend[] = [
    ...(of ? [] : [{ text: words.toMend.fund, field: 'leftFund' }]),
    ...(to ? [] : [{ text: words.toMend.leftTo, field: 'leftTo' }]),
    ...(values.leftWhy === '' ? [{ text: words.toMend.leftWhy, field: 'leftWhy' }] : []),
    ...(holdsUpn(values.leftWhy) ? [{ text: words.toMend.upn, field: 'leftWhy' }] : []),
  ]
  if (toMend.length > 0 || !of || !to) return show(context, values, toMend)
  const at = runtime.now()
  const by = viewer.person.number
  const own = { virtualSchool: ownCouncil(context), fund: of.fund, year: of.year }
  const lastQuarter = closes.filter((one) => one.fund === of.fund && one.year === of.year && one.quarter === 4)
  return settle(
    context,
    [
      ...yearLeft(of.balances, to).moves.flatMap((one) => move(own, one, at, by)),
      closeQuarter(
        own.virtualSchool,
        {
          ...{ fund: of.fund, year: of.year, quarter: 4, sequence: lastQuarter.length + 1, at },
          ...{ balances: JSON.stringify(of.balances), said: `${words.leftWays[to]}. ${values.leftWhy}` },
        },
        by,
      ),
      audit(query, {
        at,
        person: by,
        part: viewer.named.role,
        action: to === 'carried' ? 'what was left carried over' : 'what was left given back',
        virtualSchool: own.virtualSchool,
        subject: `${of.fund} ${of.year}`,
      }),
    ],
    paths.fundingLedger,
  )
})
