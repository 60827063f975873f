import type { ExportedHandler } from '@cloudflare/workers-types'

const handler: ExportedHandler = {}

export default handler
