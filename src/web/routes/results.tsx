import { Hono } from 'hono'
import { type OutTable, tableCsv, tableWorkbook } from '../../../connectors/table/write.ts'
import { paths } from '../../../templates/components/paths.ts'
import { ResultPage, ResultsPage } from '../../../templates/pages/results.tsx'
import { boardWords } from '../../../templates/words/en/board.ts'
import { percent } from '../../../templates/words/en/counts.ts'
import { itemWords } from '../../../templates/words/en/items.ts'
import { sectionWords } from '../../../templates/words/en/states.ts'
import { may, showsItem } from '../../access/scope.ts'
import { items, sections } from '../../domain/return/dictionary.ts'
import type { Item } from '../../domain/return/item.ts'
import { type Tally, tallyOf } from '../../domain/return/tally.ts'
import { boardTable, type RoundTable, resultsTable, returnsTable } from '../../exports/round-tables.ts'
import { type Board, boardOf, narrowed } from '../../returns/board.ts'
import { withRegisters } from '../../returns/register-sums.ts'
import { isCounted, resultOf, resultsOf } from '../../returns/results.ts'
import { scalesBehind } from '../../returns/translated.ts'
import { audit } from '../../store/audit.ts'
import { referencesOfPupils } from '../../store/pupils.ts'
import { type Round, roundById } from '../../store/rounds.ts'
import { virtualSchools } from '../../store/schools.ts'
import { boardFilter, narrowingOf, passes } from '../board-filter.ts'
import { ownCouncil, type Web, type WebContext } from '../context.ts'
import { frameOf, reply } from '../reply.tsx'
import { noteSeen } from '../seen.ts'
import { only, signedIn } from '../viewer.ts'

/** What came of a round's questions, and the files to take away: board, results, answers. */
export const resultRoutes = new Hono<Web>()
for (const path of [paths.results(':round'), paths.exported(':round', '*')])
  resultRoutes.use(path, signedIn, only('work with returns'))

type Found = {
  readonly round: Round
  readonly board: Board
  readonly scalesOf: Awaited<ReturnType<typeof scalesBehind>>
}

const found = async (context: WebContext): Promise<Found | undefined> => {
  const { runtime, viewer } = context.var
  const round = await roundById(runtime.db.query, viewer.scope, context.req.param('round') ?? '')
  if (!round) return undefined
  const asked = await boardOf(runtime, viewer.scope, round)
  const registers = await withRegisters(
    runtime.db.query,
    viewer.scope,
    asked.schools.flatMap((one) => one.returns),
  )
  const board = {
    ...asked,
    schools: asked.schools.map((school) => ({
      ...school,
      returns: school.returns.map((one) => registers.get(one) ?? one),
    })),
  }
  const returns = board.schools.flatMap((one) => one.returns)
  return { round, board, scalesOf: await scalesBehind(runtime.db.query, viewer.scope, returns) }
}

const labelOf = ({ code }: Item) => itemWords[code]?.label ?? code

const optionsOf = (item: Item) =>
  item.type.kind === 'choice'
    ? item.type.options.map((value) => ({ value, text: itemWords[item.code]?.options?.[value] ?? value }))
    : []

const answered = ({ given, notAssessed, notKnown }: Tally) => given + notAssessed + notKnown

resultRoutes.get(paths.results(':round'), async (context) => {
  const at = await found(context)
  if (!at) return reply.notFound(context)
  const code = context.req.query('item')
  return code === undefined ? showAll(context, at) : showOne(context, at, code)
})

const showOne = (context: WebContext, { round, board, scalesOf }: Found, code: string) => {
  const result = resultOf(board, code, scalesOf)
  if (!result || !showsItem(context.var.viewer.part, result.item)) return reply.notFound(context)
  const { item } = result
  const schools = narrowed(board, { area: 'all', phase: null, item: code }).schools
  return reply.page(
    context,
    <ResultPage
      frame={frameOf(context)}
      round={{ id: round.id, term: round.term, academicYear: round.academicYear }}
      item={{
        label: labelOf(item),
        options: optionsOf(item),
        addsUp: item.type.kind === 'integer',
        counted: isCounted(item),
      }}
      groups={result.groups.map((group) => ({
        ...group,
        sessions: code === 'sessions_attended' || code === 'sessions_possible' ? group.sessions : null,
      }))}
      schools={schools.map(({ school, returns }) => {
        const tally = tallyOf(code, returns)
        return { name: school.name, answered: answered(tally), base: tally.base }
      })}
    />,
  )
}

