import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout, whether this runs from the bundle or from source. */
export const projectRoot = (() => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('package.json is not above the running program')
    folder = above
  }
  return folder
})()

/** A file of the build: threads are started from there, also when the rest runs from source. */
export const builtFile = (name: string) => join(projectRoot, 'build', name)

/** The migrations, shared with D1. */
export const migrationsFolder = join(projectRoot, 'migrations')
