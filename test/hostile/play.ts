import { sealedStaysShut } from './actions.ts'
import type { ViewerName } from './described.ts'
import { sweep, sweepSearch } from './pages.ts'
import { makeWorld, openPortal } from './portal.ts'
import { askReads } from './reads.ts'
import { askUnscoped } from './reads-unscoped.ts'

/** What the checks found in a world: by asking pages as people do, and by asking the store's reads themselves. */
export type Played = { readonly byPages: string | undefined; readonly byReads: string | undefined }

/** Enough people to meet every kind of denial, few enough to play often. */
const few: readonly ViewerName[] = ['lead1', 'bothOffice', 'panel', 'officer']

/** Plays the isolation checks over a folder with the hostile world, up to the first failure of each kind. */
export const play = async (dataDir: string, pages: boolean): Promise<Played> => {
  const portal = await openPortal(dataDir)
  try {
    const { wrong } = await askReads(portal.runtime, portal.known, true)
    const byReads =
      wrong[0] ?? (await askUnscoped(portal.runtime, portal.known)).wrong[0] ?? (await sealedStaysShut(portal))[0]
    let byPages: string | undefined
    if (pages || byReads === undefined) {
      const swept = await sweep(portal, { methods: ['GET'], stopAtFirst: true, only: few })
      byPages = swept.wrong[0] ?? (await sweepSearch(portal)).wrong[0]
    }
    return { byReads, byPages }
  } finally {
    await portal.runtime.close()
  }
}

/** Makes the world that is then played in, by the very program that plays. */
export const prepareWorld = (dataDir: string): Promise<void> => makeWorld(dataDir)
