/**
 * A page that traces, and waits to be left: `globalThis.ready` when it is where its address says.
 */

import * as carrot from 'carrot-trace'

const [, way = ''] = /\?(.*)/.exec(location.search) ?? []
carrot.init({
  apiKey: 'sk-test',
  baseUrl: `${location.origin}/collector/${way}`,
  context: 'off',
})

/** A call to a model; a stream stops in its middle and says no more. */
function ask(span: carrot.Span, stream: boolean): Promise<Response> {
  return span.fetch('/v1/chat/completions', {
    method: 'POST',
    headers: stream ? { 'x-stall-after': '2' } : {},
    body: JSON.stringify({ model: 'gpt-4o', stream, messages: [{ role: 'user', content: 'Hi' }] }),
  })
}

const answered = carrot.span('answer', async (answer) => (await ask(answer, false)).text())

const streaming = async () => {
  const reader = (await ask(carrot.startSpan('stream'), true)).body?.getReader()
  await reader?.read()
}

/** So many spans, each of which says this. */
function says(count: number, text: string): void {
  for (let at = 0; at < count; at += 1) carrot.span('say', () => text)
}

async function whereItIsToBe(): Promise<void> {
  await answered
  if (way.includes('mid-stream')) await streaming()
  if (way.includes('flushed')) await carrot.flush()
  if (way.includes('much')) says(10, 'word '.repeat(6_000))
  if (way.includes('script')) says(3, '漢'.repeat(6_000))
}

Object.assign(globalThis, { ready: whereItIsToBe() })
