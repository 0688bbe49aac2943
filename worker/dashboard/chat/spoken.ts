/**
 * A turn as one text, the same for every format, for comparing.
 *
 * @module
 */

import type { Json } from '../../../src/lib/json.ts'
import { jsonText } from '../json-text.ts'
import type { Block, Media, Turn } from './turns.ts'

export interface Said {
  who: string
  text: string
}

/**
 * @param isExact As it was sent: with the ids by which results name their calls, which are others in
 *   every run, and with arguments as they were written.
 */
export function spoken({ role, name, blocks }: Turn, isExact = false): Said {
  const who = role === 'model' ? 'assistant' : role
  const texts = blocks.map((block) => blockText(block, isExact))
  return { who: name ? `${who} ${name}` : who, text: texts.join('\n\n') }
}

function blockText(block: Block, isExact: boolean): string {
  switch (block.type) {
    case 'text':
      return block.text
    case 'reasoning':
    case 'refusal':
      return `[${block.type}]\n${block.text}`
    case 'call':
      return `[calls ${named(block.name, isExact && block.id)}]\n${(isExact && block.sent) || written(block.arguments)}`
    case 'result': {
      const inner = block.blocks.map((one) => blockText(one, isExact)).join('\n')
      return `[${named(block.failed ? 'error' : 'result', isExact && block.of)}]\n${inner}`
    }
    case 'media':
      return mediaText(block)
    case 'other':
      return `[${block.name}]\n${written(block.content)}`
  }
}

function named(name: string, id: string | false | undefined): string {
  return id ? `${name} ${id}` : name
}

function mediaText({ what, format, bytes, address, caption }: Media): string {
  const size = bytes === undefined ? undefined : `${bytes} bytes`
  return `[${[what, format, size, address, caption].filter(Boolean).join(' ')}]`
}

export function written(value: Json, indent = 0): string {
  if (typeof value === 'string') return value
  return jsonText(value, indent) ?? '(nested too deeply to be written)'
}
