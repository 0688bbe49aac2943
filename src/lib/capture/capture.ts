/**
 * One call, from the request to its one end.
 *
 * Three things can end it: the body (read to its end, failed, or cancelled by its consumer), the
 * request's abort signal, and `fetch` itself failing. The first one counts.
 *
 * @module
 */

import { toMicroseconds } from '../clock.ts'
import { errorRecord } from '../errors.ts'
import type { WireFormat } from '../formats/format.ts'
import { isPieceOfText } from '../formats/delta.ts'
import { failure, isFailure, retryDelay } from '../formats/failure.ts'
import { readUpstream } from '../formats/gateway.ts'
import { isTextSpent, limitText } from '../formats/budget.ts'
import { closeReply, isFinished } from '../formats/reply.ts'
import type { Framing, FramingSink } from '../framing/framing.ts'
import { plain } from '../framing/plain.ts'
import { whole } from '../framing/whole.ts'
import type { Json } from '../json.ts'
import { mask } from '../redact.ts'
import type { Ended, ModelCall } from '../model-call.ts'
import { mayWatchLate } from '../runtime/responses.ts'
import { readHead } from './answer.ts'
import { watchLate } from './late.ts'
import { isolate, observe, type Observer } from './observe.ts'
import { openCall } from './open-call.ts'
import type { Target } from './request.ts'
import { isWatchable, rewrap } from './rewrap.ts'
import { without } from './without.ts'

export interface CaptureOptions {
  maxBytes: number
  /** Milliseconds since the call began. */
  elapsed: () => number
  /** Where usage has been asked for unseen by the application: takes the answer out of each event. */
  clean?: ((event: string) => string) | undefined
  /** Called once, with the call closed. */
  onEnd: (call: ModelCall) => void
  /** Something of ours failed; the application is not to notice. */
  report: (error: unknown) => void
}

export interface Capture {
  readonly call: ModelCall
  /** Reads the body that was sent. */
  request(body: Json): void
  /** The response to hand to the application. */
  response(native: Response): Response
  /** `fetch` rejected. */
  failed(error: unknown): void
}

/** As much of a response as is known of it for good: nothing here keeps the response itself. */
interface Answer {
  ok: boolean
  status: number
  /** `content-type`. */
  type: string
  /** How Amazon names an error. */
  errorType: string | undefined
}

