import { Worker } from 'node:worker_threads'
import { meaningOf } from '../../store/conflict.ts'
import type { Db } from '../../store/db.ts'
import { type CheckedStatement, checkLimits } from '../../store/limits.ts'
import { builtFile } from './places.ts'

/** A list of writes on its way to the writer thread. */
export type ToWriter = { readonly number: number; readonly statements: readonly CheckedStatement[] }

/** What comes of one list: it is in the store, or it was refused whole. */
export type Written = {
  readonly number: number
  readonly refused?: { readonly message: string; readonly code?: string }
}

/** What the writer thread says: it is open, or what came of some lists. */
export type FromWriter = 'ready' | readonly Written[]

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
    for (const { number, refused } of answer) {
      const asked = waiting.get(number)
      waiting.delete(number)
      if (refused) asked?.refuse(meaningOf(refused))
      else asked?.done()
    }
    if (waiting.size === 0) thread.unref()
  })

  // Lists that come before the next turn of the loop go together: a message costs more than what a page notes.
  let together: ToWriter[] = []
  const send = () => {
    const lists = together
    together = []
    if (lists.length === 0) return
    thread.postMessage(lists satisfies readonly ToWriter[])
  }
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
        if (together.length === 0) setImmediate(send)
        together.push({ number, statements })
      })
    },
    close: async () => {
      thread.ref()
      send()
      thread.postMessage('close')
      await ended
    },
  }
}