/** The commonest answer with its share of the base, for a list. */
const commonest = (item: Item, tally: Tally): string => {
  if (item.type.kind !== 'choice') return ''
  const [value, count] = [...tally.values].sort((one, other) => other[1] - one[1])[0] ?? []
  if (value === undefined || count === undefined) return ''
  const words = itemWords[item.code]?.options?.[value] ?? value
  return `${words}: ${count} of ${tally.base}, ${percent(count, tally.base)}%`
}

const showAll = (context: WebContext, { round, board, scalesOf }: Found) => {
  const { part } = context.var.viewer
  const results = resultsOf(board, scalesOf).filter(({ item }) => showsItem(part, item))
  return reply.page(
    context,
    <ResultsPage
      frame={frameOf(context)}
      round={{ id: round.id, term: round.term, academicYear: round.academicYear }}
      total={{ answered: board.total.answered, asked: board.total.base }}
      sections={sections.flatMap((section) => {
        const own = results.flatMap(({ item, groups }) => {
          const tally = groups[0]?.tally
          return item.section === section && tally
            ? [
                {
                  code: item.code,
                  label: labelOf(item),
                  tally,
                  top: commonest(item, tally),
                  reasons: groups[0]?.reasons ?? [],
                },
              ]
            : []
        })
        return own.length > 0 ? [{ heading: sectionWords[section], items: own }] : []
      })}
      mayName={may(part, 'name pupils in files')}
    />,
  )
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const send = async (context: WebContext, round: Round, what: string, table: RoundTable, kind: 'xlsx' | 'csv') => {
  const { runtime, viewer } = context.var
  const out: OutTable = table
  const name = `${what}-${round.term}-${round.academicYear}.${kind}`
  await runtime.db.commit([
    audit(runtime.db.query, {
      at: runtime.now(),
      person: viewer.person.number,
      part: viewer.named.role,
      action: 'file taken away',
      virtualSchool: ownCouncil(context),
      subject: round.id,
      purpose: name,
    }),
  ])
  return kind === 'csv'
    ? reply.file(context, tableCsv(out), name, 'text/csv; charset=utf-8')
    : reply.file(context, await tableWorkbook(table.title, [out]), name, xlsx)
}

for (const kind of ['xlsx', 'csv'] as const) {
  resultRoutes.get(paths.exported(':round', `board.${kind}`), async (context) => {
    const at = await found(context)
    if (!at) return reply.notFound(context)
    const councils = await virtualSchools(context.var.runtime.db.query)
    const filter = boardFilter(context, at.board)
    const schools = narrowed(at.board, narrowingOf(filter)).schools.filter((one) => passes(one, filter))
    const table = boardTable(
      at.round,
      schools.map((one) => ({
        ...one,
        due: one.dates.due,
        area:
          councils.find(({ laCode }) => laCode === one.school.laCode)?.name ?? boardWords.areaCode(one.school.laCode),
      })),
    )
    return send(context, at.round, 'board', table, kind)
  })

  resultRoutes.get(paths.exported(':round', `results.${kind}`), async (context) => {
    const at = await found(context)
    if (!at) return reply.notFound(context)
    const results = resultsOf(at.board, at.scalesOf).filter(({ item }) => showsItem(context.var.viewer.part, item))
    return send(context, at.round, 'results', resultsTable(at.round, results), kind)
  })

  resultRoutes.get(paths.exported(':round', `returns.${kind}`), (context) => sendReturns(context, kind, false))
}

resultRoutes.get(paths.exported(':round', 'returns-with-names.xlsx'), only('name pupils in files'), (context) =>
  sendReturns(context, 'xlsx', true),
)

const sendReturns = async (context: WebContext, kind: 'xlsx' | 'csv', withNames: boolean) => {
  const { runtime, viewer } = context.var
  const at = await found(context)
  if (!at) return reply.notFound(context)
  const rows = at.board.schools.flatMap(({ school, returns }) => returns.map((one) => ({ school, one })))
  const numbers = rows.map(({ one }) => one.due.pupil)
  const references = await referencesOfPupils(runtime.db.query, viewer.scope, numbers)
  await noteSeen(context, numbers, 'answers taken away', withNames ? 'file with names' : 'file without names')
  const asked = items.filter(
    (item) => showsItem(viewer.part, item) && rows.some(({ one }) => one.answers.has(item.code)),
  )
  const table = returnsTable(
    at.round,
    asked,
    rows.map(({ school, one }) => ({
      reference: references.get(one.due.pupil) ?? '',
      name: withNames ? { forename: one.due.forename, surname: one.due.surname } : null,
      school: school.name,
      yearGroup: one.due.yearGroup,
      answered: one.completeness.answered,
      asked: one.completeness.base,
      answers: one.answers,
      scales: at.scalesOf(one),
    })),
  )
  return send(context, at.round, withNames ? 'returns-with-names' : 'returns', table, kind)
}
