/**
 * A script on Deno: a stream, written out as it comes.
 *
 * `npm run example deno-script`
 */

import process from 'node:process'
import Anthropic from '@anthropic-ai/sdk'
import * as carrot from 'carrot-trace'

carrot.init({ service: 'deno-script', tags: ['example'] })

const anthropic = carrot.wrap(new Anthropic())

await carrot.span('answer', async () => {
  const stream = anthropic.messages.stream({
    model: 'claude-sonnet-4-6',
    max_tokens: 300,
    messages: [{ role: 'user', content: 'How do I reset my password?' }],
  })
  for await (const event of stream) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
      process.stdout.write(event.delta.text)
  }
})
console.log()
