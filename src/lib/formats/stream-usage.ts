/**
 * Asking for the usage of a stream that would carry none, unseen by the application.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create#chat_create-stream_options
 * @module
 */

import { fields, isObject, items, parse, type Json } from '../json.ts'
import { knownProvider } from './provider.ts'

export interface StreamUsage {
  /** The body with the question in it; none where it is asked already, or may not be asked. */
  ask(hostname: string, body: string, json: Json): string | undefined
  /** An event as it would have been without the question; empty where it would not have been at all. */
  withoutAnswer(event: string): string
}

/** Who takes the question, by documentation. Others refuse unknown options, or tell usage unasked. */
const ACCEPTING = new Set(['openai', 'deepseek', 'together', 'fireworks'])

export const openaiStreamUsage: StreamUsage = {
  ask(hostname, body, json) {
    const { stream, stream_options: options } = fields(json)
    if (stream !== true || !ACCEPTING.has(knownProvider(hostname) ?? '')) return undefined
    // Into the text, as it stands: to write it anew might change a number.
    if (options === undefined) {
      return body.replace(/\}\s*$/, ',"stream_options":{"include_usage":true}}')
    }
    const [before, after, ...more] = body.split(/(?<="stream_options"\s*:\s*\{)/)
    if (
      !isObject(options) ||
      'include_usage' in options ||
      after === undefined ||
      more.length > 0
    ) {
      return undefined
    }
    return `${before}"include_usage":true${/^\s*\}/.test(after) ? '' : ','}${after}`
  },

  withoutAnswer(event) {
    if (!event.includes('"usage"')) return event
    const { choices, usage } = fields(parse(/^data:(.*)$/m.exec(event)?.[1] ?? ''))
    if (Array.isArray(choices) && items(choices).length === 0 && isObject(usage)) return ''
    return event.replace(/,\s*"usage"\s*:\s*null(?=\s*[,}])/, '')
  },
}
