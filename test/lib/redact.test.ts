import { describe, expect, it } from 'vitest'
import { mask, safeUrl, SECRET_NAME } from '../../src/lib/redact.ts'

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

  it.each(['a desk-top and a risk-free task-list', 'sk-learn', 'hf_x', 'Bearer bonds'])(
    'leaves %s',
    (text) => {
      expect(mask(text)).toBe(text)
    },
  )
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
