import { cassette, record, replay } from 'carrot-trace/testing'
import { describe, expect, it } from 'vitest'
import { answering, ask, CHAT, failureOf, post } from './support.ts'

/** Of no account. Put together here, so that nobody's scanner takes them for real ones. */
const SECRETS = [
  ['OpenAI', 'sk-', 'proj-0123456789abcdefGHIJ'],
  ['Anthropic', 'sk-', 'ant-api03-0123456789abcdef'],
  ['Groq', 'gsk', '_0123456789abcdefghij'],
  ['xAI', 'xai', '-0123456789abcdefghij'],
  ['Hugging Face', 'hf', '_0123456789abcdefghij'],
  ['Replicate', 'r8', '_0123456789abcdefghij'],
  ['Perplexity', 'pplx', '-0123456789abcdefghij'],
  ['GitHub', 'ghp', '_0123456789abcdefghij'],
  ['GitHub, fine-grained', 'github', '_pat_0123456789abcdefghij'],
  ['Slack', 'xoxb', '-0123456789-abcdefghij'],
  ['Google', 'AIza', 'SyA0123456789abcdefghijklmnopqrst'],
  ['AWS', 'AKIA', '0123456789ABCDEF'],
  ['Google OAuth', 'ya29', '.0123456789abcdefghij'],
  ['a JWT', 'eyJ', 'hbGciOiJIUzI1.eyJzdWIiOiIxMjM0.0123456789abcdef'],
] as const

type Exchange = (secret: string, tape: ReturnType<typeof cassette>) => Promise<unknown>

async function exchange(
  tape: ReturnType<typeof cassette>,
  fetch: Parameters<typeof record>[0],
  url = CHAT,
  init = post(ask('one')),
): Promise<unknown> {
  return (await record(fetch, tape)(url, init)).text()
}

const PLACES: [place: string, put: Exchange][] = [
  [
    'in the path',
    (secret, tape) => exchange(tape, answering(['x']), `https://a.test/${secret}/v1`),
  ],
  ['in the query', (secret, tape) => exchange(tape, answering(['x']), `${CHAT}?key=${secret}`)],
  [
    'in the name of the user',
    (secret, tape) => exchange(tape, answering(['x']), `https://me:${secret}@a.test/`),
  ],
  [
    'in headers of the request',
    (secret, tape) => {
      const names = ['authorization', 'x-api-key', 'cookie', 'accept', 'anthropic-beta']
      const headers = Object.fromEntries(names.map((name) => [name, secret]))
      return exchange(tape, answering(['x']), CHAT, { method: 'POST', headers, body: '{}' })
    },
  ],
  [
    'in a prompt',
    (secret, tape) => exchange(tape, answering(['x']), CHAT, post(ask(`Use ${secret}.`))),
  ],
  [
    'in a body of text',
    (secret, tape) => exchange(tape, answering(['x']), CHAT, post(`key: ${secret}`)),
  ],
  [
    'in headers of the answer',
    (secret, tape) => {
      const headers = { 'set-cookie': secret, 'x-request-id': secret, 'x-other': secret }
      return exchange(tape, answering(['x'], { headers }))
    },
  ],
  ['in an answer', (secret, tape) => exchange(tape, answering([`data: "${secret}"\n\n`]))],
  [
    'in the error of a lost connection',
    (secret, tape) => {
      const cause = new Error(`refused ${secret}`)
      const fails = () => Promise.reject(new TypeError(`fetch failed for ${secret}`, { cause }))
      return failureOf(exchange(tape, fails))
    },
  ],
]

describe.each(SECRETS)('a cassette with a key of %s', (_, head, tail) => {
  const secret = head + tail
  const parts = new RegExp([secret, tail.slice(-8)].join('|').replaceAll('.', '\\.'))

  it.each(PLACES)('has nothing of it: %s', async (_, put) => {
    const tape = cassette()
    await put(secret, tape)
    expect(tape.recordings).toHaveLength(1)
    expect(String(tape)).not.toMatch(parts)
  })

  it('has nothing of it wherever an answer is cut', async () => {
    for (let at = 1; at < secret.length; at += 1) {
      const tape = cassette()
      const chunks = ['data: a\n\n', `data: "${secret.slice(0, at)}`, `${secret.slice(at)}"\n\n`]
      await exchange(tape, answering(chunks))
      expect(String(tape)).not.toMatch(parts)
    }
  })

  it('says nothing of it in an error', async () => {
    const tape = cassette()
    await exchange(tape, answering(['x']))
    const asked = replay(tape)(`${CHAT}?key=${secret}`, post(ask(`Use ${secret}.`)))
    expect(String(await failureOf(asked))).toContain('[redacted]')
    expect(String(await failureOf(asked))).not.toMatch(parts)
  })
})
