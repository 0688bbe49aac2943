/** A program that knows nothing of tracing. */
import OpenAI from 'openai'

const openai = new OpenAI({ apiKey: 'sk-test', baseURL: `${process.env.MODELS}/v1` })
const request = { model: 'gpt-4o', messages: [{ role: 'user', content: 'A refund?' }] }
const reply = await openai.chat.completions.create(request)
let streamed = ''
for await (const chunk of await openai.chat.completions.create({ ...request, stream: true })) {
  streamed += chunk.choices[0]?.delta.content ?? ''
}
console.log(streamed === reply.choices[0]?.message.content)
