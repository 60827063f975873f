import type { Instant } from '../../src/domain/dates.ts'
import { shortMoment } from '../words/en/dates.ts'
import { transferWords as words } from '../words/en/transfer.ts'
import { Table } from './figures.tsx'

/** One fact of a transfer file, and the file it came in. */
export type TransferFact = {
  readonly kind: keyof typeof words.kinds
  readonly says: readonly string[]
  readonly fileName: string
  readonly sentAt: Instant
}

/** What is said, in the order of the table's columns. */
const cellsOf = ({ kind, says }: TransferFact): readonly string[] => {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = ''] = says
  if (kind === 'result') return [[b, c, d, e].filter((one) => one !== '').join(' '), g, words.year(a)]
  if (kind === 'attendance') return [words.year(a), d, c, e, f, b]
  if (kind === 'need') return [b, a, c]
  if (kind === 'school') return [a, b, c]
  return kind === 'stated' ? [words.stated[a] ?? a, b] : [a, b, c]
}

/** What transfer files say of a pupil, by kind; who may not read of numbers and birthdays is not told of them here. */
export const TransferRecord = ({ facts }: { readonly facts: readonly TransferFact[] }) => {
  const shown = facts.filter(({ kind, says }) => kind !== 'stated' || Object.hasOwn(words.stated, says[0] ?? ''))
  if (shown.length === 0) return null
  const kinds = Object.keys(words.kinds).filter((kind): kind is TransferFact['kind'] =>
    Object.hasOwn(words.kinds, kind),
  )
  return (
    <section class="part" aria-labelledby="transfer-files">
      <h2 class="govuk-heading-m" id="transfer-files">
        {words.record}
      </h2>
      <p class="small quiet measure">{words.recordLead}</p>
      {kinds.map((kind) => {
        const rows = shown.filter((fact) => fact.kind === kind)
        if (rows.length === 0) return null
        const { caption, columns } = words.kinds[kind]
        return (
          <Table
            caption={caption}
            columns={columns.map((head) => ({ head }))}
            rows={rows.map((fact) => {
              const [head = '', ...cells] = cellsOf(fact)
              return {
                head,
                cells: [...cells, <span class="small">{words.source(fact.fileName, shortMoment(fact.sentAt))}</span>],
              }
            })}
          />
        )
      })}
    </section>
  )
}
