/**
 * Pictures, sound and files in a request: by their type and size, in place of their base64.
 *
 * They are looked for in the text of the body, before anything else is done with it: nothing is decoded,
 * and what is left is short.
 *
 * @module
 */

import { bytesOf } from './bulk.ts'

/** What is recorded of them: a reference, all of it, or not even that. */
export type MediaLevel = (typeof MEDIA_LEVELS)[number]

export const MEDIA_LEVELS = ['reference', 'inline', 'drop'] as const

/** In place of what is dropped. */
export const LEFT_OUT = '[left out]'

/** A text of JSON that is base64 and nothing else; the address before it says its type. */
const BASE64 = /"(?:(data:[^",\\]{0,200};base64,)([\w+/-]+)|([\w+/-]{64,}))={0,2}"/g

/** Under these, or in a list under these, stands a file where no address says that it is one. */
const NAMED =
  /"(data|bytes|bytesBase64Encoded|b64_json|file_data|images|(image|image_url|mask|audio|video))"\s*:\s*(?:\[\s*)?$/
const NAME_CHARS = 40
/** Under the others a shorter one may be a name. */
const SURE_CHARS = 256

/** A file as a list of its bytes, as Workers AI takes them. */
const LISTED = /("(?:image|audio|mask)"\s*:\s*)\[[\d\s,]{512,}\]/g

/** The JSON without them; in the place of each stands `[16384 bytes, 7d1c03e8]`. */
export function withoutMedia(text: string, level: MediaLevel): string {
  if (level === 'inline') return text
  const reference = (bytes: number, of: string) =>
    level === 'drop' ? LEFT_OUT : `[${bytes} bytes, ${checksum(of)}]`
  let end = -1 // of the last that was found: a list goes on behind it

  return text
    .replace(BASE64, (found, address = '', told = '', bare = '', at: number) => {
      const goesOn = end >= 0 && /^\s*,\s*$/.test(text.slice(end, Math.min(at, end + NAME_CHARS)))
      const [, name, other] = NAMED.exec(text.slice(Math.max(0, at - NAME_CHARS), at)) ?? []
      const isNamed = other ? bare.length >= SURE_CHARS : name !== undefined
      if (!address && !goesOn && !isNamed) return found
      end = at + found.length
      const base64: string = told || bare
      return `"${address}${reference(bytesOf(base64), base64)}"`
    })
    .replace(LISTED, (list, name: string) => `${name}"${reference(list.split(',').length, list)}"`)
}

/** How many bytes a reference stands for; none where it is none. */
export function bytesReferred(text: string): number | undefined {
  const [, bytes] = /\[(\d+) bytes, [\da-f]{8}\]$/.exec(text) ?? []
  return bytes === undefined ? undefined : Number(bytes)
}

/** FNV-1a of some of it: tells one file from another of the same size, at a cost that has a limit. */
function checksum(text: string): string {
  const step = Math.ceil(text.length / SAMPLES)
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += step)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

const SAMPLES = 4096
