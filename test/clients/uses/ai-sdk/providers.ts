/**
 * The AI SDK's providers over a link: each gives the models that its uses are done with.
 *
 * @module
 */

import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import type { EmbeddingModel, LanguageModel } from 'ai'
import type { Way } from '../../apis/ways.ts'
import type { Link } from '../../use.ts'

export interface Provider {
  name: string
  format: string
  /** Whether the first events of a stream say how many tokens were used. */
  countsEarly: boolean
  /** How many pieces of text are in the first five events of a stream. */
  textsInFive: number
  model(link: Link, way?: Way, apiKey?: string): LanguageModel
}

export const PROVIDERS: readonly Provider[] = [
  {
    name: 'openai',
    format: 'openai.responses',
    countsEarly: false,
    textsInFive: 1,
    model: (...over) => openai(...over)('gpt-4o'),
  },
  {
    name: 'openai.chat',
    format: 'openai.chat',
    countsEarly: false,
    textsInFive: 4,
    model: (...over) => openai(...over).chat('gpt-4o'),
  },
  {
    name: 'anthropic',
    format: 'anthropic.messages',
    countsEarly: true,
    textsInFive: 2,
    model: (...over) => anthropic(...over)('claude-sonnet-4-6'),
  },
  {
    name: 'google',
    format: 'google.generate_content',
    countsEarly: true,
    textsInFive: 5,
    model: (...over) => google(...over)('gemini-3-flash'),
  },
]

export const EMBEDDINGS: readonly {
  name: string
  format: string
  tokens: boolean
  model(link: Link): EmbeddingModel
}[] = [
  {
    name: 'openai',
    format: 'openai.embeddings',
    tokens: true,
    model: (link) => openai(link).embedding('text-embedding-3-small'),
  },
  {
    name: 'google',
    format: 'google.embed',
    tokens: false,
    model: (link) => google(link).embedding('gemini-embedding-001'),
  },
]

export function openai(link: Link, way: Way = 'well', apiKey = 'sk-test') {
  const baseURL = `${link.api('openai', way)}/v1`
  return link.wrap(createOpenAI({ apiKey, baseURL, ...given(link) }))
}

function anthropic(link: Link, way: Way = 'well', apiKey = 'sk-test') {
  const baseURL = `${link.api('anthropic', way)}/v1`
  return link.wrap(createAnthropic({ apiKey, baseURL, ...given(link) }))
}

function google(link: Link, way: Way = 'well', apiKey = 'sk-test') {
  const baseURL = `${link.api('gemini', way)}/v1beta`
  return link.wrap(createGoogle({ apiKey, baseURL, ...given(link) }))
}

function given({ fetch }: Link): { fetch?: typeof globalThis.fetch } {
  return fetch ? { fetch } : {}
}
