import type { Severity } from '../../src/domain/finding.ts'
import { checkWords } from '../words/en/check.ts'
import { importsWords as words } from '../words/en/office.ts'
import { Table } from './figures.tsx'
import { Button, Tick } from './form.tsx'
import { paths } from './paths.ts'
import { State } from './state.tsx'

/** One finding of an import as a line: where, what, how to mend. */
export type ImportFinding = {
  /** 'Line 14, upn', 'D14' or the whole file. */
  readonly place: string
  readonly severity: Severity
  readonly words: { readonly title: string; readonly rule: string; readonly mend: string }
}

/** What was found in a file, line by line. */
export const ImportFindings = ({
  findings,
  more,
}: {
  readonly findings: readonly ImportFinding[]
  readonly more: number
}) =>
  findings.length === 0 ? (
    <section class="part" aria-labelledby="found">
      <h2 class="govuk-heading-m" id="found">
        {words.findings}
      </h2>
      <p>{words.noFindings}</p>
    </section>
  ) : (
    <section class="part" aria-label={words.findings}>
      <Table
        caption={words.findings}
        columns={[
          { head: words.findingColumns.place },
          { head: words.findingColumns.state },
          { head: words.findingColumns.what },
          { head: words.findingColumns.mend },
        ]}
        rows={findings.map((finding) => ({
          head: <span class="mono">{finding.place}</span>,
          cells: [
            finding.severity === 'error' ? (
              <State shape="no" word={checkWords.toMend} />
            ) : (
              <State shape="check" word={checkWords.toCheck} />
            ),
            <>
              <b>{finding.words.title}.</b> {finding.words.rule}
            </>,
            finding.words.mend,
          ],
        }))}
      />
      {more > 0 && <p class="small quiet gap">{words.moreFindings(more)}</p>}
    </section>
  )

/** The bar that puts a checked file to use, its warnings accepted by name. */
export const ImportPublish = ({
  id,
  rows,
  warnings,
}: {
  readonly id: string
  readonly rows: number
  readonly warnings: number
}) =>
  rows === 0 ? (
    <p class="note note--wait">{words.nothingToUse}</p>
  ) : (
    <form class="chase" action={paths.importPublish(id)} method="post">
      <p>
        {words.publishSays(rows)}
        {warnings > 0 && (
          <>
            <br />
            <Tick name="acceptWarnings" id="acceptWarnings" required>
              {words.acceptWarnings(warnings)}
            </Tick>
          </>
        )}
      </p>
      <Button>{words.publish(rows)}</Button>
    </form>
  )
