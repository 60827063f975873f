import { join } from 'node:path'
import type { Email, Runtime } from '../../runtime.ts'
import { writeWhole } from './folder.ts'

/**
 * The default post: each message is a text file in a folder, and is shown on the terminal of who started the portal.
 * The file is named by its reference, so that sending twice leaves one.
 */
export const folderMail = (folder: string, now: Runtime['now'], print: (line: string) => void) => {
  return async ({ to, subject, text, reference }: Email) => {
    const head = [
      `Date: ${now()}`,
      `To: ${oneLine(to)}`,
      `Subject: ${oneLine(subject)}`,
      `Reference: ${oneLine(reference)}`,
    ]
    await writeWhole(
      join(folder, `${reference.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 100)}.txt`),
      `${head.join('\n')}\n\n${text}\n`,
    )
    print(`\nMail to ${oneLine(to)}: ${oneLine(subject)}\n${text.trimEnd().replace(/^/gm, '  ')}\n`)
  }
}

const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ')
