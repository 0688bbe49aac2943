/**
 * The `openai` client as an object: its requests by hand, its copies, its class.
 *
 * @module
 */

import OpenAI, { APIPromise, AzureOpenAI } from 'openai'
import { Completions } from 'openai/resources/chat/completions'
import { collected, thrown } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chat, chatCall, openai, uncounted } from './client.ts'

export const itselfUses: readonly Use[] = [
  {
    name: 'client.post',
    calls: [chatCall],
    run: async (link) => openai(link).post('/chat/completions', { body: chat }),
  },
  {
    name: 'withOptions',
    calls: [chatCall, uncounted],
    async run(link) {
      const client = openai(link)
      const copy = client.withOptions({ defaultHeaders: { 'x-team': 'support' }, maxRetries: 1 })
      const wrong = copy.withOptions({ apiKey: 'sk-wrong' })
      return {
        reply: await copy.chat.completions.create(chat),
        refused: await thrown(wrong.chat.completions.create(chat)),
        retries: [client.maxRetries, copy.maxRetries, wrong.maxRetries],
        sameClass: copy.constructor === client.constructor,
      }
    },
  },
  {
    name: 'buildURL',
    calls: [],
    run: async (link) => openai(link).buildURL('/chat/completions', { trace: 'a b' }),
  },
  {
    name: 'instanceof',
    calls: [uncounted],
    async run(link) {
      const client = openai(link, 'well', { apiKey: 'sk-wrong' })
      const promise = client.chat.completions.create(chat)
      const error = await promise.catch((caught: unknown) => caught)
      return {
        client: client instanceof OpenAI,
        resource: client.chat.completions instanceof Completions,
        promise: promise instanceof APIPromise,
        error: error instanceof OpenAI.AuthenticationError && error instanceof OpenAI.APIError,
      }
    },
  },
  {
    name: 'AzureOpenAI',
    calls: [chatCall, uncounted],
    async run(link) {
      const options = { apiKey: 'sk-test', apiVersion: '2026-06-01', deployment: 'gpt-4o' }
      const endpoint = link.api('openai')
      const client = link.wrap(new AzureOpenAI({ ...options, endpoint, fetch: link.fetch }))
      const reply = await client.chat.completions.create(chat)
      const chunks = await collected(client.chat.completions.create({ ...chat, stream: true }))
      return { reply, chunks, isAzure: client instanceof AzureOpenAI }
    },
  },
  {
    name: 'private and own members',
    calls: [chatCall],
    async run(link) {
      const names: string[] = []
      class Named extends OpenAI {
        readonly #team = 'support'
        protected override async prepareOptions() {
          names.push(this.#team)
        }
      }
      const baseURL = `${link.api('openai')}/v1`
      const client = link.wrap(
        new Named({ apiKey: async () => 'sk-later', baseURL, fetch: link.fetch, timeout: 9_000 }),
      )
      const { built } = { built: await client.buildRequest({ method: 'post', path: '/x' }) }
      const reply = await client.chat.completions.create(chat)
      const { timeout, apiKey, organization } = client
      const kept = Object.keys(client).filter((name) => name !== 'fetch')
      const headers = Object.fromEntries(built.req.headers)
      return {
        named: names,
        isNamed: client instanceof Named,
        reply,
        timeout,
        apiKey,
        organization,
        kept,
        headers,
      }
    },
  },
]
