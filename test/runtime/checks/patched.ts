/**
 * Clients that take the global `fetch` by themselves are recorded once it is replaced, and no longer
 * once it is put back.
 *
 * @module
 */

import { patchFetch, span } from 'carrot-trace'
import OpenAI from 'openai'
import type { Check, Place } from '../check.ts'
import { CHAT } from '../clients.ts'

function client({ url }: Place): OpenAI {
  return new OpenAI({ apiKey: 'sk-test', baseURL: `${url}/v1`, dangerouslyAllowBrowser: true })
}

async function ask(openai: OpenAI, content: string, headers = {}): Promise<string | undefined> {
  const request = { model: 'gpt-4o', messages: [{ role: 'user' as const, content }] }
  return (await openai.chat.completions.create(request, { headers })).choices[0]?.finish_reason
}

export const patched: Check = {
  name: 'a global fetch that is replaced records, and is given back',
  async run(place, recording) {
    recording.init()
    const found = globalThis.fetch
    const patch = patchFetch()
    const openai = client(place)
    const answers = await span('step', async (step) => [
      await ask(openai, 'By itself?', place.ambient ? {} : step.headers()),
      await ask(openai, 'By its parent?', step.headers()),
    ])
    patch.restore()
    return [...answers, await ask(client(place), 'Still?'), globalThis.fetch === found]
  },
  seen: () => ['stop', 'stop', 'stop', true],
  delivered: () => ['step', `step > ${CHAT} “By its parent?”`, `step > ${CHAT} “By itself?”`],
  told: ({ ambient }) => (ambient ? [] : ['no_async_context']),
}
