import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { builtFile } from './places.ts'

/** Names the contents of all assets, put in by the build; pages add it to an asset's address as `?v=`. */
declare const ASSET_VERSION: string | undefined

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

type Asset = {
  readonly bytes: Buffer
  readonly packed: Buffer | undefined
  readonly etag: string
  readonly type: string
}

const fileHeaders = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  vary: 'accept-encoding',
}

/** Answers for the stylesheet and pictures from memory; undefined where an address is not one of theirs. */
export const openAssets = (
  folder = builtFile('public/assets'),
  version = typeof ASSET_VERSION === 'string' ? ASSET_VERSION : undefined,
) => {
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []
  const assets = new Map<string, Asset>(
    names.map((path) => {
      const bytes = readFileSync(path)
      const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`
      const type = types[extname(path)] ?? 'application/octet-stream'
      const packed = /text|svg/.test(type) ? gzipSync(bytes) : undefined
      return [`/assets/${relative(folder, path).split(sep).join('/')}`, { bytes, packed, etag, type }]
    }),
  )
  return (request: Request): Response | undefined => {
    const { pathname, searchParams } = new URL(request.url)
    const asset = assets.get(pathname)
    if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined
    const current = version !== undefined && searchParams.get('v') === version
    const headers = new Headers({
      ...fileHeaders,
      etag: asset.etag,
      'content-type': asset.type,
      'cache-control': current ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    if (request.headers.get('if-none-match') === asset.etag) return new Response(null, { status: 304, headers })
    const packed = request.headers.get('accept-encoding')?.includes('gzip') ? asset.packed : undefined
    if (packed) headers.set('content-encoding', 'gzip')
    const body = packed ?? asset.bytes
    headers.set('content-length', String(body.byteLength))
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers })
  }
}
