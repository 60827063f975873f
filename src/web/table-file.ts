import { type OutTable, tableCsv, tableWorkbook } from '../../connectors/table/write.ts'
import type { WebContext } from './context.ts'
import { reply } from './reply.tsx'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The kinds of file that a table goes out as. */
export const fileKinds = ['csv', 'xlsx'] as const
export type FileKind = (typeof fileKinds)[number]

/** Gives one table as a file that a spreadsheet opens, with no formula in it whatever a text begins with. */
export const replyTable = async (
  context: WebContext,
  table: OutTable,
  name: string,
  kind: FileKind,
): Promise<Response> => {
  const file = `${name}-${context.var.viewer.scope.today}`
  return kind === 'csv'
    ? reply.file(context, tableCsv(table), `${file}.csv`, 'text/csv; charset=utf-8')
    : reply.file(context, await tableWorkbook(table.title, [table]), `${file}.xlsx`, xlsx)
}
