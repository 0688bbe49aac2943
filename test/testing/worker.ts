/** Replays the cassette that it is sent, where there are no files. */

import { cassette, replay } from 'carrot-trace/testing'
import { tracePipeline } from './pipeline.ts'

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/file') {
      try {
        replay('refund.json')
      } catch (error) {
        return new Response(String(error))
      }
    }
    return Response.json(await tracePipeline(replay(cassette.from(await request.text()))))
  },
}
