import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'
import { pairs } from './pairs.ts'
import { wholes } from './wholes.ts'

/** Each under a name, or in a shape, that is a secret; all of them say so. */
const HEADERS = {
  authorization: 'Bearer hidden-token-12345678',
  'proxy-authorization': 'Basic hidden',
  'api-key': 'hidden',
  'x-api-key': 'hidden',
  'x-goog-api-key': 'hidden',
  'xi-api-key': 'hidden',
  'ocp-apim-subscription-key': 'hidden',
  'cf-aig-authorization': 'Bearer hidden',
  'x-amz-security-token': 'hidden',
  'ai-gateway-auth': 'hidden',
  'x-portkey-api-key': 'hidden',
  'helicone-auth': 'Bearer hidden',
  'openai-organization': 'hidden',
  'x-goog-user-project': 'hidden',
}
const QUERY =
  'key=hidden&access_token=hidden&X-Amz-Signature=hidden&X-Amz-Security-Token=hidden&sig=hidden'
const BODY = {
  tools: [
    {
      type: 'mcp',
      server_url: 'https://mcp.test',
      authorization: 'hidden',
      headers: { 'x-team': 'hidden', Cookie: 'hidden' },
    },
  ],
  mcp_servers: [{ name: 's', authorization_token: 'hidden' }],
  extra_headers: { 'x-anything': 'hidden' },
  api_key: 'hidden',
  credentials: 'hidden',
  client_secret: 'hidden',
}
const ANSWERED = { 'set-cookie': 'session=hidden', 'x-secret': 'hidden' }
const KEYS = [
  'sk-proj-hiddenhiddenhidden',
  'gsk_hiddenhiddenhidden',
  'xai-hiddenhiddenhidden',
  'AIzaSyHiddenHiddenHiddenHiddenHidden123',
  'hf_hiddenhiddenhidden',
  'r8_hiddenhiddenhidden',
  'pplx-hiddenhiddenhidden',
  'AKIAHIDDENHIDDEN0001',
  'ya29.hiddenhidden',
]

const calls = new Map([...pairs, ...wholes].map((call) => [call.url.replace(/\?.*/, ''), call]))
const withUser = (url: string) =>
  `${url.replace('://', '://hidden:hidden@')}${url.includes('?') ? '&' : '?'}${QUERY}#hidden`

/** The request with secrets wherever there may be some. */
function secretive(request: object): object {
  if (Array.isArray(request)) return request.map((one) => ({ ...one, headers: { a: 'hidden' } }))
  return { ...request, ...BODY, metadata: { note: `Use ${KEYS.join(', ')}` } }
}

describe.each([...calls.values()])('a record of $url', ({ url, request, whole }) => {
  it.each([
    [200, whole],
    [401, { error: { message: `Wrong key: ${KEYS.join(' or ')}`, type: 'auth' } }],
  ])('has no secret in it where the answer is %i', async (status, body) => {
    const { record } = await replay({
      url: withUser(url),
      request: secretive(request),
      sent: HEADERS,
      reply: new TextEncoder().encode(JSON.stringify(body)),
      type: 'application/json',
      headers: ANSWERED,
      status,
    })
    expect(record.call?.http.status).toBe(status)
    expect(JSON.stringify(record)).not.toMatch(/hidden/i)
  })
})
