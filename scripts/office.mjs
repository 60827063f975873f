import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { apt } from './browser.mjs'
import { say } from './say.mjs'

const installed = () => {
  const { LIBREOFFICE } = process.env
  if (LIBREOFFICE) return existsSync(LIBREOFFICE) ? LIBREOFFICE : undefined
  const found = spawnSync('which', ['soffice'], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : undefined
}

/** The LibreOffice that opens our workbooks in a test: one that is here, else Debian's package where we may install it. */
export const findOffice = () => {
  const here = installed()
  if (here) return { path: here }
  if (process.env.LIBREOFFICE) return { why: 'LIBREOFFICE names a file that is not there' }
  if (process.getuid?.() !== 0)
    return { why: 'no soffice was found, and only root may install one (apt-get install libreoffice-calc-nogui)' }
  say(
    'Installing LibreOffice for the tests that open our workbook in it (apt-get install libreoffice-calc-nogui, about two minutes).',
  )
  apt('update')
  if (!apt('install', '-y', '--no-install-recommends', 'libreoffice-calc-nogui'))
    return { why: 'LibreOffice could not be installed by apt-get' }
  const path = installed()
  return path ? { path } : { why: 'LibreOffice was installed but is not where it should be' }
}
