import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { IncentivesPage, SchoolIncentivesPage } from '../../../templates/pages/incentives.tsx'
import { incentiveWords as words } from '../../../templates/words/en/incentives.ts'
import { may } from '../../access/scope.ts'
import { academicYearOf } from '../../domain/dates.ts'
import { parsePounds } from '../../domain/funding/pence.ts'
import { holdsUpn, newPublicId } from '../../domain/identifiers.ts'
import { incentiveTable } from '../../exports/money.ts'
import { incentiveStanding, resultsFit } from '../../funding/incentive.ts'
import { audit, auditOfMany } from '../../store/audit.ts'
import {
  incentiveEvents,
  incentivePayments,
  incentivePupils,
  incentivesHappen,
  type NewIncentive,
  schemesOf,
  setScheme,
} from '../../store/incentives.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { fields } from '../guards.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen, shortName } from '../seen.ts'
import { settle } from '../settle.ts'
import { type FileKind, fileKinds, replyTable } from '../table-file.ts'
import { only, signedIn } from '../viewer.ts'

/** The incentive for GCSE entries and results: set and approved by a council, answered by schools. */
export const incentiveRoutes = new Hono<Web>()
incentiveRoutes.use(paths.fundingIncentives, signedIn, only('see what money did'))
for (const path of [paths.fundingIncentivesTold, paths.fundingIncentivesApprove])
  incentiveRoutes.use(path, signedIn, only('run the fund'))
for (const kind of fileKinds) incentiveRoutes.use(paths.fundingIncentivesFile(kind), signedIn, only('see payments'))
incentiveRoutes.use(paths.moneyIncentives, signedIn, only('ask for money'))
incentiveRoutes.use(paths.moneyIncentive(':scheme', ':pupil'), signedIn, only('ask for money'))

/** What a council or school knows of the schemes in force: of this academic year, and until results, of the last. */
const known = async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const [pupils, events] = await Promise.all([
    incentivePupils(query, viewer.scope),
    incentiveEvents(query, viewer.scope),
  ])
  const councils = viewer.part.kind === 'council' ? [viewer.part.virtualSchool] : pupils.map((one) => one.virtualSchool)
  const year = academicYearOf(viewer.scope.today)
  const schemes = (await schemesOf(query, [...new Set(councils)])).filter(
    ({ academicYear }) => academicYear === year || academicYear === year - 1,
  )
  // In September the results of the year before are still being said.
  const schemeOf = (council: number) => schemes.find(({ virtualSchool }) => virtualSchool === council)
  await noteSeen(
    context,
    pupils.map(({ number }) => number),
    'list seen',
    'incentive',
  )
  return { pupils, events, schemeOf }
}

type Known = Awaited<ReturnType<typeof known>>

const standingShown = (standing: ReturnType<typeof incentiveStanding>) => ({
  ...standing,
  told: standing.told?.at ?? null,
})

const showCouncil = (
  context: WebContext,
  { pupils, events, schemeOf }: Known,
  {
    values = {},
    ticked = [],
    toMend = [],
  }: {
    readonly values?: Readonly<Record<string, string>>
    readonly ticked?: readonly string[]
    readonly toMend?: readonly ToMend[]
  } = {},
) => {
  const scheme = schemeOf(ownCouncil(context))
  return reply.page(
    context,
    <IncentivesPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      scheme={scheme ?? null}
      maySet={may(context.var.viewer.part, 'run the fund')}
      pupils={
        scheme
          ? pupils.map((pupil) => ({
              ...standingShown(incentiveStanding(scheme, pupil.number, events)),
              id: pupil.id,
              name: shortName(pupil.forename, pupil.surname),
              school: pupil.schoolName,
              yearGroup: pupil.yearGroup,
              ticked: ticked.includes(pupil.id),
            }))
          : []
      }
      values={values}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

incentiveRoutes.get(paths.fundingIncentives, async (context) => showCouncil(context, await known(context)))

incentiveRoutes.post(paths.fundingIncentives, async (context) => {
  const { runtime, viewer } = context.var
  if (!may(viewer.part, 'run the fund')) return reply.notFound(context)
  const names = ['anEntry', 'aPass', 'aHigh', 'most'] as const
  const values = Object.fromEntries([...names, 'source'].map((name) => [name, field(context, name).slice(0, 200)]))
  const [anEntry, aPass, aHigh, most] = names.map((name) => parsePounds(values[name] ?? ''))
  const source = values['source'] ?? ''
  const toMend: ToMend[] = [
    ...names
      .filter((name) => parsePounds(values[name] ?? '') === undefined)
      .map((name) => ({ text: words.toMend.amount(words.fields[name]), field: name })),
    ...(source === '' ? [{ text: words.toMend.source, field: 'source' }] : []),
    ...(holdsUpn(source) ? [{ text: words.toMend.upn, field: 'source' }] : []),
  ]
  if (toMend.length > 0 || anEntry === undefined || aPass === undefined || aHigh === undefined || most === undefined)
    return showCouncil(context, await known(context), { values, toMend })
  const at = runtime.now()
  const id = newPublicId()
  const scheme = {
    ...{ id, virtualSchool: ownCouncil(context), academicYear: academicYearOf(viewer.scope.today) },
    ...{ anEntry, aPass, aHigh, most, source },
  }
  return settle(
    context,
    [
      setScheme(scheme, at, viewer.person.number),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'incentive set',
        virtualSchool: ownCouncil(context),
        subject: id,
      }),
    ],
    paths.fundingIncentives,
  )
})

