import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'

/** Installs and builds what a command needs, saying so; does nothing when all is as it should be. */
export const prepare = async ({ dev = false } = {}) => {
  ensureInstalled({ dev })
  await ensureBuilt()
}