export function capture(format: WireFormat, target: Target, options: CaptureOptions): Capture {
  const { maxBytes, elapsed, clean, onEnd, report } = options
  const call = openCall(format, target)
  const { signal } = target
  let ended = false
  let done = false // the stream said that nothing will follow
  let askedMs: number | undefined // since when the reader has been waiting

  limitText(call, maxBytes)
  if (!('text' in target.body)) readAddress()
  signal?.addEventListener('abort', abandon, { once: true })
  return { call, request, response, failed }

  /** What can be told without the body: a model in the address or in a header, and whether it streams. */
  function readAddress(): void {
    request({})
    const { model, stream } = call.request
    call.request = { model, stream, params: {} }
  }

  function request(body: Json): void {
    format.request(call, body, target.header)
    readUpstream(call)
  }

  function response(native: Response): Response {
    call.time.headersMs = elapsed()
    readHead(call, native)
    format.head?.(call, native.headers)
    if (!isWatchable(native)) {
      end(native.ok ? 'complete' : 'error')
      return native
    }
    const { ok, status, body, headers } = native
    const type = headers.get('content-type') ?? ''
    const errorType = headers.get('x-amzn-errortype')?.replace(/:.*/, '')
    const answer = { ok, status, type, errorType }
    const watching = isolate(observer(answer, framed(answer)), report)
    const filter = call.stream && clean ? without(safely(clean), maxBytes) : undefined
    const watched = () => rewrap(native, observe(body, watching, filter))
    const ifOpen = () => (ended ? native : watched()) // an abort has ended both
    const isWhole = !call.stream && !format.media // of others it matters when they come
    return isWhole && mayWatchLate() ? watchLate(native, watching, ifOpen) : watched()
  }

  function framed(answer: Answer): Framing {
    const { ok, type } = answer
    const isOther = !/^$|json|event-stream/i.test(type)
    if (isOther && format.media && ok) return plain(sink(answer), maxBytes, type)
    const held = Math.max(maxBytes, MIN_HELD)
    const isFramed = /event-?stream|ndjson/i.test(type)
    const isJson = /json/i.test(type)
    const inJson = isJson && ok && !isFramed ? format.jsonStream : undefined
    const streams = isFramed || (ok && call.request.stream && (!isJson || inJson))
    if (streams) call.stream = { events: 0, bytes: 0, undecodable: 0 }
    const frame = (streams && (inJson ?? format.stream)) || whole
    const bulk = frame !== whole && format.bulk?.wholeOnly ? undefined : format.bulk
    return frame(sink(answer), held, bulk)
  }

  /** An event that cannot be cleaned passes as it is. */
  function safely(clean: (event: string) => string): (event: string) => string {
    return (event) => {
      try {
        return clean(event)
      } catch (error) {
        report(error)
        return event
      }
    }
  }

  function observer(answer: Answer, framing: Framing): Observer {
    return {
      asked() {
        askedMs = elapsed()
      },
      chunk(bytes) {
        if (ended) return
        waited()
        if (call.stream) call.stream.bytes += bytes.byteLength
        else if (format.media) call.time.firstChunkMs ??= elapsed() // sound is played as it comes
        framing.push(bytes)
        if (format.endsWithLast && call.stream && (done || call.error)) closed(answer)
      },
      end(outcome, error) {
        framing.end(outcome === 'closed')
        if (outcome === 'failed') return failed(error)
        if (outcome === 'cancelled' && answer.ok && !call.error) return abandon()
        closed(answer, outcome === 'closed' ? 'truncated' : 'abandoned')
      },
    }
  }

  function closed({ ok }: Answer, unfinished: Ended = 'truncated'): void {
    if (!ok || call.error) return end('error')
    end(done || isFinished(call) ? 'complete' : unfinished)
  }

  /** Between the first bytes and the last, in a stream: what a person who reads along sees as a stall. */
  function waited(): void {
    if (call.stream?.bytes && askedMs !== undefined) {
      const ms = toMicroseconds(elapsed() - askedMs)
      call.time.longestStallMs = Math.max(call.time.longestStallMs ?? 0, ms)
    }
    askedMs = undefined
  }

  function sink(answer: Answer): FramingSink {
    return {
      skips(text) {
        if (!call.stream || !isTextSpent(call) || !isPieceOfText(text)) return false
        call.stream.events += 1
        return true
      },
      payload(payload) {
        if (call.stream) call.stream.events += 1
        call.time.firstChunkMs ??= elapsed()
        if (!answer.ok || isFailure(payload)) readFailure(payload, answer)
        if (answer.ok && format.reply(call, payload) === 'done') done = true
        if (call.time.firstTextMs === undefined && hasText()) call.time.firstTextMs = elapsed()
      },
      undecodable() {
        if (call.stream) call.stream.undecodable += 1
        else if (answer.ok) call.error = { type: 'undecodable', message: NO_JSON, phase: 'decode' }
      },
      overflow() {
        call.capture.truncated = true
        done = true // nothing speaks against it, and its end was not seen
      },
      done() {
        done = true
      },
    }
  }

  function readFailure(payload: Json, { ok, status, errorType }: Answer): void {
    const { type = errorType ?? (ok ? '_OTHER' : String(status)), ...rest } = failure(payload)
    call.error = { type, ...rest, ...(ok ? { phase: 'stream' } : { phase: 'http', status }) }
    const delay = retryDelay(payload)
    if (delay !== undefined) call.http.retryAfterMs ??= delay
  }

  function hasText(): boolean {
    const parts = call.response.choices.flatMap((choice) => choice.message.parts)
    return parts.some((part) => part.type !== 'other')
  }

  function failed(error: unknown): void {
    if (signal?.aborted) return abandon()
    call.error = { ...errorRecord(error, mask), phase: call.http.status ? 'stream' : 'network' }
    end('error')
  }

  /** A client that stops at the end of the message, without waiting for the connection's, has it all. */
  function abandon(): void {
    end(done || isFinished(call) ? 'complete' : 'cancelled')
  }

  function end(how: Ended): void {
    if (ended) return
    ended = true
    signal?.removeEventListener('abort', abandon)
    const { status } = call.http
    if (how === 'error' && status) call.error ??= { type: String(status), phase: 'http', status }
    waited()
    if (clean && call.usage.source === 'provider') call.usage.source = 'injected'
    call.ended = how
    call.time.endMs = elapsed()
    closeReply(call)
    onEnd(call)
  }
}

/** The last event of a stream may repeat all of it, and has the counts: it is read, whatever is kept. */
const MIN_HELD = 1_048_576

const NO_JSON = 'The reply is no JSON.'
