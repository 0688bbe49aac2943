/**
 * Finds the texts of a conversation that are Markdown, and takes them apart.
 *
 * A text may be anyone's, and taking some apart costs the square of their length, or more memory than
 * there is. So what it would cost is estimated before it is done: what costs too much, is nested too deeply
 * or has nothing of Markdown in it is not among what is found, and is shown as it is.
 *
 * @module
 */

import { Lexer, type MarkedToken, type Token } from 'marked'
import type { Block, Turn } from './turns.ts'

/** What is not in it is text as it was written. */
export type Formatted = ReadonlyMap<Block, readonly Token[]>

/** A longer text is shown as it is. */
export const MAX_MARKDOWN_CHARS = 20_000

/** For one conversation, newest messages first. A unit takes up to 20 ns. */
export const MAX_WORK = 10_000_000

/** To look at a character once; to read it again for each few lines; to show an element. */
const SCAN_WORK = 5
const LINES_A_UNIT = 5
const ELEMENT_WORK = 100

/** A short row has as many cells as its table: a few characters can ask for millions. */
const MAX_CELLS = 10_000

/** Each level is read again for each one around it. */
const NESTED = /^[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+){8}|^[ \t]{24,}(?:[-*+]|\d{1,9}[.)])/m

const ACTING = /[^\p{L}\p{N}\s]/gu

export function readMarkdown(turns: readonly Turn[]): Formatted {
  const found = new Map<Block, readonly Token[]>()
  const budget = { left: MAX_WORK }
  const blocks = turns.flatMap(({ role, blocks }) => (isTool(role) ? [] : blocks))
  for (const block of blocks.toReversed()) {
    if (block.type !== 'text' && block.type !== 'reasoning') continue
    const tokens = tokensOf(block.text, budget)
    if (tokens && !tokens.every(isUnformatted)) found.set(block, tokens)
  }
  return found
}

/** What a tool gives back is data. */
function isTool(role: string): boolean {
  return role === 'tool' || role === 'function'
}

/** Tokens of the kinds that `marked` has by itself: no other is asked for. */
export function known(tokens: readonly Token[]): MarkedToken[] {
  return tokens.filter((token): token is MarkedToken => KINDS.has(token.type))
}

const KINDS = new Set(
  'blockquote br checkbox code codespan def del em escape heading hr html image link list list_item paragraph space strong table text'.split(
    ' ',
  ),
)

function tokensOf(text: string, budget: { left: number }): readonly Token[] | undefined {
  if (text.length > MAX_MARKDOWN_CHARS || !pay(budget, text.length * SCAN_WORK)) return undefined
  if (NESTED.test(text)) return undefined
  const lines = text.split('\n')
  const cells = lines.length * Math.max(...lines.map(columns))
  if (cells > MAX_CELLS) return undefined
  if (!pay(budget, (text.length * lines.length) / LINES_A_UNIT)) return undefined

  const lexer = new Lexer({ gfm: true })
  try {
    lexer.blockTokens(text.replace(/\r\n?/g, '\n'), lexer.tokens)
    for (const { src, tokens } of lexer.inlineQueue) {
      const acting = src.match(ACTING)?.length ?? 0
      if (!pay(budget, acting * src.length + ELEMENT_WORK)) return undefined
      lexer.inlineTokens(src, tokens)
    }
  } catch {
    return undefined
  }
  return lexer.tokens
}

function pay(budget: { left: number }, work: number): boolean {
  if (work > budget.left) return false
  budget.left -= work
  return true
}

/** Of the table that a line could be the second of; 0 of any other line. */
function columns(line: string): number {
  return /^[\s>|:-]+$/.test(line) ? line.split('|').length : 0
}

/** Whether it looks the same as text. */
function isUnformatted(token: Token): boolean {
  switch (token.type) {
    case 'code':
      return isIndented(token)
    case 'paragraph':
      return token.tokens?.every(isUnformatted) ?? true
    case 'br':
    case 'def':
    case 'escape':
    case 'html':
    case 'space':
    case 'text':
      return true
  }
  return false
}

/** Models fence their code: what is only indented is laid out by somebody. */
export function isIndented(token: Token): boolean {
  return token.type === 'code' && token.codeBlockStyle === 'indented'
}
