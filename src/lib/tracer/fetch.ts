/**
 * The traced `fetch`: calls to model APIs are recorded, everything else passes straight through.
 *
 * @module
 */

import { capture } from '../capture/capture.ts'
import { addressed, isBoundToBody, look, type Target } from '../capture/request.ts'
import { takeCarrier, type Sent } from './carrier.ts'
import { stopwatch, toMicroseconds, unixMs } from '../clock.ts'
import type { Context } from './context.ts'
import { detect, type Detected, type WireFormat } from '../formats/format.ts'
import { assistantMessage } from '../formats/message.ts'
import { isKnownHost } from '../formats/provider.ts'
import { parse, type Json } from '../json.ts'
import type { Fetch } from './options.ts'
import type { CallDefaults } from './span-options.ts'
import { maskJson } from '../redact.ts'
import type { ErrorRecord, ModelCall, SpanKind } from '../record.ts'
import type { Request as SentRequest } from './retries.ts'
import { begin, type Core, type Earlier, type Live } from './span.ts'

/** What happens beside one request. */
interface Watch {
  /** What to send with, where that is not what the application gave. */
  init?: RequestInit
  /** The body, seen later than the call began. */
  body(body: Body): void
  response(native: Response): Response
  failed(error: unknown): void
}

/**
 * @param parent Asked at each call, unless the call carries its own.
 * @param real What requests are sent with.
 */
export function traceFetch(
  core: Core,
  parent: () => Context | undefined,
  real: Fetch,
  defaults: CallDefaults,
): Fetch {
  return function fetch(input, init) {
    const sent = attempt(() => takeCarrier(input, init)) ?? { input, init }
    const watch = attempt(() => begun(sent))
    if (!watch) return real(sent.input, sent.init)
    const failed = (error: unknown): never => {
      attempt(() => watch.failed(error))
      throw error
    }
    try {
      return real(sent.input, watch.init ?? sent.init).then(
        (native) => attempt(() => watch.response(native)) ?? native,
        failed,
      )
    } catch (error) {
      return failed(error) // workerd of old dates throws what it should reject with
    }
  }

  function begun({ input, init, context: carried }: Sent): Watch | undefined {
    if (core.settings.disabled) return undefined
    const { method, url } = addressed(input, init) ?? {}
    if (method !== 'POST' || !url) return undefined
    const formats = detect(core.formats, url)
    if (!formats) return undefined
    const target = look(url, input, init, core.settings.maxBytes)
    const context = carried ?? parent()
    if ('unseen' in target.body) return watched(formats[0], target, context)
    if ('later' in target.body) return seenLater(formats, target, context, target.body.later)
    const body = readBody(formats, target.body.text)
    if (!body) return undefined
    const { format } = body
    const asking = askForUsage(format, target, init, body.json)
    if (asking === undefined) return watched(format, target, context, body)
    const { streamUsage } = format
    const watch = watched(format, target, context, body, streamUsage?.withoutAnswer)
    return { ...watch, init: { ...init, body: asking } }
  }

  /** The body that asks for the usage of its stream as well, where that is wanted and can be done unseen. */
  function askForUsage(
    { streamUsage }: WireFormat,
    { url, headers }: Target,
    init: RequestInit | undefined,
    json: Json,
  ): string | undefined {
    if (core.settings.streamUsage === 'off' || typeof init?.body !== 'string') return undefined
    return isBoundToBody(headers) ? undefined : streamUsage?.ask(url.hostname, init.body, json)
  }

  /** The body is read while the request is on its way, and should have been by the time of the answer. */
  function seenLater(
    formats: Detected,
    target: Target,
    context: Context | undefined,
    later: Promise<string | undefined>,
  ): Watch {
    let watch: Watch | undefined
    let refused = false
    void later.then((text) => {
      const body = text === undefined ? undefined : readBody(formats, text)
      refused = text !== undefined && !body
      if (body)
        attempt(() =>
          watch ? watch.body(body) : (watch = watched(body.format, target, context, body)),
        )
    })
    const settled = () => (watch ??= refused ? undefined : watched(formats[0], target, context))
    return {
      body() {},
      response: (native) => settled()?.response(native) ?? native,
      failed: (error) => settled()?.failed(error),
    }
  }

  /** Without a body to tell, a known host makes it a call; elsewhere only an answer that a model gives. */
  function watched(
    format: WireFormat,
    target: Target,
    context: Context | undefined,
    first?: Body,
    clean?: (event: string) => string,
  ): Watch {
    const { maxBytes } = core.settings
    const since = stopwatch()
    const elapsed = () => toMicroseconds(startMs + since())
    let startMs = 0
    let live: Live | undefined
    let over = false
    const { call, request, response, failed } = capture(format, target, {
      maxBytes,
      elapsed,
      clean,
      report,
      onEnd(call) {
        over = true
        if (isAnswered(call)) open()
        if (live) close(live)
      },
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
    return {
      body(body) {
        sent.body = body.json
        const late = over && !live // the call ended before it could be told to be one
        const known = open()
        known.set({ input: read(body) })
        if (late) close(known)
      },
      response,
      failed,
    }

    function close(known: Live): void {
      core.retries.ended(sent, call, known.end(ending(call)))
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

    function open(): Live {
      return (live ??= begin(core, context, {
        ...defaults,
        name: nameOf(call),
        kind: KINDS.get(format.operation) ?? 'generation',
        ageMs: elapsed(),
        input,
        call,
        soFar: () => said(call),
        earlier,
      }))
    }

    function read({ json, chars }: Body): Json {
      request(json)
      if (chars <= maxBytes) return json
      call.capture.truncated = true
      return `[${chars} characters, more than capture.maxBytes]`
    }
  }

  /** Nothing of ours throws into the application. */
  function attempt<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      report(error)
      return undefined
    }
  }

  function report(cause: unknown): void {
    core.report(
      'capture_failed',
      'A call could not be recorded; the call itself is not affected.',
      cause,
    )
  }
}

const KINDS = new Map<string, SpanKind>([
  ['embeddings', 'embedding'],
  ['rerank', 'retriever'],
])

interface Body {
  /** The one of the formats that share the address whose body it is. */
  format: WireFormat
  json: Json
  chars: number
}

/** The body without secrets; none if it is of no format, and the request so no call. */
function readBody(formats: Detected, text: string): Body | undefined {
  const json = parse(maskJson(text))
  if (json === undefined) return undefined
  const format = formats.find((each) => each.accepts(json))
  return format && { format, json, chars: text.length }
}

function isAnswered({ usage, response }: ModelCall): boolean {
  const { choices, outputCount } = response
  return usage.source !== 'absent' || choices.length > 0 || outputCount !== undefined
}

function nameOf({ operation, request, response }: ModelCall): string {
  const model = request.model ?? response.model
  return model ? `${operation} ${model}` : operation
}

function ending(call: ModelCall) {
  const error = call.error ?? (call.ended === 'truncated' ? TRUNCATED : undefined)
  return {
    ...said(call),
    call,
    name: nameOf(call),
    status: error ? ('error' as const) : ('success' as const),
    ...(error && { error }),
  }
}

function said({ response }: ModelCall): { output?: Json } {
  const output = assistantMessage(response.choices)
  return output === undefined ? {} : { output }
}

const TRUNCATED: ErrorRecord = {
  type: 'truncated',
  message: 'The stream ended before the model had finished.',
  phase: 'stream',
}
