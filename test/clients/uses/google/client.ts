/**
 * A `@google/genai` client over a link, and what its uses ask.
 *
 * @module
 */

import { GoogleGenAI, type HttpOptions } from '@google/genai'
import type { Way } from '../../apis/ways.ts'
import { call, type Link } from '../../use.ts'

export const request = { model: 'gemini-3-flash', contents: 'How do I reset my password? Grüße 👋' }
export const weather = {
  functionDeclarations: [
    {
      name: 'weather',
      parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } } },
    },
  ],
}

export const generateCall = call('google.generate_content')
export const uncounted = call('google.generate_content', { tokens: false })

export function genai(
  link: Link,
  way: Way = 'well',
  options: HttpOptions = {},
  apiKey = 'sk-test',
): GoogleGenAI {
  return link.wrap(
    new GoogleGenAI({
      apiKey,
      httpOptions: {
        baseUrl: link.api('gemini', way),
        ...(link.fetch && { fetch: link.fetch }),
        ...options,
      },
    }),
  )
}
