/**
 * Secrets, wherever a request may have some; all of them say that they are hidden.
 *
 * @module
 */

/** Each under a name, or in a shape, that is a secret. */
export const HEADERS = {
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
export const ANSWERED = { 'set-cookie': 'session=hidden', 'x-secret': 'hidden' }
export const KEYS = [
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

/** The address with a user, and secrets in its query. */
export const withUser = (url: string) =>
  `${url.replace('://', '://hidden:hidden@')}${url.includes('?') ? '&' : '?'}${QUERY}#hidden`

/** The request with secrets wherever there may be some. */
export function secretive(request: object): object {
  if (Array.isArray(request)) return request.map((one) => ({ ...one, headers: { a: 'hidden' } }))
  return { ...request, ...BODY, metadata: { note: `Use ${KEYS.join(', ')}` } }
}
