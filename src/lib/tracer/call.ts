/**
 * The record of one call: begun when it is known to be one, ended when its reply has.
 *
 * @module
 */

import { capture, type Capture } from '../capture/capture.ts'
import type { Target } from '../capture/request.ts'
import { stopwatch, toMicroseconds, unixMs } from '../clock.ts'
import type { Context } from './context.ts'
import type { WireFormat } from '../formats/format.ts'
import { assistantMessage } from '../formats/message.ts'
import { isKnownHost } from '../formats/provider.ts'
import type { Json } from '../json.ts'
import type { SpanKind } from '../record.ts'
import type { ErrorRecord } from '../error-record.ts'
import type { ModelCall } from '../model-call.ts'
import type { Request as SentRequest } from './retries.ts'
import type { CallDefaults } from './span-options.ts'
import { begin, type Core, type Earlier, type Ending, type Live } from './span.ts'

export interface Call {
  core: Core
  format: WireFormat
  target: Target
  context: Context | undefined
  defaults: CallDefaults
  /** Takes out of each event what the application did not ask for. */
  clean?: ((event: string) => string) | undefined
}

export interface Body {
  json: Json
  chars: number
}

export interface RecordedCall extends Pick<Capture, 'response' | 'failed'> {
  /** The call as the parent of what its receiver does; none before it is known to be a call. */
  context(): Context | undefined
  /** The body, seen later than the call began. */
  body(body: Body): void
}

/** Without a body to tell, a known host makes it a call; elsewhere only an answer that a model gives. */
export function recordCall(
  { core, format, target, context, defaults, clean }: Call,
  first?: Body,
): RecordedCall {
  const { maxBytes } = core.settings
  const since = stopwatch()
  const elapsed = () => toMicroseconds(startMs + since())
  let startMs = 0 // of this attempt, after the record's start
  let live: Live | undefined
  const { call, request, response, failed } = capture(format, target, {
    maxBytes,
    elapsed,
    clean,
    report: (cause) => core.report('capture_failed', NOT_RECORDED, cause),
    onEnd: ended,
  })
  const sent: SentRequest = {
    url: call.http.url,
    parentSpanId: context?.trace?.spanId,
    body: first?.json,
    attempt: call.http.attempt,
  }
  const input = first && read(first)
  const earlier = first || sent.attempt ? goOn() : undefined
  if (first || isKnownHost(target.url.hostname)) open()
  return { context: () => live?.context, body, response, failed }

  function body(seen: Body): void {
    sent.body = seen.json
    const late = call.ended !== 'open' && !live // it ended before it could be told to be a call
    open().set({ input: read(seen) })
    if (late) ended()
  }

  function open(): Live {
    return (live ??= begin(core, context, {
      ...defaults,
      name: nameOf(call),
      kind: KINDS.get(call.operation) ?? 'generation',
      ageMs: elapsed(),
      input,
      call,
      soFar: () => said(call),
      earlier,
    }))
  }

  function ended(): void {
    if (isAnswered(call)) open()
    if (live) core.retries.ended(sent, call, live.end(ending(call)))
  }

  /** Where this is another attempt of a call, it goes on in the record of the first. */
  function goOn(): Earlier | undefined {
    const failure = core.retries.take(sent)
    if (!failure) return undefined
    startMs = Math.max(0, unixMs() - failure.earlier.startUnixMs)
    call.time.startMs = toMicroseconds(startMs)
    call.attempts = failure.attempts
    return failure.earlier
  }

  function read({ json, chars }: Body): Json {
    request(json)
    if (chars <= maxBytes) return json
    call.capture.truncated = true
    return `[${chars} characters, more than capture.maxBytes]`
  }
}

const KINDS = new Map<string, SpanKind>([
  ['embeddings', 'embedding'],
  ['rerank', 'retriever'],
])

function isAnswered({ usage, response }: ModelCall): boolean {
  const { choices, outputCount } = response
  return usage.source !== 'absent' || choices.length > 0 || outputCount !== undefined
}

function nameOf({ operation, request, response }: ModelCall): string {
  const model = request.model ?? response.model
  return model ? `${operation} ${model}` : operation
}

function ending(call: ModelCall): Ending {
  const error = call.error ?? (call.ended === 'truncated' ? TRUNCATED : undefined)
  return {
    ...said(call),
    call,
    name: nameOf(call),
    status: error ? 'error' : 'success',
    ...(error && { error }),
  }
}

function said({ response }: ModelCall): Ending {
  const output = assistantMessage(response.choices)
  return output === undefined ? {} : { output }
}

/** To the application, of what failed in recording. */
export const NOT_RECORDED = 'A call could not be recorded; the call itself is not affected.'

const TRUNCATED: ErrorRecord = {
  type: 'truncated',
  message: 'The stream ended before the model had finished.',
  phase: 'stream',
}
