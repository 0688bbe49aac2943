/**
 * An empty project: the few lines that make it not so.
 *
 * @module
 */

const PATH = '/v1/traces/ingest'

/** @param ingestUrl Where records are sent: an SDK's base address, with the path or without. */
export function Welcome({ ingestUrl }: { ingestUrl: string }) {
  const base = ingestUrl.replace(/\/+$/, '').replace(PATH, '')
  return (
    <section class="welcome" aria-labelledby="welcome">
      <h2 id="welcome">No traces yet</h2>
      <p>
        Run these lines where your application runs. The first trace appears here a moment after;
        without scripts, when you reload.
      </p>
      <h3>From TypeScript or JavaScript</h3>
      <Code text={script(base)} label="TypeScript" />
      <h3>From anywhere</h3>
      <Code text={command(base)} label="Shell" />
      <p class="note">
        <code>$CARROT_API_KEY</code> stands for your key. Records go to <code>{base + PATH}</code>.
      </p>
    </section>
  )
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    <pre class="code" tabindex={0} role="region" aria-label={label} data-copy="">
      <code>{text}</code>
    </pre>
  )
}

function script(base: string): string {
  return `import * as carrot from 'carrot-trace'
import OpenAI from 'openai'

carrot.init({ apiKey: '$CARROT_API_KEY', baseUrl: ${quoted(base)} })
const openai = carrot.wrap(new OpenAI())

const answerQuestion = carrot.trace(async function answerQuestion(question: string) {
  const messages = [{ role: 'user' as const, content: question }]
  const reply = await openai.chat.completions.create({ model: 'gpt-4o', messages })
  return reply.choices[0]?.message.content
})

await answerQuestion('How do I reset my password?')
await carrot.flush()`
}

function command(base: string): string {
  return `curl ${base}${PATH} \\
  -H "Authorization: Bearer $CARROT_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"traces": [{"name": "hello", "input": "ping", "output": "pong", "status": "success"}]}'`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
