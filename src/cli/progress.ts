import { commandWords as words } from '../../templates/words/en/command.ts'

/** Shows how far a piece of long work has come. */
export type Progress = {
  readonly at: (done: number, of: number) => void
  /** Ends the line, so that what is printed next begins on its own. */
  readonly end: () => void
}

const width = 24

const bar = (share: number) => {
  const full = Math.round(share * width)
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`
}

/**
 * A bar with rate and time left on a terminal, redrawn at most ten times a second; plain lines, one a tenth of the way
 * at most, where the output is piped. Written to standard error. `what` names what is counted: 'parts', 'returns'.
 */
export const progressOf = (what: string, quiet = false): Progress => {
  const { isTTY } = process.stderr
  let [started, drawn, tenth] = [0, 0, -1]
  return {
    at: (done, of) => {
      if (quiet || of === 0) return
      if (started === 0) started = Date.now()
      const seconds = (Date.now() - started) / 1000
      const share = Math.min(1, done / of)
      const line = words.progress(what, done, of, seconds, share === 0 ? null : (seconds / share) * (1 - share))
      if (isTTY) {
        if (Date.now() - drawn < 100 && done < of) return
        drawn = Date.now()
        process.stderr.write(`\r${bar(share)} ${line}\u001b[K`)
      } else if (Math.floor(share * 10) > tenth) {
        tenth = Math.floor(share * 10)
        process.stderr.write(`${line}\n`)
      }
    },
    end: () => {
      if (!quiet && isTTY && drawn > 0) process.stderr.write('\n')
    },
  }
}
