/**
 * The `openai` client as an object: its kinds, its members, its class.
 *
 * @module
 */

import OpenAI, { AzureOpenAI } from 'openai'
import { Completions } from 'openai/resources/chat/completions'
import { collected } from '../../seen.ts'
import type { Use } from '../../use.ts'
import { chat, chatCall, uncounted } from './client.ts'

export const itselfUses: readonly Use[] = [
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
        hasCompletions: client.chat.completions instanceof Completions,
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
