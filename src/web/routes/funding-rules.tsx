import { Hono } from 'hono'
import type { ToMend } from '../../../templates/components/layout.tsx'
import { paths } from '../../../templates/components/paths.ts'
import { FundingRulesPage } from '../../../templates/pages/funding-rules.tsx'
import { day } from '../../../templates/words/en/dates.ts'
import { rulesWords as words } from '../../../templates/words/en/funding-rules.ts'
import { parseTypedDate } from '../../domain/dates.ts'
import { holdsUpn } from '../../domain/identifiers.ts'
import { publishedModels } from '../../funding/models/published.ts'
import { publishedRules } from '../../funding/models/published-rules.ts'
import { checkFundingRules } from '../../funding/rules.ts'
import { rulesFields, rulesFrom, rulesProblems, type TypedRules, typedRules } from '../../funding/rules-form.ts'
import { rulesOn } from '../../funding/rules-on.ts'
import { audit } from '../../store/audit.ts'
import { rulesOfCouncils, setFundingRules } from '../../store/funding-rules.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { field } from '../form-field.ts'
import { fundingParts } from '../funding-frame.ts'
import { fields } from '../guards.ts'
import { frameOf, reply } from '../reply.tsx'
import { settle } from '../settle.ts'
import { only, signedIn } from '../viewer.ts'

/** How a council decides and pays: the head's to settle, from a day on. */
export const fundingRulesRoutes = new Hono<Web>()
fundingRulesRoutes.use(paths.fundingRules, signedIn, only('run the fund'))

type Shown = {
  readonly typed: TypedRules
  readonly validFrom: string
  readonly source: string
  readonly begun?: { readonly authority: string; readonly asks: boolean }
  readonly toMend?: readonly ToMend[]
}

const show = async (context: WebContext, { typed, validFrom, source, begun, toMend = [] }: Shown) => {
  const { runtime, viewer } = context.var
  const own = ownCouncil(context)
  const versions = await rulesOfCouncils(runtime.db.query, [own])
  const now = versions.find((one) => one.validFrom <= viewer.scope.today)
  const { excluded, ...values } = typed
  return reply.page(
    context,
    <FundingRulesPage
      frame={frameOf(context)}
      parts={fundingParts(context)}
      inForce={now ? { from: day(now.validFrom), source: now.source } : null}
      published={publishedModels.map(({ authority, says }) => ({ authority, says }))}
      begun={begun ?? null}
      values={{ ...everyField, ...values, validFrom, source }}
      excluded={excluded}
      seen={String(versions.length)}
      history={versions.map((one) => ({ from: day(one.validFrom), version: one.version, source: one.source }))}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

/** The form's labels that are hints or headings have no value of their own. */
const everyField = Object.fromEntries(Object.keys(words.fields).map((name) => [name, ''])) as Readonly<
  Record<keyof typeof words.fields, string>
>

fundingRulesRoutes.get(paths.fundingRules, async (context) => {
  const { runtime, viewer } = context.var
  const { rules } = await rulesOn(runtime.db.query, ownCouncil(context), viewer.scope.today)
  const wanted = context.req.query('begin') ?? ''
  const published = publishedModels.find(({ authority }) => authority === wanted)
  const begun = published && publishedRules[published.authority]
  const typed = typedRules(begun ? { ...rules, ...begun } : rules)
  return show(context, {
    // An amount that its policy does not name is asked for, not set at nothing.
    typed: published?.asks ? { ...typed, amount: '' } : typed,
    validFrom: '',
    source: '',
    ...(published ? { begun: { authority: published.authority, asks: published.asks } } : {}),
  })
})

fundingRulesRoutes.post(paths.fundingRules, async (context) => {
  const { runtime, viewer } = context.var
  const typed = {
    ...Object.fromEntries(rulesFields.map((name) => [name, field(context, name).slice(0, 2000)])),
    excluded: fields(context, 'excluded'),
  } as TypedRules
  const validFrom = field(context, 'validFrom').slice(0, 40)
  const source = field(context, 'source').slice(0, 200)
  const from = parseTypedDate(validFrom)
  const checked = checkFundingRules(rulesFrom(typed))
  const own = ownCouncil(context)
  const versions = await rulesOfCouncils(runtime.db.query, [own])
  const holding = ([...rulesFields, 'source'] as const).filter((name) =>
    holdsUpn(name === 'source' ? source : typed[name]),
  )
  const toMend: ToMend[] = [
    ...('wrong' in checked
      ? rulesProblems(checked.wrong).map((problem) => ({ text: words.toMend[problem.words], field: problem.field }))
      : []),
    ...(from ? [] : [{ text: words.toMend.validFrom, field: 'validFrom' }]),
    ...(source === '' ? [{ text: words.toMend.source, field: 'source' }] : []),
    ...holding.map((name) => ({ text: words.toMend.upn, field: name })),
    ...(field(context, 'seen') === String(versions.length)
      ? []
      : [{ text: words.toMend.meanwhile, field: 'oneOfficerUpTo' }]),
  ]
  if (toMend.length > 0 || !from || 'wrong' in checked) return show(context, { typed, validFrom, source, toMend })
  const at = runtime.now()
  const before = versions.filter((one) => one.validFrom === from)
  return settle(
    context,
    [
      setFundingRules(
        {
          council: own,
          validFrom: from,
          version: 1 + Math.max(0, ...before.map(({ version }) => version)),
          rules: JSON.stringify(checked.rules),
          source,
          at,
        },
        viewer.person.number,
      ),
      audit(runtime.db.query, {
        at,
        person: viewer.person.number,
        part: viewer.named.role,
        action: 'funding rules set',
        virtualSchool: own,
        subject: from,
      }),
    ],
    paths.fundingRules,
  )
})
