/**
 * The words within a block of Markdown: emphasis, code, links, and what pictures there would be.
 *
 * A link leads where its reader sees that it leads: the host stands beside words that could say another,
 * and the whole address is its title. What leads elsewhere than to the web or to mail is text, and no
 * picture is loaded: its address may be anyone's.
 *
 * @module
 */

import type { Child } from 'hono/jsx'
import type { MarkedToken, Token, Tokens } from 'marked'
import { known } from '../chat/markdown.ts'
import { Text } from './text.tsx'

const PROTOCOLS = ['http:', 'https:', 'mailto:']

/** Longer than browsers and servers take. */
const MAX_ADDRESS_CHARS = 2000

/** Of a picture: it may be all of the picture. */
const SHOWN_ADDRESS_CHARS = 200

/** Emphasis in emphasis; deeper is shown as it was written. */
const MAX_DEPTH = 12

interface InlineProps {
  tokens: readonly Token[]
  depth?: number
}

export function Inline({ tokens, depth = 0 }: InlineProps) {
  return (
    <>
      {known(tokens).map((token) => (
        <One token={token} depth={depth} />
      ))}
    </>
  )
}

function One({ token, depth }: { token: MarkedToken; depth: number }): Child {
  if (depth > MAX_DEPTH) return <Text text={token.raw} />
  const inside = 'tokens' in token ? <Inline tokens={token.tokens ?? []} depth={depth + 1} /> : ''
  switch (token.type) {
    case 'strong':
      return <strong>{inside}</strong>
    case 'em':
      return <em>{inside}</em>
    case 'del':
      return <del>{inside}</del>
    case 'codespan':
      return (
        <code>
          <Text text={token.text} />
        </code>
      )
    case 'br':
      return <br />
    case 'checkbox':
      return <Box on={token.checked} />
    case 'image':
      return <Picture image={token} />
    case 'link':
      return <LinkOf link={token} depth={depth + 1} />
    case 'escape':
      return <Text text={token.text} />
    case 'text':
      return token.tokens ? <>{inside}</> : <Text text={token.text} />
  }
  return <Text text={token.raw} />
}

function LinkOf({ link, depth }: { link: Tokens.Link; depth: number }) {
  const url = addressOf(link.href)
  if (!url) return <Text text={link.raw} />
  const says = link.autolink === true || [url.href, link.href].includes(link.text)
  return (
    <>
      <a href={url.href} rel="noreferrer noopener" title={url.href}>
        {link.autolink ? <Text text={link.text} /> : <Inline tokens={link.tokens} depth={depth} />}
      </a>
      {(!says || link.title) && (
        <small class="to">
          {' ('}
          <Text text={[url.host || url.pathname, link.title].filter(Boolean).join(', ')} />)
        </small>
      )}
    </>
  )
}

function addressOf(href: string): URL | undefined {
  if (href.length > MAX_ADDRESS_CHARS || !URL.canParse(href)) return undefined
  const url = new URL(href)
  return PROTOCOLS.includes(url.protocol) ? url : undefined
}

function Picture({ image: { href, text, title } }: { image: Tokens.Image }) {
  const address =
    href.length > SHOWN_ADDRESS_CHARS ? `${href.slice(0, SHOWN_ADDRESS_CHARS)}…` : href
  return (
    <span class="picture">
      image: <Text text={[text, title].filter(Boolean).join(', ')} /> (
      <code>
        <Text text={address} />
      </code>
      )
    </span>
  )
}

function Box({ on }: { on: boolean }) {
  return (
    <span class="box" role="img" aria-label={on ? 'done' : 'to do'}>
      {on && (
        <svg class="mark" aria-hidden="true">
          <use href="#m-success" />
        </svg>
      )}
    </span>
  )
}
