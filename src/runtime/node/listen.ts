import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

type Fetch = (request: Request, environment: object) => Response | Promise<Response>

/** A server that listens already; it answers "not yet" until it is given what to answer with. */
export type Listening = {
  readonly port: number
  readonly answerWith: (fetch: Fetch) => void
  /** Finishes what is being answered, for ten seconds at most, and stops listening. */
  readonly stop: () => Promise<void>
}

const notYet: Fetch = () =>
  new Response('starting\n', {
    status: 503,
    headers: { 'retry-after': '2', 'content-type': 'text/plain', 'cache-control': 'no-store' },
  })

/** Bounds on slow, large or endless requests (OWASP ASVS 5.0, 15.1.3 and 15.2.2): nothing may hold a socket for long. */
const bound = (server: Server) => {
  server.headersTimeout = 10_000
  // An upload of ten megabytes over a slow line; pages are far below it.
  server.requestTimeout = 60_000
  server.keepAliveTimeout = 5_000
  server.maxConnections = 1_000
  server.maxRequestsPerSocket = 1_000
}

/** Listens on an address; throws with `code` EADDRINUSE where another program does. */
export const listen = async (host: string, port: number): Promise<Listening> => {
  let answer = notYet
  const server = createAdaptorServer({
    fetch: (request, environment) => answer(request, environment),
    serverOptions: { maxHeaderSize: 16_384, connectionsCheckingInterval: 5_000 },
  }) as Server
  bound(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    answerWith: (fetch) => {
      answer = fetch
    },
    stop: () =>
      new Promise((resolve) => {
        const patience = setTimeout(() => server.closeAllConnections(), 10_000)
        // A connection that has had its answer would be kept open for another request.
        const idle = setInterval(() => server.closeIdleConnections(), 50)
        server.close(() => {
          clearTimeout(patience)
          clearInterval(idle)
          resolve()
        })
      }),
  }
}
