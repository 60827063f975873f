import type { SentFile } from '../../connectors/connector.ts'
import type { LookedAt, Mapping } from '../../connectors/school-layout/rows.ts'
import type { ToMend } from '../../templates/components/layout.tsx'
import { type CarriedOn, LayoutColumnsPage } from '../../templates/pages/layout-columns.tsx'
import { LayoutTryPage, type Tried } from '../../templates/pages/layout-try.tsx'
import { LayoutWordsPage } from '../../templates/pages/layout-words.tsx'
import { RefusedPage } from '../../templates/pages/upload.tsx'
import { fileSize } from '../../templates/words/en/counts.ts'
import { wordsOfFinding } from '../../templates/words/en/findings.ts'
import { layoutWords } from '../../templates/words/en/layout.ts'
import type { Finding } from '../domain/finding.ts'
import { itemOf } from '../domain/return/dictionary.ts'
import { checkReturn, type ReturnSender } from '../intake/receive-return.ts'
import { openReturns } from '../returns/due.ts'
import { guessedLayout, type LayoutProblem, type LayoutSaid, mappingOf } from '../returns/layouts.ts'
import type { SavedLayout } from '../store/layouts.ts'
import { ownSchools } from '../store/schools.ts'
import { carriedBytes, carriedText } from './carried.ts'
import type { WebContext } from './context.ts'
import { faultOf } from './faults.ts'
import { questionOf, saidColumns, saidWords, targetOptions, wordsAsked } from './layout-form.ts'
import { markedName, workbookType } from './marked-name.ts'
import { frameOf, reply } from './reply.tsx'
import { noteSeen } from './seen.ts'

/** The mapping of a saved layout. */
export const savedMapping = (layout: SavedLayout): Mapping => JSON.parse(layout.mapping) as Mapping

/** A file that could not be read: why in one sentence. */
export const showRefused = (context: WebContext, fileName: string, finding: Pick<Finding, 'code' | 'parameters'>) =>
  reply.page(
    context,
    <RefusedPage frame={frameOf(context)} fileName={fileName} words={wordsOfFinding(finding)} from="return" />,
    422,
  )

/** Asks of a file as it came what its columns are; `saved` is the layout it nearly fits or that is to change. */
export const askForColumns = async (
  context: WebContext,
  file: SentFile,
  looked: LookedAt,
  school: string,
  saved: SavedLayout | undefined,
) => {
  const text = await carriedText(file.bytes)
  if (text === undefined)
    return reply.page(
      context,
      <RefusedPage
        frame={frameOf(context)}
        fileName={file.name}
        words={{
          title: layoutWords.tooLarge,
          rule: layoutWords.tooLargeRule(fileSize(carriedBytes)),
          mend: layoutWords.tooLargeMend,
        }}
        from="return"
      />,
      422,
    )
  const carried = {
    file: text,
    fileName: file.name,
    school,
    layout: saved?.id ?? '',
    sheet: looked.sheet ?? '',
    headRow: String(looked.headRow),
  }
  const offered = guessedLayout(looked, saved && savedMapping(saved))
  return showColumns(context, carried, looked, offered, saved, [])
}

const problemWords = (problems: readonly LayoutProblem[], looked: LookedAt): readonly ToMend[] => {
  const first = `c-${looked.columns[0]?.index ?? 0}`
  return problems.map((problem) =>
    problem.kind === 'twice'
      ? { field: `c-${problem.index}`, text: layoutWords.toMend.twice(questionOf(problem.target)) }
      : { field: first, text: layoutWords.toMend[problem.kind] },
  )
}

