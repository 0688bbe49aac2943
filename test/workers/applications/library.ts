/**
 * A Worker that is a class, for another one to call.
 *
 * @module
 */

import { WorkerEntrypoint } from 'cloudflare:workers'
import type { SpanCarrier } from 'carrot-trace'
import { instrument, spanOf } from 'carrot-trace/workers'

class Library extends WorkerEntrypoint {
  async find(query: string, _trace: SpanCarrier) {
    return spanOf(this).span('look', async () => [query])
  }

  override async fetch(request: Request) {
    return spanOf(this).span('look', async () => new Response(new URL(request.url).pathname))
  }
}

export default instrument(Library, { service: 'library' })
