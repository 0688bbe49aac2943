/**
 * Who bills for a call: by the address that was dialled, behind a gateway by whom it names.
 *
 * @module
 */

import { findProvider } from '@pydantic/genai-prices'
import type { JsonObject } from '../../src/lib/json.ts'
import { attempt } from './attempt.ts'

interface Dialled {
  url: string | undefined
  via?: JsonObject | undefined
  /** Who is said to have answered. */
  provider: string | null
}

/** OpenTelemetry's names, where the prices have others. */
const NAMES: Record<string, string> = {
  'azure.ai.openai': 'azure',
  'azure.ai.inference': 'azure',
  'aws.bedrock': 'aws',
  'cloudflare.workers_ai': 'cloudflare',
  'gcp.gemini': 'google',
  'gcp.vertex_ai': 'google',
  mistral_ai: 'mistral',
  moonshot_ai: 'moonshotai',
  x_ai: 'x-ai',
}

/** Addresses that the prices do not know. */
const HOSTS: readonly (readonly [host: RegExp, provider: string])[] = [
  [/\.api\.openai\.com$/, 'openai'],
  [/\.api\.mistral\.ai$/, 'mistral'],
  [/^api\.together\.ai$/, 'together'],
  [/^bedrock-mantle\.[\w-]+\.api\.aws$/, 'aws'],
  [/^aws-external-anthropic\.[\w-]+\.api\.aws$/, 'anthropic'],
]

/** Who speaks a provider's format at another address has prices of their own. */
export function providerOf({ url, via, provider }: Dialled): string | undefined {
  if (url === undefined || via?.upstream !== undefined)
    return provider === null ? undefined : (NAMES[provider] ?? provider)
  const host = attempt(() => new URL(url).hostname) ?? ''
  const known = HOSTS.find(([pattern]) => pattern.test(host))?.[1]
  return known ?? providerAt(url)
}

/** Looking one up compiles a pattern for every provider. */
const providers = new Map<string, string | undefined>()
const MAX_PROVIDERS = 500

function providerAt(url: string): string | undefined {
  if (!providers.has(url)) {
    if (providers.size >= MAX_PROVIDERS) providers.clear()
    providers.set(url, attempt(() => findProvider({ providerApiUrl: url }))?.id)
  }
  return providers.get(url)
}
