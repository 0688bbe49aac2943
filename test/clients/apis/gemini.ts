/**
 * The Gemini API: `generateContent`, whole and as a stream of whole objects, and what counts and embeds.
 *
 * @see https://ai.google.dev/api/generate-content
 * @module
 */

import { fields, items, type Json } from '../../../src/lib/json.ts'
import {
  ANSWER,
  CITY,
  CITY_PIECES,
  toolAsked,
  unnamed,
  WORDS,
  type Api,
  type Asked,
} from './api.ts'
import { interactions } from './gemini-interactions.ts'

const FAILURES: Record<number, string> = {
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
}

export const geminiApi: Api = {
  inStream: (failure) => `data: ${failure}\r\n\r\n`,
  failure(code, message) {
    const status = FAILURES[code] ?? 'INTERNAL'
    return Response.json({ error: { code, message, status } }, { status: code })
  },

  answer(asked) {
    const { path, query } = asked
    if (asked.method === 'GET' && path.endsWith('/models')) return models(query.get('pageToken'))
    if (asked.method === 'POST' && path.endsWith('/interactions')) return interactions(asked)
    switch (path.slice(path.lastIndexOf(':') + 1)) {
      case 'generateContent':
        return Response.json(reply([{ parts: partsOf(asked), finishReason: 'STOP' }]))
      case 'streamGenerateContent':
        return streamed(asked)
      case 'countTokens':
        return Response.json({ totalTokens: 11 })
      case 'embedContent':
        return Response.json({ embedding: { values: VECTOR } })
      case 'batchEmbedContents':
        return Response.json({
          embeddings: items(fields(asked.body).requests).map(() => ({ values: VECTOR })),
        })
      default:
        return undefined
    }
  },
}

const VECTOR = [0.25, -0.5, 1.5]

interface Said {
  parts: object[]
  finishReason?: string
}

function partsOf({ body }: Asked): object[] {
  const name = toolAsked(body, /functionResponse/)
  if (name) return [{ functionCall: { id: 'call-1', name, args: CITY } }]
  return [{ text: isJson(body) ? JSON.stringify(CITY) : ANSWER }]
}

function isJson(body: Json | undefined): boolean {
  const { generationConfig } = fields(body)
  return fields(generationConfig).responseMimeType === 'application/json'
}

/** Events are parted by CRLF; a function call comes whole. */
function streamed(asked: Asked): Response {
  const called = toolAsked(asked.body, /functionResponse/)
  const said: Said[] = called
    ? [{ parts: partsOf(asked) }]
    : (isJson(asked.body) ? CITY_PIECES : WORDS).map((text) => ({ parts: [{ text }] }))
  const last = { parts: [{ text: '' }], finishReason: 'STOP' }
  return unnamed(
    [...said, last].map((one) => reply([one])),
    asked.pace,
    '\r\n',
  )
}

function reply(said: Said[]): object {
  return {
    candidates: said.map(({ parts, finishReason }, index) => ({
      content: { role: 'model', parts },
      ...(finishReason && { finishReason }),
      index,
    })),
    usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 12, totalTokenCount: 19 },
    modelVersion: 'gemini-3-flash',
    responseId: 'response-1',
  }
}

/** Two pages. */
function models(token: string | null): Response {
  const names = token ? ['gemini-3-flash'] : ['gemini-3-pro', 'gemini-3-nano']
  return Response.json({
    models: names.map((name) => ({ name: `models/${name}`, displayName: name })),
    ...(!token && { nextPageToken: 'second' }),
  })
}
