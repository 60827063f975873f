#!/usr/bin/env node
import { prepare } from './prepare.mjs'

try {
  await prepare()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}
await import('../build/cli.js')
