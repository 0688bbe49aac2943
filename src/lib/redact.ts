/**
 * Secrets: what must not enter a record, whatever it rides in.
 *
 * Headers and query parameters are taken by an allow list. Text is searched for the shapes of known
 * keys, because providers repeat keys in error messages and users paste them into prompts.
 *
 * @module
 */

import { isAnyObject } from './json.ts'

export const REDACTED = '[redacted]'

/** What all but two of the shapes have in them; a text without it is searched for those two alone. */
const SUSPECT = /[-_./][\w-]{10}|AIza|A[KS]IA|Bearer/

/**
 * OpenAI, Anthropic, Groq, xAI, Google, Hugging Face, Replicate, Perplexity, NVIDIA, GitHub, GitLab,
 * npm, Slack, Stripe, SendGrid, AWS, Google OAuth, JWT; and whatever follows the word Bearer.
 */
const KEYS =
  /\b(?:(?:sk|rk|pk)-[\w-]{16,}|(?:gsk|xai|pplx|nvapi|gh[opsu]|github_pat|glpat|[rs]k_live|whsec|xapp|xox[abeprs])[-_][\w-]{10,}|(?:hf|r8|npm)_[a-zA-Z\d]{10,}|AIza[\w-]{30,}|A[KS]IA[A-Z\d]{16}|ya29\.[\w-]+|SG\.[\w-]{16,}\.[\w-]+|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|Bearer\s+[\w.~+/-]{8,}=*|hooks\.slack\.com\/services\/[\w/]+)/g

/** In JSON as well, where a line ends in the two characters `\n`. */
const PRIVATE_KEYS =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^"\\]|\\[^"]){0,16384}?(?:-----END [A-Z ]+-----|(?=\\?"|$))/g

const QUOTE = `\\\\{0,7}["']?`
const MARKS = [
  `(:\\/\\/[^\\s/:@"'\\\\]{0,100}:)[^\\s/@"'\\\\]{1,200}(?=@)`,
  `([Cc]ookie${QUOTE}\\s?[:=]\\s?${QUOTE})[\\w.-]+=[^"'\\\\\\n]+`,
  `((?:uthorization${QUOTE}\\s?[:=]\\s?${QUOTE}(?:Basic|Token)\\s|[?&;][\\w.-]{0,40}(?:[Kk]ey|[Tt]oken|[Ss]ig|[Ss]ecret|[Pp]assword)=|(?:_(?:KEY|SECRET|TOKEN|PASSWORD)|[Ss]ignature)=${QUOTE}|[-_][Kk]ey${QUOTE}:\\s?${QUOTE}(?=[^\\s"'\\\\]{0,40}\\d)))[^\\s"'\\\\&#<>]{6,}`,
]
/** What has no shape is known by what stands before it: in addresses, headers, variables. */
const MARKED = new RegExp(MARKS.join('|'), 'g')
/** What is shorter holds no secret. */
const MIN_SECRET = 12

/** The text with every known key shape replaced. */
export function mask(text: string): string {
  if (text.length < MIN_SECRET) return text
  let safe = SUSPECT.test(text) ? text.replace(KEYS, REDACTED) : text
  if (safe.includes('PRIVATE KEY')) safe = safe.replace(PRIVATE_KEYS, REDACTED)
  if (!hasMark(safe)) return safe
  return safe.replace(
    MARKED,
    (_all, user = '', cookie = '', other = '') => user + cookie + other + REDACTED,
  )
}

/** Whether one of the marks may be there: to look for these is much cheaper. */
function hasMark(text: string): boolean {
  if (text.includes('=') || text.includes('@')) return true
  return text.includes(':') && (text.includes('uthorization') || /[-_][Kk]ey/.test(text))
}

/** Nobody says anything as deep as this. */
const MAX_DEPTH = 200
/** A text that is worth remembering: what was said stands in a record twice. */
const LONG = 1_000

/** The same value with every text in it masked; what has no secret is not copied. */
export function masked<Value>(value: Value): Value {
  let long = ''
  let safe = ''
  return walk(value, 0) as Value // text for text

  function walk(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return value.length > LONG ? remembered(value) : mask(value)
    if (!isAnyObject(value)) return value
    if (depth === MAX_DEPTH) return '[deeper]'
    let copy: object | undefined
    for (const name of Object.keys(value)) {
      const member = value[name]
      const shown = walk(member, depth + 1)
      if (shown === member) continue
      copy ??= Array.isArray(value) ? [...value] : { ...value }
      Reflect.set(copy, name, shown)
    }
    return copy ?? value
  }

  function remembered(text: string): string {
    if (text !== long) {
      long = text
      safe = mask(text)
    }
    return safe
  }
}

const SECRETS =
  'authorization|api[-_]?key|cookie|password|secret|credentials?|(?:access|auth|refresh|security|id|authorization)[-_]?token|private[-_]?key'

/** Names under which objects keep secrets; what stands there is never recorded. */
export const SECRET_NAME: RegExp = new RegExp(`^(?:.*[-_])?(?:${SECRETS})$`, 'i')

const SECRET_MEMBER = new RegExp(
  `(["_-](?:${SECRETS})"\\s*:\\s*")(?:[^"\\\\]|\\\\.){1,65536}"`,
  'gi',
)

const MEMBER = '"([^"\\\\]{1,200})"\\s*:\\s*(?:"(?:[^"\\\\]|\\\\.){0,65536}"|[\\w.+-]+)'

/** Headers that a request hands on, flat as they are. What says a `type` is the schema of some. */
const HEADERS = new RegExp(
  `"(?:[a-z]+_)?headers"\\s*:\\s*\\{\\s*(?:${MEMBER}\\s*(?:,\\s*)?){1,100}\\}`,
  'g',
)
const HEADER = new RegExp(MEMBER, 'g')
const HARMLESS_HEADER = /^(?:accept|content-type|user-agent|type|.*(?:version|beta))$/i

/**
 * Likewise JSON, the text that stands in it under such a name, and the headers in it: a request hands on
 * keys to its tools, and to who answers behind a gateway.
 */
export function maskJson(text: string): string {
  return mask(text)
    .replace(SECRET_MEMBER, `$1${REDACTED}"`)
    .replace(HEADERS, (headers) =>
      /"type"\s*:/.test(headers)
        ? headers
        : headers.replace(HEADER, (header, name: string) =>
            HARMLESS_HEADER.test(name) ? header : `"${name}":"${REDACTED}"`,
          ),
    )
}

/** Query parameters that say which API is meant, and no more. */
const HARMLESS_QUERY = new Set(['api-version', 'alt', 'beta', 'stream'])

/** The address without user info and fragment, and with harmless query parameters alone. */
export function safeUrl(url: URL): string {
  const query = [...url.searchParams]
    .map(([name, value]) => `${mask(name)}=${HARMLESS_QUERY.has(name) ? mask(value) : REDACTED}`)
    .join('&')
  return url.origin + mask(url.pathname) + (query && `?${query}`)
}
