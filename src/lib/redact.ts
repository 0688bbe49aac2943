/**
 * Secrets: what must not enter a record, whatever it rides in.
 *
 * Headers and query parameters are taken by an allow list. Text is searched for the shapes of known
 * keys, because providers repeat keys in error messages and users paste them into prompts.
 *
 * @module
 */

export const REDACTED = '[redacted]'

/**
 * OpenAI, Anthropic, Groq, xAI, Google, Hugging Face, Replicate, Perplexity, GitHub, Slack, AWS,
 * Google OAuth, JWT; and whatever follows the word Bearer.
 */
const KEYS =
  /\b(?:sk|rk|pk)-[\w-]{16,}|\b(?:gsk|xai|hf|r8|pplx|gh[opsu]|github_pat|xox[abprs])[-_][\w-]{10,}|\bAIza[\w-]{30,}|\b(?:AKIA|ASIA)[A-Z\d]{16}|\bya29\.[\w-]+|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|\bBearer\s+[\w.~+/-]{8,}=*/g

/** The text with every known key shape replaced. */
export function mask(text: string): string {
  return text.replace(KEYS, REDACTED)
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
    .map(([name, value]) => `${name}=${HARMLESS_QUERY.has(name) ? value : REDACTED}`)
    .join('&')
  return url.origin + mask(url.pathname) + (query && `?${query}`)
}
