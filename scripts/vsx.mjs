#!/usr/bin/env -S node --max-semi-space-size=2
// A small young generation keeps the memory of a long import flat: it does not grow with the file.
import { prepare } from './prepare.mjs'

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}
await import('../build/cli.js')
