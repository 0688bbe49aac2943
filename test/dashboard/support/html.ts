/**
 * What a page says to who reads it, without a browser.
 *
 * @module
 */

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The words on a page, in order, with single spaces. */
export function words(html: string): string {
  const body = html.replace(/<head>[^]*?<\/head>/, ' ').replace(/<symbol[^]*?<\/symbol>/g, ' ')
  const named = body.replace(/<svg[^>]* role="img" aria-label="([^"]*)">/g, ' $1 ')
  return decode(named.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

/** The values of an attribute, in order. */
export function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    decode(value),
  )
}

function decode(text: string): string {
  return text.replace(/&(\w+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
