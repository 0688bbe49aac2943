/**
 * The application as a Worker: a request is one call to the model, and what was recorded is sent
 * after the reply.
 *
 * @module
 */

import { setup } from 'contender'
import type { Application } from '../contenders/contender.ts'
import { messages, MODEL } from '../scenarios/calls.ts'

interface Bindings {
  MODEL_URL: string
  COLLECTOR_URL: string
}

let application: Promise<Application> | Application | undefined

export default {
  async fetch(
    request: Request,
    { MODEL_URL, COLLECTOR_URL }: Bindings,
    context: { waitUntil(promise: Promise<unknown>): void },
  ): Promise<Response> {
    application ??= await setup({ modelUrl: MODEL_URL, collectorUrl: COLLECTOR_URL })
    const { client, flush, leavesByItself } = await application
    const reply = await client.chat.completions.create({
      model: MODEL,
      messages: messages(new URL(request.url).pathname),
    })
    if (!leavesByItself) context.waitUntil(flush())
    return new Response(reply.choices[0]?.message.content)
  },
}
