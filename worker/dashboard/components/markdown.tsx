/**
 * Markdown as elements, from tokens and never from text that claims to be HTML.
 *
 * Nothing that was said goes missing: what has no form here (HTML, definitions, cells without a column)
 * stands as it was written. Headings are words in bold, for the headings of the page are the page's own.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { MarkedToken, Token, Tokens } from 'marked'
import { isIndented, known } from '../chat/markdown.ts'
import { plural } from '../units.ts'
import { Inline } from './markdown-inline.tsx'
import { Text } from './text.tsx'

/** Deeper is shown as it was written. */
const MAX_DEPTH = 24

interface MarkdownProps {
  tokens: readonly Token[]
  /** How many characters are shown before the rest is asked for, in whole blocks. */
  limit: number
}

export function Markdown({ tokens, limit }: MarkdownProps) {
  const blocks = known(tokens)
  const end = endOf(blocks, limit)
  const rest = blocks.slice(end)
  const left = rest.reduce((total, { raw }) => total + raw.length, 0)
  return (
    <div class="said markdown" dir="auto">
      <Blocks tokens={blocks.slice(0, end)} depth={0} />
      {rest.length > 0 && (
        <details>
          <summary class="more">{plural(left, 'more character')}</summary>
          <Blocks tokens={rest} depth={0} />
        </details>
      )}
    </div>
  )
}

/** At least one block, and more as long as they are within the limit. */
function endOf(blocks: readonly MarkedToken[], limit: number): number {
  let chars = 0
  const end = blocks.findIndex(({ raw }) => {
    chars += raw.length
    return chars > limit
  })
  return end < 0 ? blocks.length : Math.max(end, 1)
}

interface Inside {
  depth: number
}

function Blocks({ tokens, depth }: Inside & { tokens: readonly Token[] }) {
  return (
    <>
      {known(tokens).map((token) => (
        <BlockOf token={token} depth={depth} />
      ))}
    </>
  )
}

function BlockOf({ token, depth }: Inside & { token: MarkedToken }): Child {
  if (depth > MAX_DEPTH) return <AsWritten text={token.raw} />
  switch (token.type) {
    case 'space':
      return <></>
    case 'hr':
      return <hr />
    case 'heading':
      return (
        <p class={`heading level-${Math.min(token.depth, 4)}`}>
          <Inline tokens={token.tokens} />
        </p>
      )
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens} />
        </p>
      )
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={token.tokens} depth={depth + 1} />
        </blockquote>
      )
    case 'code':
      return isIndented(token) || token.text === '' ? (
        <AsWritten text={token.raw} />
      ) : (
        <Code code={token} />
      )
    case 'list':
      return <List list={token} depth={depth + 1} />
    case 'table':
      return isWhole(token) ? <Table table={token} /> : <AsWritten text={token.raw} />
    case 'html':
    case 'def':
      return <AsWritten text={token.raw} />
  }
  // What a tight item of a list holds, as lines and not as paragraphs.
  return <Inline tokens={[token]} />
}

function AsWritten({ text }: { text: string }) {
  return (
    <p>
      <Text text={text.trimEnd()} />
    </p>
  )
}

function Code({ code: { lang, text } }: { code: Tokens.Code }) {
  return (
    <div class="fenced">
      {lang && (
        <p class="label">
          <Text text={lang} />
        </p>
      )}
      <pre>
        <Text text={text} />
      </pre>
    </div>
  )
}

function List({ list, depth }: Inside & { list: Tokens.List }) {
  const items = list.items.map((item) => (
    <li class={item.task ? 'task' : undefined}>
      <Blocks tokens={item.tokens} depth={depth} />
    </li>
  ))
  if (!list.ordered) return <ul>{items}</ul>
  return <ol start={list.start === '' || list.start === 1 ? undefined : list.start}>{items}</ol>
}

/** Cells beyond the columns are not in the table, and have to be seen all the same. */
function isWhole({ raw, header }: Tokens.Table): boolean {
  const bars = raw
    .replaceAll('\\|', '')
    .split('\n')
    .map(
      (line) =>
        line
          .trim()
          .replace(/^\||\|$/g, '')
          .split('|').length,
    )
  return Math.max(...bars) <= header.length
}

function Table({ table: { header, rows } }: { table: Tokens.Table }) {
  return (
    <div class="cells" role="group" aria-label="Table" tabindex={0}>
      <table>
        <thead>
          <tr>
            {header.map((cell) => (
              <th scope="col" class={sideOf(cell)}>
                <Inline tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td class={sideOf(cell)}>
                  <Inline tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function sideOf({ align }: Tokens.TableCell): string | undefined {
  return align === 'right' || align === 'center' ? align : undefined
}
