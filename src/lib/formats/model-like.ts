/**
 * Whether a POST looks like a call to a model, where no format reads it: what would otherwise be missed
 * in silence.
 *
 * @module
 */

import { fields, isObject, items, string, type Json } from '../json.ts'
import { isKnownHost } from './provider.ts'
import { addressOf, remember } from './remember.ts'

/** Where providers take what is no call: files, jobs, sessions, accounts. */
const FOLDERS = [
  'files|uploads?|batch|batches|datasets|vector_stores|libraries|corpora|connectors|containers|blobs',
  'fine[-_]?tun\\w+|tunedModels|trainings|[\\w-]*jobs|evals|operations|cachedContents|cancel',
  'conversations|sessions|threads|agents|assistants|skills|realtime|live|guardrail|search',
  'organizations?|auth|oauth|login|keys|check-api-key|tokens?|credits|webhooks',
  '(?:de)?tokenize[\\w-]*|show|pull|push|copy|delete',
].join('|')
const ASIDE = new RegExp(`/(?:${FOLDERS})(?:/|$)`, 'i')

/** The last word of other such addresses: what is made or changed is no call. */
const END =
  /\/(?:models|endpoints|deployments|completions\/[^/]+)\/?$|(?::|%3A)(?:batch|cancel|compute)\w*$/i

/** Hosts that serve much else: what is about models is below these. */
const GENERAL = /^api\.cloudflare\.com$|\.azure\.com$|\.googleapis\.com$/
const ABOUT_MODELS = /\/(?:ai\/(?:run|v1)|openai|anthropic|publishers|endpoints|models)\//

/** What servers of models call their addresses. */
const LIKE =
  /\/(?:chat|complet\w*|messages|responses|generate\w*|embed\w*|rerank|predict\w*|invo\w*|infer\w*|converse\w*)\/?$/i

/** By the address: it is so, or it is if the body is; or it is not, whatever the body. */
export const modelLikeness: (url: URL) => 'sure' | 'maybe' | 'no' = remember(judge, addressOf)

function judge({ hostname, pathname }: URL): 'sure' | 'maybe' | 'no' {
  if (!isKnownHost(hostname)) return LIKE.test(pathname) ? 'maybe' : 'no'
  const isElsewhere = GENERAL.test(hostname) && !ABOUT_MODELS.test(pathname)
  return isElsewhere || ASIDE.test(pathname) || END.test(pathname) ? 'no' : 'sure'
}

/** @param body Where it was there to see. */
export function isModelLike(url: URL, body: Json | undefined): boolean {
  const likeness = modelLikeness(url)
  return likeness === 'sure' || (likeness === 'maybe' && isAsking(body))
}

/** Messages with roles, or a prompt with a model or with what models are told besides. */
function isAsking(body: Json | undefined): boolean {
  const { messages, model, prompt, inputs, input, parameters, ...rest } = fields(body)
  if (items(messages).some((one) => string(fields(one).role) !== undefined)) return true
  const asked = prompt ?? inputs ?? input
  if (typeof model === 'string') return asked !== undefined
  const isTuned = (rest.max_tokens ?? rest.n_predict ?? rest.temperature) !== undefined
  return typeof asked === 'string' && (isTuned || isObject(parameters))
}
