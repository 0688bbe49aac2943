/**
 * An invocation whose spans are to be seen in the runtime's own tracing, and what sees it there.
 *
 * @module
 */

import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import * as carrot from 'carrot-trace'
import { instrument } from 'carrot-trace/workers'

interface Env {
  MODELS: string
  SHORT: Workflow
}

function ask({ MODELS }: Env): Promise<string> {
  const body = JSON.stringify({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'refund?' }],
  })
  return carrot
    .fetch(`${MODELS}/v1/chat/completions`, { method: 'POST', body })
    .then((reply) => reply.text())
}

class ShortWorkflow extends WorkflowEntrypoint<Env> {
  override async run(_event: WorkflowEvent<unknown>, step: WorkflowStep) {
    await step.do('ask', () => ask(this.env))
  }
}

const options = { mirror: true }
export const Short = instrument(ShortWorkflow, options)

export default instrument(
  {
    async fetch(request: Request, env: Env): Promise<Response> {
      if (new URL(request.url).pathname === '/workflow') await env.SHORT.create()
      else await carrot.span('step', () => ask(env))
      return new Response('done')
    },
  },
  options,
)
