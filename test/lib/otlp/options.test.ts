import { langfuse, otlp, type OtlpOptions } from 'carrot-trace/otlp'
import { afterEach, describe, expect, it, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

/** Where it sends to, and with what. */
function endpoint(options?: OtlpOptions) {
  const { url = '', headers = {} } = otlp(options).request?.([]) ?? {}
  const { 'content-type': _always, ...own } = headers
  return { url, headers: own }
}

describe('the url of otlp', () => {
  it.each([
    ['http://localhost:4318', 'http://localhost:4318/v1/traces'],
    ['http://localhost:4318/', 'http://localhost:4318/v1/traces'],
    [
      'https://cloud.langfuse.com/api/public/otel',
      'https://cloud.langfuse.com/api/public/otel/v1/traces',
    ],
    ['https://otlp.example.com/v1/traces', 'https://otlp.example.com/v1/traces'],
    ['https://otlp.example.com/api/v0.2/traces', 'https://otlp.example.com/api/v0.2/traces'],
    ['https://otlp.example.com/otlp/?team=a', 'https://otlp.example.com/otlp/v1/traces?team=a'],
  ])('%s is %s', (url, whole) => {
    expect(endpoint({ url })).toEqual({ url: whole, headers: {} })
  })
})

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT'
const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'
const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS'

describe('otlp without a url', () => {
  it.each([
    ['takes this machine', {}, { url: 'http://localhost:4318/v1/traces', headers: {} }],
    [
      'takes the endpoint of all signals, and adds the path',
      { [ENDPOINT]: 'https://otel.test/base', [HEADERS]: 'x-api-key=a%20b, x-team = c=d,,bad' },
      { url: 'https://otel.test/base/v1/traces', headers: { 'x-api-key': 'a b', 'x-team': 'c=d' } },
    ],
    [
      'takes the endpoint of traces as it is',
      {
        [ENDPOINT]: 'https://otel.test',
        [TRACES]: 'https://otel.test/here',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=%',
        [HEADERS]: 'b=2',
      },
      { url: 'https://otel.test/here', headers: { a: '%' } },
    ],
  ])('%s', (_what, variables, expected) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    expect(endpoint()).toEqual(expected)
  })

  it('keeps the headers of the environment from another address', () => {
    vi.stubEnv(HEADERS, 'x-api-key=secret')
    expect(endpoint({ url: 'https://other.test' })).toEqual({
      url: 'https://other.test/v1/traces',
      headers: {},
    })
  })
})

const WRONG: [options: object, message: string][] = [
  [
    { uri: 'x' },
    'There is no option "uri" of otlp. The options are url, headers, profile, encoding, resource, fetch.',
  ],
  [
    { url: 'localhost:4318' },
    'The option "url" of otlp has to be an address such as http://localhost:4318; found string.',
  ],
  [
    { url: 4318 },
    'The option "url" of otlp has to be an address such as http://localhost:4318; found number.',
  ],
  [
    { profile: 'langfuse' },
    'The option "profile" of otlp has to be the value of that name, imported; found string.',
  ],
  [
    { encoding: 'protobuf' },
    'The option "encoding" of otlp has to be the value of that name, imported; found string.',
  ],
  [{ fetch: true }, 'The option "fetch" of otlp has to be a function; found boolean.'],
  [
    { headers: { 'x-key': 'sec\nret' } },
    'The option "headers" of otlp has to be names and values that headers can hold.',
  ],
]

describe('an option that is wrong', () => {
  it.each(WRONG)('is refused when it is set, with what to write: %j', (options, message) => {
    expect(() => otlp(options)).toThrow(
      expect.objectContaining({ code: 'invalid_option', message }),
    )
  })

  it.each([
    [{ publicKey: 'pk-lf-…', secretKey: 'sk' }, 'publicKey', 'what no header can hold'],
    [{ publicKey: 'pk', secretKey: undefined }, 'secretKey', 'undefined'],
  ])('is refused for Langfuse without being said: %j', (options, name, found) => {
    const message = `The option "${name}" has to be a key of a Langfuse project; found ${found}. Its settings show both.`
    expect(() => Reflect.apply(langfuse, undefined, [options])).toThrow(
      expect.objectContaining({ code: 'invalid_option', message }),
    )
  })
})
