/**
 * A call as code that makes it again: for a shell, with `fetch`, and with the provider's own client.
 *
 * A key was never recorded: the code names the variable that has it. The body is the one that was sent,
 * but for what was hidden of it.
 *
 * @module
 */

import { isObject, type JsonObject } from '../../../src/lib/json.ts'
import type { SpanDetail } from '../../store/store.ts'
import { readCall } from './call.ts'
import { jsonText } from '../json-text.ts'

export interface Code {
  language: string
  text: string
}

/** A longer body is a file, not something to paste. */
export const MAX_CODE_CHARS = 100_000

interface Request {
  url: URL
  method: string
  headers: [name: string, value: string][]
  body: JsonObject
  format: string
}

/** None where the request is not known in full, or is no JSON that was sent by HTTP. */
export function codeOf(span: SpanDetail): Code[] {
  const { http, truncated, unseen, format = '' } = readCall(span)
  const { url = '', method = 'POST' } = http
  const { input } = span
  if (truncated || unseen !== undefined || !isObject(input) || !URL.canParse(url)) return []
  if (!/^https?:/.test(url) || !/^[A-Z]{3,7}$/.test(method)) return []
  if ((jsonText(input) ?? '').length > MAX_CODE_CHARS || jsonText(input) === undefined) return []
  const headers = headersOf(format)
  const request = { url: new URL(url), method, headers, body: input, format }
  return [
    { language: 'curl', text: curl(request) },
    { language: 'fetch', text: fetchCode(request) },
    ...client(request),
  ]
}

function headersOf(format: string): Request['headers'] {
  const json: [string, string] = ['content-type', 'application/json']
  if (format.startsWith('anthropic.')) {
    return [json, ['x-api-key', '$ANTHROPIC_API_KEY'], ['anthropic-version', '2023-06-01']]
  }
  if (format.startsWith('google.')) return [json, ['x-goog-api-key', '$GEMINI_API_KEY']]
  return [json, ['authorization', `Bearer $${keyName(format)}`]]
}

function keyName(format: string): string {
  const [provider = ''] = format.split('.')
  return /^[a-z]{2,20}$/.test(provider) ? `${provider.toUpperCase()}_API_KEY` : 'API_KEY'
}

/** Characters that act on a terminal or an editor are written as JSON's escapes. */
function json(value: JsonObject): string {
  return (jsonText(value, 2) ?? '').replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Within single quotes a shell reads nothing but the quote. */
function shell(text: string): string {
  return `'${text.replaceAll(`'`, `'\\''`)}'`
}

function curl({ url, method, headers, body }: Request): string {
  const lines = headers.map(([name, value]) =>
    // In double quotes, for the shell to put the key in.
    value.includes('$') ? `-H "${name}: ${value}"` : `-H ${shell(`${name}: ${value}`)}`,
  )
  return [
    `curl -X ${method} ${shell(url.href)}`,
    ...lines,
    `--data-binary ${shell(json(body))}`,
  ].join(' \\\n  ')
}

function fetchCode({ url, method, headers, body }: Request): string {
  const fields = headers.map(([name, value]) => {
    const text = value.replace(/\$(\w+)/, '${process.env.$1}')
    return `    '${name}': ${value.includes('$') ? `\`${text}\`` : `'${value}'`},`
  })
  return `const response = await fetch(${JSON.stringify(url.href)}, {
  method: '${method}',
  headers: {
${fields.join('\n')}
  },
  body: JSON.stringify(${indented(json(body), 2)}),
})
console.log(await response.text())`
}

const CALLS: Record<string, { path: string; call: string }> = {
  'openai.chat': { path: '/chat/completions', call: 'chat.completions.create' },
  'openai.responses': { path: '/responses', call: 'responses.create' },
  'openai.embeddings': { path: '/embeddings', call: 'embeddings.create' },
  'openai.completions': { path: '/completions', call: 'completions.create' },
  'openai.moderations': { path: '/moderations', call: 'moderations.create' },
  'anthropic.messages': { path: '/v1/messages', call: 'messages.create' },
}

const HOMES: Record<string, string> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
}

function client({ url, body, format }: Request): Code[] {
  const known = Object.hasOwn(CALLS, format) ? CALLS[format] : undefined
  if (!known || url.search !== '' || !url.pathname.endsWith(known.path)) return []
  const base = `${url.origin}${url.pathname.slice(0, -known.path.length)}`
  const isOpenai = format.startsWith('openai.')
  const [name, from] = isOpenai ? ['OpenAI', 'openai'] : ['Anthropic', '@anthropic-ai/sdk']
  const home = HOMES[isOpenai ? 'openai' : 'anthropic']
  const options = base === home ? '' : `{ baseURL: ${JSON.stringify(base)} }`
  return [
    {
      language: from,
      text: `import ${name} from '${from}'

const client = new ${name}(${options}) // its key is in ${isOpenai ? 'OPENAI' : 'ANTHROPIC'}_API_KEY
const reply = await client.${known.call}(${json(body)})
console.log(reply)`,
    },
  ]
}

function indented(text: string, by: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`)
}