/** The page of columns, as it stands. */
export const showColumns = async (
  context: WebContext,
  carried: CarriedOn,
  looked: LookedAt,
  said: LayoutSaid,
  saved: SavedLayout | undefined,
  problems: readonly LayoutProblem[],
) => {
  const { runtime, viewer } = context.var
  const { query } = runtime.db
  const returns = await openReturns(query, viewer.scope)
  const asked = new Set([
    ...returns.flatMap(({ askedAtMost }) => [...askedAtMost.keys()]),
    ...[...said.targets.values()].filter((target) => itemOf(target)),
  ])
  const before = saved && savedMapping(saved)
  const fit = looked.fit
  const added = new Set(fit?.added)
  const drifted = fit !== null && (fit.missing.length > 0 || added.size > 0) && saved !== undefined
  return reply.page(
    context,
    <LayoutColumnsPage
      frame={frameOf(context)}
      carried={carried}
      rows={looked.rows}
      sheet={looked.sheet}
      headRow={looked.headRow}
      sheets={looked.sheets}
      headRows={looked.headRows}
      columns={looked.columns.map((column) => ({
        ...column,
        target: said.targets.get(column.index) ?? '',
        isNew: added.has(column.index),
      }))}
      unheaded={looked.unheaded.map(({ letters }) => letters)}
      choices={targetOptions(asked)}
      schools={(await ownSchools(query, viewer.scope)).map(({ id, name }) => ({ id, name }))}
      rowsAre={said.rows}
      saved={saved && before ? { name: saved.name, missing: fit?.missing ?? [], drifted } : null}
      toMend={problemWords(problems, looked)}
      meanings={saidWords(looked, said)}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

/** The page of words. */
export const showWords = (context: WebContext, carried: CarriedOn, looked: LookedAt, said: LayoutSaid) =>
  reply.page(
    context,
    <LayoutWordsPage
      frame={frameOf(context)}
      carried={carried}
      said={saidColumns(said)}
      columns={wordsAsked(looked, said)}
    />,
  )

/** Tries what was said on the file, with nothing saved, and shows what would come of it. */
export const showTried = async (
  context: WebContext,
  carried: CarriedOn,
  file: SentFile,
  looked: LookedAt,
  said: LayoutSaid,
  sender: ReturnSender,
  name: string,
  toMend: readonly ToMend[] = [],
) => {
  const tried = await tryOn(context, file, mappingOf(looked, said), sender)
  if ('finding' in tried) return showRefused(context, file.name, tried.finding)
  return reply.page(
    context,
    <LayoutTryPage
      frame={frameOf(context)}
      carried={carried}
      said={[...saidColumns(said), ...saidWords(looked, said)]}
      tried={tried}
      name={name}
      again={carried.layout !== ''}
      toMend={toMend}
    />,
    toMend.length > 0 ? 422 : 200,
  )
}

/**
 * A school's own file back with what is to mend marked in its cells, made from the file as it is sent: it is not kept
 * whole, so that it cannot be made later. Undefined where nothing is to mend.
 */
export const markedLayout = async (
  context: WebContext,
  file: SentFile,
  mapping: Mapping,
  sender: ReturnSender,
): Promise<Response | undefined> => {
  const { runtime } = context.var
  const checked = await checkedWith(context, file, mapping, sender)
  if ('finding' in checked) return showRefused(context, file.name, checked.finding)
  const { findings, pupils } = checked
  if (findings.length === 0) return undefined
  const marked = await runtime.start({ name: 'mark-school-layout', file, mapping, faults: findings.map(faultOf) })
  if (marked.outcome === 'refused') return showRefused(context, file.name, marked.finding)
  await noteSeen(context, pupils, 'return downloaded')
  return reply.file(context, marked.bytes, markedName(file.name), workbookType)
}

/** What a file would come to through a mapping, with nothing staged. */
const checkedWith = async (context: WebContext, file: SentFile, mapping: Mapping, sender: ReturnSender) => {
  const { runtime } = context.var
  const parsed = await runtime.start({ name: 'parse-school-layout', file, mapping })
  if (parsed.outcome === 'refused') return parsed
  const checked = await checkReturn(runtime, parsed, sender, mapping.rows)
  if ('finding' in checked) return checked
  const rows = checked.imports.flatMap((part) => part.rows)
  const findings = [
    ...checked.imports.flatMap(({ fileFindings }) => fileFindings),
    ...rows.flatMap((row) => row.findings),
  ]
  const pupils = rows.flatMap(({ pupil }) => (pupil === null ? [] : [pupil]))
  return { parsed, checked, rows, findings, pupils }
}

const tryOn = async (
  context: WebContext,
  file: SentFile,
  mapping: Mapping,
  sender: ReturnSender,
): Promise<Tried | { readonly finding: Finding }> => {
  const tried = await checkedWith(context, file, mapping, sender)
  if ('finding' in tried) return tried
  const { parsed, checked, rows, findings } = tried
  const matched = tried.pupils.length
  return {
    read: parsed.rows.length,
    matched,
    unmatched: rows.length - matched,
    leftOut: checked.leftOut,
    answers: checked.imports.reduce(
      (sum, part) => sum + part.facts.reduce((total, facts) => total + facts.rows.length, 0),
      0,
    ),
    toMend: findings.filter(({ severity }) => severity === 'error').length,
    toCheck: findings.filter(({ severity }) => severity === 'warning').length,
    found: grouped(findings),
  }
}

const shownCells = 6

const grouped = (findings: readonly Finding[]): Tried['found'] => {
  const groups = new Map<string, readonly Finding[]>()
  for (const finding of findings) {
    const key = `${finding.code}/${finding.at.column ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    return [
      {
        title: wordsOfFinding(first).title,
        question: first.at.column === undefined ? null : questionOf(first.at.column),
        severity: first.severity,
        cells: group.slice(0, shownCells).map(({ at }) => at.cell ?? (at.line === undefined ? '' : `line ${at.line}`)),
        count: group.length,
      },
    ]
  })
}
