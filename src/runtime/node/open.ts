import { join } from 'node:path'
import { runJob } from '../../background/run-job.ts'
import type { Config } from '../../config.ts'
import { instant } from '../../domain/dates.ts'
import type { Runtime } from '../../runtime.ts'
import { readingQuery } from '../read-dialect.ts'
import { openFolder } from './folder.ts'
import { folderMail } from './mail.ts'
import { openParser, type ParserLimits, serverParserLimits } from './parser.ts'
import { openForReading, preparedOn } from './sqlite.ts'
import { openWriter } from './writer.ts'

type NodeSettings = {
  readonly dataDir: string
  readonly config: Config
  readonly now?: Runtime['now']
  /** Keeps mail off the terminal; it is still in the folder. */
  readonly quiet?: boolean
  readonly parserLimits?: ParserLimits
}

/** A runtime that holds threads and files: close it when its work is done. */
export type NodeRuntime = Runtime & { readonly close: () => Promise<void> }

/** Opens the store, the kept files and the post of one data directory; the store must have been migrated. */
export const openNodeRuntime = async ({
  dataDir,
  config,
  now = () => instant(Date.now()),
  quiet = false,
  parserLimits = serverParserLimits,
}: NodeSettings): Promise<NodeRuntime> => {
  const files = await openFolder(join(dataDir, 'files'))
  // The writer first: it makes the log that a reader needs to be there.
  const writer = await openWriter(dataDir)
  const reader = openForReading(dataDir)
  const prepare = preparedOn(reader)
  const parse = openParser(parserLimits)
  const print = quiet ? () => {} : (line: string) => void process.stderr.write(`${line}\n`)

  const runtime: NodeRuntime = {
    db: {
      query: readingQuery(async ({ sql, parameters }) => prepare(sql).all(...parameters)),
      commit: writer.commit,
    },
    files,
    now,
    sendEmail: folderMail(join(dataDir, 'mail'), now, print),
    start: (job) => runJob(job, runtime, parse),
    config,
    close: async () => {
      reader.close()
      await writer.close()
    },
  }
  return runtime
}
