import { ensureBuilt, threads } from './build.mjs'

/** Builds before any test runs: a runtime's threads are started from the build, also when the rest runs from source. */
export const setup = () => ensureBuilt({ only: threads })
