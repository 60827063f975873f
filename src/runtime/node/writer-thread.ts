import { parentPort, workerData } from 'node:worker_threads'
import { openForWriting, preparedOn } from './sqlite.ts'
import type { FromWriter, ToWriter } from './writer.ts'

/** The thread that owns the only writing connection. better-sqlite3 is synchronous, so lists never mix. */
const port = parentPort
if (!port) throw new Error('the writer runs as a thread')
const say = (message: FromWriter) => port.postMessage(message)

const connection = openForWriting((workerData as { readonly dataDir: string }).dataDir)
const prepare = preparedOn(connection)

const runAll = connection.transaction((statements: ToWriter['statements']) => {
  for (const { sql, parameters } of statements) prepare(sql).run(...parameters)
})

const refusalOf = (error: unknown) => {
  const { message, code } = error as { readonly message: string; readonly code?: unknown }
  return typeof code === 'string' ? { message, code } : { message }
}

port.on('message', (request: ToWriter | 'close') => {
  if (request === 'close') {
    // The last connection to close moves what is in the write-ahead log into the file; it waits for nobody.
    connection.close()
    port.close()
    return
  }
  try {
    // Immediate: the lock is taken before the first read, so a list never fails halfway for want of it.
    runAll.immediate(request.statements)
    say({ number: request.number })
  } catch (error) {
    say({ number: request.number, refused: refusalOf(error) })
  }
})

say('ready')
