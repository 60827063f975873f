import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { openForWriting, preparedOn } from './sqlite.ts'
import type { FromWriter, ToWriter, Written } from './writer.ts'

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

const runOne = (request: ToWriter): Written => {
  try {
    // Immediate: the lock is taken before the first read, so a list never fails halfway for want of it.
    runAll.immediate(request.statements)
    return { number: request.number }
  } catch (error) {
    return { number: request.number, refused: refusalOf(error) }
  }
}

/** Lists that wait at the same moment, in one transaction: each in a savepoint of its own, whole or not at all. */
const runTogether = connection.transaction((requests: readonly ToWriter[]) =>
  requests.map((request): Written => {
    try {
      runAll(request.statements)
      return { number: request.number }
    } catch (error) {
      // The store gave up the whole transaction, not this list alone: nothing of it is in.
      if (!connection.inTransaction) throw error
      return { number: request.number, refused: refusalOf(error) }
    }
  }),
)

const runGroup = (requests: readonly ToWriter[]): readonly Written[] => {
  if (requests.length === 1) return requests.map(runOne)
  try {
    return runTogether.immediate(requests)
  } catch {
    // Said to nobody yet: each is tried by itself, and told what comes of it.
    return requests.map(runOne)
  }
}

/** So many lists share one transaction at most, and only short ones: nobody waits for a stranger's import. */
const most = { lists: 64, statements: 8 } as const

const isShort = (request: ToWriter | 'close'): request is ToWriter =>
  request !== 'close' && request.statements.length <= most.statements

const close = () => {
  // The last connection to close moves what is in the write-ahead log into the file; it waits for nobody.
  connection.close()
  port.close()
}

const queue: (ToWriter | 'close')[] = []

const take = (message: readonly ToWriter[] | 'close') => void queue.push(...(message === 'close' ? [message] : message))

/** Takes what else has come by now, without waiting for it. */
const takeWaiting = () => {
  for (;;) {
    const waiting = receiveMessageOnPort(port) as { readonly message: readonly ToWriter[] | 'close' } | undefined
    if (!waiting) return
    take(waiting.message)
  }
}

port.on('message', (message: readonly ToWriter[] | 'close') => {
  take(message)
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next === 'close') return close()
    const group = [next]
    if (isShort(next)) {
      takeWaiting()
      while (group.length < most.lists && queue[0] !== undefined && isShort(queue[0])) {
        group.push(queue[0])
        queue.shift()
      }
    }
    say(runGroup(group))
  }
})

say('ready')
