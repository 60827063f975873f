import { Worker } from 'node:worker_threads'
import { meaningOf } from '../../store/conflict.ts'
import type { Db } from '../../store/db.ts'
import { type CheckedStatement, checkLimits } from '../../store/limits.ts'
import { builtFile } from './places.ts'

/** A list of writes on its way to the writer thread. */
export type ToWriter = { readonly number: number; readonly statements: readonly CheckedStatement[] }

/** What the writer thread says: it is open, or a list is in the store, or it was refused whole. */
export type FromWriter =
  | 'ready'
  | { readonly number: number; readonly refused?: { readonly message: string; readonly code?: string } }

type Waiting = { readonly done: () => void; readonly refuse: (error: Error) => void }

/** Starts the one thread that may write to a store, and gives the way to send it lists. */
export const openWriter = async (
  dataDir: string,
): Promise<{ readonly commit: Db['commit']; readonly close: () => Promise<void> }> => {
  const thread = new Worker(builtFile('writer-thread.js'), { workerData: { dataDir } })
  const waiting = new Map<number, Waiting>()
  let last = 0
  let stopped: Error | undefined

  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const stop = (error: Error) => {
    stopped ??= error
    for (const { refuse } of waiting.values()) refuse(stopped)
    waiting.clear()
  }

  await new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve())
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error("the store's writer could not start")))
  })
  thread.on('error', (error) => stop(new Error(`the store's writer stopped: ${String(error)}`)))
  thread.on('exit', () => stop(new Error("the store's writer has stopped")))
  thread.on('message', (answer: FromWriter) => {
    if (answer === 'ready') return
    const asked = waiting.get(answer.number)
    waiting.delete(answer.number)
    if (waiting.size === 0) thread.unref()
    if (answer.refused) asked?.refuse(meaningOf(answer.refused))
    else asked?.done()
  })
  // A program whose work is done may end without closing; one that waits for a commit may not.
  thread.unref()

  return {
    commit: async (list) => {
      const statements = list.map((statement) => {
        const { sql, parameters } = statement.compile()
        return checkLimits(sql, parameters)
      })
      if (statements.length === 0) return
      if (stopped) throw stopped
      last += 1
      const number = last
      await new Promise<void>((done, refuse) => {
        waiting.set(number, { done, refuse })
        thread.ref()
        thread.postMessage({ number, statements } satisfies ToWriter)
      })
    },
    close: async () => {
      thread.ref()
      thread.postMessage('close')
      await ended
    },
  }
}
