/**
 * Langfuse: where it listens, how it knows who sends, and what it calls things.
 *
 * It reads the standard's names for what a call is; steps, tags and metadata it wants by its own.
 *
 * @see https://langfuse.com/integrations/native/opentelemetry
 * @module
 */

import { TraceError } from '../errors.ts'
import type { SpanKind, SpanRecord } from '../record.ts'
import type { OtlpOptions } from './options.ts'
import type { Profile } from './profile.ts'

export const langfuseProfile: Profile = {
  name: 'langfuse',
  names: {
    // It would count what it does not know by this name as input once more.
    'gen_ai.usage.cache_write.input_tokens': 'gen_ai.usage.cache_creation.input_tokens',
    'user.id': ['user.id', 'langfuse.user.id'],
    'session.id': ['session.id', 'langfuse.session.id'],
    'carrot.tags': 'langfuse.trace.tags',
    'carrot.metadata': 'langfuse.observation.metadata',
    'carrot.input': 'langfuse.observation.input',
    'carrot.output': 'langfuse.observation.output',
    'gen_ai.tool.call.arguments': ['gen_ai.tool.call.arguments', 'langfuse.observation.input'],
    'gen_ai.tool.call.result': ['gen_ai.tool.call.result', 'langfuse.observation.output'],
    'service.version': ['service.version', 'langfuse.release'],
    'deployment.environment.name': ['deployment.environment.name', 'langfuse.environment'],
  },
  more: (record) => ({
    'langfuse.observation.type':
      record.call && record.kind === 'generation' ? 'generation' : TYPES[record.kind],
    'langfuse.observation.completion_start_time': firstChunk(record),
  }),
}

const TYPES: Readonly<Record<SpanKind, string>> = {
  workflow: 'chain',
  agent: 'agent',
  task: 'span',
  tool: 'tool',
  retriever: 'retriever',
  embedding: 'embedding',
  generation: 'generation',
  guardrail: 'guardrail',
  evaluator: 'evaluator',
}

/** Of a stream alone: what comes whole has no first token. */
function firstChunk({ call, startUnixMs }: SpanRecord): string | undefined {
  const ms = startUnixMs + (call?.stream ? (call.time.firstChunkMs ?? Number.NaN) : Number.NaN)
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : undefined
}

export interface LangfuseOptions {
  /** `pk-lf-…` */
  publicKey: string
  /** `sk-lf-…` */
  secretKey: string
  /** `https://cloud.langfuse.com` unless told. */
  baseUrl?: string | undefined
}

/**
 * The options of `otlp` for Langfuse: its endpoint, its keys as it wants them, and its profile.
 *
 * @throws {TraceError} `invalid_option`, where a key is missing or cannot be one.
 *
 * @example
 * ```ts
 * import { createTracer } from 'carrot-trace'
 * import { langfuse, otlp } from 'carrot-trace/otlp'
 *
 * const keys = { publicKey: 'pk-lf-1', secretKey: 'sk-lf-1' }
 * const tracer = createTracer({ exporters: [otlp(langfuse(keys))] })
 * ```
 */
export function langfuse({ publicKey, secretKey, baseUrl }: LangfuseOptions): OtlpOptions {
  for (const [name, key] of Object.entries({ publicKey, secretKey })) {
    if (typeof key === 'string' && /^[!-9;-~]+$/.test(key)) continue
    const found = typeof key === 'string' ? 'what no header can hold' : typeof key
    throw new TraceError(
      'invalid_option',
      `The option "${name}" has to be a key of a Langfuse project; found ${found}. Its settings show both.`,
    )
  }
  const base = (baseUrl ?? 'https://cloud.langfuse.com').replace(/\/+$/, '')
  return {
    url: `${base}/api/public/otel`,
    headers: {
      authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}`,
      'x-langfuse-ingestion-version': '4', // seen at once, and not minutes later
    },
    profile: langfuseProfile,
  }
}
