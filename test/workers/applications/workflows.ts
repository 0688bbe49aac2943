/**
 * A workflow with a step of every kind, and what is needed to drive it.
 *
 * @module
 */

import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import type { SpanCarrier } from 'carrot-trace'
import { instrument, spanOf } from 'carrot-trace/workers'

interface Order {
  item: string
  trace?: SpanCarrier
}

interface Env {
  MODELS: string
  ORDERS: Workflow<Order>
}

function ask(fetcher: typeof fetch, { MODELS }: Env): Promise<string> {
  const body = JSON.stringify({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'refund?' }],
  })
  return fetcher(`${MODELS}/v1/chat/completions`, { method: 'POST', body }).then((r) => r.text())
}

/** How often each instance has been run from its beginning. */
const runs = new Map<string, number>()

class OrderWorkflow extends WorkflowEntrypoint<Env, Order> {
  readonly #limit = 3

  override async run({ payload, instanceId }: WorkflowEvent<Order>, step: WorkflowStep) {
    runs.set(instanceId, (runs.get(instanceId) ?? 0) + 1)
    const asked = await step.do('ask', async () => (await ask(spanOf(this).fetch, this.env)).length)
    const retries = { limit: this.#limit, delay: 1, backoff: 'constant' as const }
    const tried = await step.do('try', { retries }, async ({ attempt }) => {
      await ask(spanOf(this).fetch, this.env)
      if (attempt < this.#limit) throw new RangeError(`attempt ${attempt}`)
      return attempt
    })
    const twice = await Promise.all([
      step.do('same', async () => 'one'),
      step.do('same', async () => 'two'),
    ])
    await step.do('secret', { sensitive: 'output' }, async () => 'hush')
    await step.sleep('rest', 1)
    const { payload: approval } = await step.waitForEvent<{ ok: boolean }>('approval', {
      type: 'approval',
      timeout: '1 minute',
    })
    if (!approval.ok) throw new RangeError('not approved')
    return { item: payload.item, asked: asked > 0, tried, twice, runs: runs.get(instanceId) }
  }
}

export const Orders = instrument(OrderWorkflow)

export default instrument({
  async fetch(request: Request, { ORDERS }: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const id = searchParams.get('id') ?? ''
    if (pathname === '/create') {
      const trace = searchParams.has('follow') ? spanOf(request).export() : undefined
      await ORDERS.create({ id, params: { item: 'carrots', ...(trace && { trace }) } })
      return Response.json(id)
    }
    const instance = await ORDERS.get(id)
    if (pathname === '/approve') {
      await instance.sendEvent({ type: 'approval', payload: { ok: searchParams.has('ok') } })
    }
    if (pathname === '/pause') await instance.pause()
    if (pathname === '/resume') await instance.resume()
    return Response.json(await instance.status())
  },
})
