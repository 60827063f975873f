import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { say } from './say.mjs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chrome',
]

const installed = () => {
  const { CHROMIUM } = process.env
  if (CHROMIUM) return existsSync(CHROMIUM) ? CHROMIUM : undefined
  const known = places.find((path) => existsSync(path))
  if (known) return known
  for (const name of ['chromium', 'google-chrome', 'chrome']) {
    const found = spawnSync('which', [name], { encoding: 'utf8' })
    if (found.status === 0) return found.stdout.trim()
  }
  return undefined
}

/** Runs apt-get without questions; its words go where ours go. */
export const apt = (...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

/** The browser for the journeys: one that is here, else Debian's package where we may install it. */
export const findBrowser = () => {
  const here = installed()
  if (here) return { path: here }
  if (process.env.CHROMIUM) return { why: 'CHROMIUM names a file that is not there' }
  if (process.getuid?.() !== 0)
    return { why: 'no Chromium was found, and only root may install one (apt-get install chromium)' }
  say('Installing Chromium for the journeys (apt-get install chromium, about a minute).')
  apt('update')
  if (!apt('install', '-y', '--no-install-recommends', 'chromium'))
    return { why: 'Chromium could not be installed by apt-get' }
  const path = installed()
  return path ? { path } : { why: 'Chromium was installed but is not where it should be' }
}