/** Lets something happen for the ticked pupils of the council's scheme. */
const happenFor =
  (event: 'told' | 'approved') =>
  async (context: WebContext): Promise<Response> => {
    const { runtime, viewer } = context.var
    const all = await known(context)
    const scheme = all.schemeOf(ownCouncil(context))
    const ticked = fields(context, 'pupil')
    const chosen = all.pupils.filter(({ id }) => ticked.includes(id))
    if (!scheme || chosen.length === 0)
      return showCouncil(context, all, { ticked, toMend: [{ text: words.toMend.nobody, field: 'pupil' }] })
    const some = chosen.flatMap((pupil): NewIncentive[] => {
      const standing = incentiveStanding(scheme, pupil.number, all.events)
      const base = { pupil: pupil.number, after: standing.events, school: pupil.school, event }
      if (event === 'told') return standing.told ? [] : [base]
      return standing.approved === null && standing.comesTo !== null ? [{ ...base, amount: standing.comesTo }] : []
    })
    if (some.length === 0 && event === 'approved')
      return showCouncil(context, all, { ticked, toMend: [{ text: words.toMend.notReady, field: 'pupil' }] })
    const at = runtime.now()
    return settle(
      context,
      [
        ...incentivesHappen(scheme.number, some, at, viewer.person.number),
        ...auditOfMany(
          some.map(({ pupil }) => pupil),
          {
            at,
            person: viewer.person.number,
            part: viewer.named.role,
            action: `incentive ${event}`,
            virtualSchool: ownCouncil(context),
            subject: scheme.id,
          },
        ),
      ],
      paths.fundingIncentives,
    )
  }
incentiveRoutes.post(paths.fundingIncentivesTold, happenFor('told'))
incentiveRoutes.post(paths.fundingIncentivesApprove, happenFor('approved'))

const giveFile = (kind: FileKind) => async (context: WebContext) => {
  const { runtime, viewer } = context.var
  const payments = await incentivePayments(runtime.db.query, viewer.scope)
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'incentive payments taken',
      virtualSchool: ownCouncil(context),
      subject: kind,
    }),
  ])
  return replyTable(context, incentiveTable(payments), 'gcse-incentive', kind)
}
for (const kind of fileKinds) incentiveRoutes.get(paths.fundingIncentivesFile(kind), giveFile(kind))

const showSchool = (
  context: WebContext,
  { pupils, events, schemeOf }: Known,
  typed: { readonly id: string; readonly values: Readonly<Record<string, string>> } | null = null,
  toMend: readonly ToMend[] = [],
) => {
  const rows = pupils.flatMap((pupil) => {
    const scheme = schemeOf(pupil.virtualSchool)
    return scheme
      ? [
          {
            ...standingShown(incentiveStanding(scheme, pupil.number, events)),
            scheme: scheme.id,
            id: pupil.id,
            name: shortName(pupil.forename, pupil.surname),
            council: scheme.council,
            yearGroup: pupil.yearGroup,
          },
        ]
      : []
  })
  return reply.page(
    context,
    <SchoolIncentivesPage
      frame={frameOf(context)}
      left={rows.filter(({ comesTo }) => comesTo === null).length}
      pupils={rows}
      typed={typed}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

incentiveRoutes.get(paths.moneyIncentives, async (context) => showSchool(context, await known(context)))

incentiveRoutes.post(paths.moneyIncentive(':scheme', ':pupil'), async (context) => {
  const { runtime, viewer } = context.var
  const all = await known(context)
  const pupil = all.pupils.find(({ id }) => id === context.req.param('pupil'))
  const scheme = pupil && all.schemeOf(pupil.virtualSchool)
  if (!pupil || !scheme || scheme.id !== context.req.param('scheme')) return reply.notFound(context)
  const standing = incentiveStanding(scheme, pupil.number, all.events)
  if (standing.approved !== null) return reply.changedMeanwhile(context, paths.moneyIncentives)
  const values = Object.fromEntries(
    (['entries', 'passes', 'highs'] as const).map((name) => [name, field(context, name).slice(0, 4)]),
  )
  const read = (name: string) => {
    const text = values[name] ?? ''
    if (text === '') return null
    return /^\d{1,2}$/.test(text) && Number(text) <= 30 ? Number(text) : undefined
  }
  const [entries, passes, highs] = [read('entries'), read('passes'), read('highs')]
  const wrong = (['entries', 'passes', 'highs'] as const).filter((name) => read(name) === undefined)
  const fits =
    entries === undefined || passes === undefined || highs === undefined
      ? true
      : resultsFit(entries ?? 30, passes ?? 0, highs ?? 0)
  const toMend: ToMend[] = [
    ...wrong.map((name) => ({ text: words.toMend.number, field: `${name}-${pupil.id}` })),
    ...(entries === null ? [{ text: words.toMend.number, field: `entries-${pupil.id}` }] : []),
    ...(fits ? [] : [{ text: words.toMend.fit, field: `passes-${pupil.id}` }]),
  ]
  if (toMend.length > 0 || entries === undefined || entries === null || passes === undefined || highs === undefined)
    return showSchool(context, all, { id: pupil.id, values }, toMend)
  const base = { pupil: pupil.number, school: pupil.school }
  const entered: readonly NewIncentive[] =
    entries === standing.entries ? [] : [{ ...base, event: 'entries', after: standing.events, entries }]
  const reached: readonly NewIncentive[] =
    passes === null || (passes === standing.passes && (highs ?? 0) === standing.highs)
      ? []
      : [{ ...base, event: 'results', after: standing.events + entered.length, passes, highs: highs ?? 0 }]
  const some = [...entered, ...reached]
  const at = runtime.now()
  return settle(
    context,
    [
      ...incentivesHappen(scheme.number, some, at, viewer.person.number),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: 'school',
        action: 'incentive answered',
        pupil: pupil.number,
        virtualSchool: scheme.virtualSchool,
        subject: scheme.id,
      }),
    ],
    paths.moneyIncentives,
  )
})
