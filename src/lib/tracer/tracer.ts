/**
 * A tracer: options, queue, context and formats put together.
 *
 * @module
 */

import { ambient } from './context.ts'
import type { Copy } from './copy.ts'
import { TraceError } from '../errors.ts'
import { batch } from '../export/batch.ts'
import { collector } from '../export/collector.ts'
import type { Exporter } from '../export/exporter.ts'
import type { Receipt } from '../export/send.ts'
import type { WireFormat } from '../formats/format.ts'
import { createSampling } from './sampling.ts'
import { createScope } from './create-scope.ts'
import type { Fetch, TracerOptions } from './options.ts'
import { settle, type Settings } from './settings.ts'
import { findWaitUntil } from '../runtime/keep-alive.ts'
import { preparing } from './prepare.ts'
import { createRetries } from './retries.ts'
import { spanOf, type Scope, type Span } from './scope.ts'
import type { Core } from './span.ts'
import { untraced } from './wrap.ts'

export interface Tracer extends Scope {
  /** The span that the running code is in, where the runtime carries context. */
  currentSpan(): Span | undefined
  /** Sends what has been recorded, and says what became of it. Waits `limits.flushTimeout` at most. */
  flush(): Promise<Receipt>
  /** Flushes for the last time. */
  shutdown(): Promise<Receipt>
}

/** What a tracer knows by itself. */
export interface BuiltIn {
  /** Beside those of the options. */
  formats: readonly WireFormat[]
  copy: Copy
}

export function assemble(options: TracerOptions, builtIn: BuiltIn): { core: Core; tracer: Tracer } {
  const settings = settle(options, warner())
  const send: Fetch = (...sent) => untraced(settings.fetch ?? globalThis.fetch)(...sent)
  const { waitUntil } = settings
  const context = ambient(settings.context, tell)
  const exporters = settings.exporters ?? toCollector(settings, send, report)
  const core: Core = {
    settings,
    exporters,
    formats: [...settings.formats, ...builtIn.formats],
    batch: batch(
      exporters,
      settings.limits,
      waitUntil === 'auto' ? findWaitUntil : () => waitUntil,
      tell,
    ),
    ambient: context,
    retries: createRetries(),
    unread: new Map(),
    send,
    copy: builtIn.copy,
    sampling: createSampling(settings.sampleRate, settings.keep, (cause) =>
      report('sampling_failed', NOT_DECIDED, cause),
    ),
    prepare: preparing(settings.redact, (cause) => report('redaction_failed', NOT_REDACTED, cause)),
    report,
  }
  const scope = createScope(core, context.get)
  const { close: shutdown } = core.batch
  const flush = () => core.batch.flush(context.get()?.hold)
  return {
    core,
    tracer: Object.assign(scope, { currentSpan: () => spanOf(context.get()), flush, shutdown }),
  }

  function report(code: TraceError['code'], message: string, cause?: unknown): void {
    tell(new TraceError(code, message, { cause }))
  }

  /** The application's own handler may fail as well. */
  function tell(error: TraceError): void {
    try {
      settings.onError(error)
    } catch {
      // There is nobody left to tell.
    }
  }
}

const NOT_DECIDED = 'The rule "keep" failed: its trace is kept.'
const NOT_REDACTED = 'A rule of "redact" failed: its record is kept without what was said in it.'

function toCollector(
  { apiKey, baseUrl, disabled, fetch: own }: Settings,
  fetch: Fetch,
  report: Core['report'],
): readonly Exporter[] {
  if (apiKey) {
    const { request, ...exporter } = collector({ baseUrl, apiKey, fetch })
    // A fetch of the application's own may know ways that no other thread does.
    return [request && !own ? { ...exporter, request } : exporter]
  }
  if (!disabled)
    report('no_api_key', 'Nothing is sent without a key: pass apiKey or set CARROT_API_KEY.')
  return []
}

/** One warning of each kind: a collector that is down must not fill the application's log. */
function warner(): (error: TraceError) => void {
  const told = new Set<string>()
  return ({ code, message }) => {
    if (told.has(code)) return
    told.add(code)
    // oxlint-disable-next-line no-console -- the last resort of who gave no `onError`
    console.warn(`carrot-trace: ${message}`)
  }
}
