import { describe, expect, it } from 'vitest'
import { mask, maskJson, safeUrl, SECRET_NAME } from '../../src/lib/redact.ts'

describe('mask', () => {
  it.each([
    'sk-proj-abcdefghijklmnop',
    'sk-ant-api03-abcdefghijklmnop',
    'gsk_abcdefghijklmnop',
    'xai-abcdefghijklmnop',
    'hf_abcdefghijklmnop',
    'AIzaSyA-abcdefghijklmnopqrstuvwxyz01234',
    'AKIAIOSFODNN7EXAMPLE',
    'ghp_abcdefghijklmnop',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
    'Bearer abcdefgh12345678',
  ])('hides %s', (secret) => {
    expect(mask(`before "${secret}" after`)).toBe('before "[redacted]" after')
  })

  it.each([
    'a desk-top and a risk-free task-list',
    'sk-learn',
    'hf_x',
    'from huggingface_hub import hf_hub_download',
    'npm_config_registry=https://registry.test',
    'Bearer bonds',
    'Basic authentication is simple',
    'authorization: who may do what',
    'a cookie: flour, sugar, butter',
    'http://localhost:8787/v1/traces and https://[::1]:8080',
    'https://a.test/list?sort=created_at&page=12345678',
    'a primary-key: whatever it is',
    'user@host.test',
    '-----BEGIN PUBLIC KEY-----',
  ])('leaves %s', (text) => {
    expect(mask(text)).toBe(text)
  })

  it('hides a private key that breaks off, and nothing after the text that it stands in', () => {
    const text = { key: '-----BEGIN PRIVATE KEY-----\nMIIEow\\"', model: 'm' }
    expect(JSON.parse(mask(JSON.stringify(text)))).toEqual({
      key: expect.stringMatching(/^\[redacted\]/),
      model: 'm',
    })
  })
})

describe('maskJson', () => {
  const parsed = (value: object, indent: number) =>
    JSON.parse(maskJson(JSON.stringify(value, null, indent)))

  it.each([0, 2])('hides texts under the names of secrets, at an indent of %i', (indent) => {
    const tool = { type: 'mcp', server_url: 'https://mcp.test', authorization: 'ghx"\\"secret' }
    const headers = {
      Authorization: 'Basic c2VjcmV0',
      'X-Api-Key': 'k',
      accept: 'json',
      'X-Custom': 'a "quoted} word',
      'X-Number': 7,
      'X-Long': 'x'.repeat(60_000),
      'anthropic-version': '2023-06-01',
    }
    const server = { name: 'a', authorization_token: 't', extra_headers: { 'X-A': 'b' }, headers }
    expect(parsed({ tools: [tool], mcp_servers: [server], model: 'm' }, indent)).toEqual({
      tools: [{ ...tool, authorization: '[redacted]' }],
      mcp_servers: [
        {
          name: 'a',
          authorization_token: '[redacted]',
          extra_headers: { 'X-A': '[redacted]' },
          headers: {
            Authorization: '[redacted]',
            'X-Api-Key': '[redacted]',
            accept: 'json',
            'X-Custom': '[redacted]',
            'X-Number': '[redacted]',
            'X-Long': '[redacted]',
            'anthropic-version': '2023-06-01',
          },
        },
      ],
      model: 'm',
    })
  })

  it('hides an account that is a secret of thousands of characters', () => {
    const credentials = 'ewogICJ0'.repeat(1_000)
    expect(parsed({ credentials, project: 'p' }, 0)).toEqual({
      credentials: '[redacted]',
      project: 'p',
    })
  })

  it.each([
    { properties: { password: { type: 'string', description: 'The password: "x"' } } },
    { required: ['password', 'cookie'], max_tokens: 5, 'input-cookie-jar': 'x' },
    { arguments: '{"password":"as the model said it"}' },
    { password: '', cookie: null, secret: 7 },
    { properties: { headers: { type: 'object', description: 'Those to send' } } },
    { headers: {}, columns: { headers: ['a', 'b'], other: { a: 'b' } } },
    { content: '{"headers":{"a":"b"}}' },
  ])('leaves %j', (value) => {
    expect(parsed(value, 0)).toEqual(value)
  })
})

describe('SECRET_NAME', () => {
  it.each([
    'Authorization',
    'x-api-key',
    'apiKey',
    'api_key',
    'x-goog-api-key',
    'Cookie',
    'set-cookie',
    'password',
    'access_token',
    'authorization_token',
    'client-secret',
  ])('knows %s', (name) => expect(SECRET_NAME.test(name)).toBe(true))
  it.each(['model', 'max_tokens', 'input_tokens', 'tokens', 'key', 'question'])(
    'leaves %s',
    (name) => {
      expect(SECRET_NAME.test(name)).toBe(false)
    },
  )
})

describe('safeUrl', () => {
  it('keeps what says which API is meant and hides the rest', () => {
    const url = new URL(
      'https://user:pw@host.test/v1/chat?api-version=2024-10-21&key=AIza&alt=sse#part',
    )
    expect(safeUrl(url)).toBe(
      'https://host.test/v1/chat?api-version=2024-10-21&key=[redacted]&alt=sse',
    )
  })
})
