/**
 * What to write in place of `wrap`, for a client that cannot be copied.
 *
 * @module
 */

const FETCH = '{ fetch: carrot.fetch }'

/** What it is made with instead, by a member that it is known by. */
const OPTIONS = {
  apiClient: `{ httpOptions: ${FETCH} }`, // @google/genai
  clientConfig: `{ configuration: ${FETCH} }`, // LangChain's OpenAI
  clientOptions: `{ clientOptions: ${FETCH} }`, // LangChain's Anthropic
  _baseURL: '{ httpClient: new HTTPClient({ fetcher: carrot.fetch }) }', // Mistral
  accessToken: `token, ${FETCH}`, // Hugging Face
}

/** Likewise, of those that take no `fetch` where they are made. */
const ADVICE = {
  modelId: `give its provider one, createOpenAI(${FETCH}).`,
  languageModel: 'wrap its providers.',
  queue: `make it with one, createFalClient(${FETCH}).`,
  middlewareStack: 'give it a FetchHttpHandler and call carrot.patchFetch().', // AWS
  getGenerativeModel: 'call carrot.patchFetch().', // Google, before @google/genai
}

export function instead(client: object): string {
  const { name: own } = Object(client.constructor)
  const name = !own || own === 'Object' ? 'Client' : own
  const advice = of(ADVICE) ?? `make it with one, new ${name}(${of(OPTIONS) ?? FETCH}).`
  return `wrap() cannot give ${name} another fetch: ${advice}`

  function of(texts: object): string | undefined {
    return Object.entries(texts).find(([member]) => member in client)?.[1]
  }
}
