/**
 * Whether a request is a call, told from its address and its body, and what is to be done beside it.
 *
 * @module
 */

import { addressed, changed, isBoundToBody, look, type Target } from '../capture/request.ts'
import type { Sent } from './carrier.ts'
import type { Context } from './context.ts'
import { detect, type Detected, type WireFormat } from '../formats/format.ts'
import { parse, type Json } from '../json.ts'
import { withoutMedia, type MediaLevel } from '../media.ts'
import { maskJson } from '../redact.ts'
import { recordCall, type Body, type Call, type RecordedCall } from './call.ts'
import type { CallDefaults } from './span-options.ts'
import type { Core } from './span.ts'
import { countUnread } from './unread.ts'

/** What happens beside one request. */
export interface Watch extends Pick<RecordedCall, 'response' | 'failed' | 'context'> {
  /** What to send with, where that is not what the application gave. */
  init?: RequestInit
}

/** @param attempt Does what may fail, and tells of it. */
export function watching(
  core: Core,
  parent: () => Context | undefined,
  defaults: CallDefaults,
  attempt: (work: () => void) => void,
): (sent: Sent) => Watch | undefined {
  return function watch({ input, init, context: carried }) {
    const { disabled, maxBytes, media } = core.settings // of the tracer that is in force by now
    if (disabled) return undefined
    const { method, url } = addressed(input, init) ?? {}
    if (method !== 'POST' || !url) return undefined
    const formats = detect(core.formats, url)
    if (!formats) {
      countUnread(core, url, init?.body)
      return undefined
    }
    const target = look(url, input, init, maxBytes)
    const untold = { core, format: formats[0], target, context: carried ?? parent(), defaults }
    if ('unseen' in target.body) return recordCall(untold)
    if ('later' in target.body) return seenLater(untold, formats, target.body.later)
    const found = readBody(formats, target.body.text, media)
    if (!found) {
      countUnread(core, url, target.body.text)
      return undefined
    }
    const { format, body } = found
    const call = { ...untold, format }
    const asking = askForUsage(format, target, init, body.json)
    if (asking === undefined) return recordCall(call, body)
    const recorded = recordCall({ ...call, clean: format.streamUsage?.withoutAnswer }, body)
    return { ...recorded, init: changed(init ?? {}, { body: asking }) }
  }

  /** The body is read while the request is on its way, and should have been by the time of the answer. */
  function seenLater(call: Call, formats: Detected, later: Promise<string | undefined>): Watch {
    let recorded: RecordedCall | undefined
    let refused = false
    void later.then((text) => {
      const found = text === undefined ? undefined : readBody(formats, text, core.settings.media)
      refused = text !== undefined && !found
      if (refused) attempt(() => countUnread(core, call.target.url, text))
      if (!found) return
      attempt(() => {
        if (recorded) recorded.body(found.body)
        else recorded = recordCall({ ...call, format: found.format }, found.body)
      })
    })
    const settled = () => (recorded ??= refused ? undefined : recordCall(call))
    return {
      context: () => recorded?.context(),
      response: (native) => settled()?.response(native) ?? native,
      failed: (error) => settled()?.failed(error),
    }
  }

  /** The body that asks for the usage of its stream as well, where that is wanted and can be done unseen. */
  function askForUsage(
    { streamUsage }: WireFormat,
    target: Target,
    init: RequestInit | undefined,
    json: Json,
  ): string | undefined {
    if (core.settings.streamUsage === 'off' || typeof init?.body !== 'string') return undefined
    return isBoundToBody(target)
      ? undefined
      : streamUsage?.ask(target.url.hostname, init.body, json)
  }
}

/** The body without secrets, and whose it is; none if it is of no format, and the request so no call. */
function readBody(
  formats: Detected,
  sent: string,
  media: MediaLevel,
): { format: WireFormat; body: Body } | undefined {
  const text = withoutMedia(sent, media)
  const json = parse(maskJson(text))
  if (json === undefined) return undefined
  const format = formats.find((each) => each.accepts(json))
  return format && { format, body: { json, chars: text.length } }
}
