/**
 * An application of Hono as a Worker, with nothing else around it.
 *
 * @module
 */

import { tracing, type TracingVariables } from 'carrot-trace/hono'
import { Hono } from 'hono'

const app = new Hono<{ Variables: TracingVariables; Bindings: { MODELS: string } }>()

app.use(tracing({ service: 'answers' }))
app.get('/answers/:topic', (c) => {
  const body = JSON.stringify({
    model: 'gpt-4o',
    stream: c.req.query('stream') !== undefined,
    messages: [{ role: 'user', content: c.req.param('topic') }],
  })
  return c.var.span.fetch(`${c.env.MODELS}/v1/chat/completions`, { method: 'POST', body })
})
app.get('/throws/:what', ({ req }) => {
  throw new RangeError(req.param('what'))
})
app.onError((error, c) => c.text(error.message, 500))

export default app
