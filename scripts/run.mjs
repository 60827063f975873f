import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** A file of an installed package, to be run by this very Node without a chain of npx and shells in between. */
export const tool = (...path) => join(root, 'node_modules', ...path)

/** Runs a program of Node with its output shown as it comes; gives its exit code and, if asked, what it printed. */
export const runNode = (args, { environment = {}, cwd = root, keep = false } = {}) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', keep ? 'pipe' : 'inherit', keep ? 'pipe' : 'inherit'],
    })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (piece) => {
        printed += piece
      })
    }
    child.on('error', () => resolve({ code: 1, printed }))
    child.on('close', (code) => resolve({ code: code ?? 1, printed }))
  })

/** The last line of a run, as people and programs read it. */
export const totals = ({ passed, failed, skipped = 0 }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
