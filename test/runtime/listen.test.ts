import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openAssets } from '../../src/runtime/node/assets.ts'
import { listen } from '../../src/runtime/node/listen.ts'
import { temporaryFolder } from './temporary.ts'

describe('a server', () => {
  test('says "not yet" until it is ready, then answers, and finishes what it is answering when it stops', async () => {
    const server = await listen('127.0.0.1', 0)
    const address = `http://127.0.0.1:${server.port}/`
    expect((await fetch(address)).status).toBe(503)
    server.answerWith(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return new Response('whole')
    })
    const answering = fetch(address).then((answer) => answer.text())
    await new Promise((resolve) => setTimeout(resolve, 100))
    await server.stop()
    expect(await answering).toBe('whole')
    await expect(fetch(address)).rejects.toThrow()
  })

  test('a port that is taken is told at once', async () => {
    const first = await listen('127.0.0.1', 0)
    await expect(listen('127.0.0.1', first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.stop()
  })

  test('headers beyond 16 KiB are refused', async () => {
    const server = await listen('127.0.0.1', 0)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`),
      )
      socket.once('data', (piece) => {
        resolve(String(piece))
        socket.destroy()
      })
    })
    expect(answer).toMatch(/^HTTP\/1\.1 431/)
    await server.stop()
  })
})

describe('the stylesheet and pictures', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'icons'))
  writeFileSync(join(folder, 'app.css'), 'body { color: black }')
  writeFileSync(join(folder, 'icons', 'mark.svg'), '<svg/>')
  const assets = openAssets(folder, 'v1')
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    assets(new Request(`http://127.0.0.1${path}`, { headers, method }))

  test('are kept for ever at an address that names their contents, and asked about otherwise', async () => {
    const named = ask('/assets/app.css?v=v1')
    expect(named?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(named?.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(named?.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await named?.text()).toBe('body { color: black }')
    for (const path of ['/assets/app.css', '/assets/app.css?v=old', '/assets/icons/mark.svg']) {
      expect(ask(path)?.headers.get('cache-control'), path).toBe('no-cache')
    }
    const etag = named?.headers.get('etag') ?? ''
    expect(ask('/assets/app.css', { 'if-none-match': etag })?.status).toBe(304)
  })

  test('come packed where the browser can unpack them, and without a body where only asked about', async () => {
    const packed = ask('/assets/app.css', { 'accept-encoding': 'gzip, br' })
    expect(packed?.headers.get('content-encoding')).toBe('gzip')
    const body = await packed?.arrayBuffer()
    expect(String(body?.byteLength)).toBe(packed?.headers.get('content-length'))
    expect(await ask('/assets/app.css', {}, 'HEAD')?.text()).toBe('')
  })

  test('are all that is answered for', () => {
    for (const path of [
      '/assets/../package.json',
      '/assets/%2e%2e/package.json',
      '/assets/',
      '/assets/none.css',
      '/pupils',
    ]) {
      expect(ask(path), path).toBeUndefined()
    }
    expect(ask('/assets/app.css', {}, 'POST')).toBeUndefined()
  })
})
