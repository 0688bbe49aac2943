/**
 * ClickHouse's HTTP interface on the engine as a library, for tests: `node server.mjs FOLDER PORT PASSWORD`.
 *
 * Statements in the address or as a field of a form, parameters, settings, data as the body, errors
 * with their code: what the adapter uses and no more. Statements run one after another.
 *
 * @see https://clickhouse.com/docs/interfaces/http
 */

import { createServer } from 'node:http'
import { Session } from 'chdb'

const [, , folder, port, password] = process.argv
const session = new Session(folder)
const settings = new Map()
let last = Promise.resolve()

createServer(async (request, response) => {
  try {
    const { query, fields, data } = await read(request)
    if (request.headers['x-clickhouse-key'] !== password) {
      return answer(response, 'Code: 516. DB::Exception: Authentication failed')
    }
    const result = last.then(() => run(query, fields, data))
    last = result.catch(() => {})
    answer(response, undefined, await result)
  } catch (error) {
    answer(response, error.message)
  }
}).listen(Number(port), '127.0.0.1', function listening() {
  console.log(this.address().port)
})

async function read(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const address = new URL(request.url, 'http://localhost')
  const type = request.headers['content-type'] ?? ''
  const isForm = type.startsWith('multipart/form-data')
  const form = isForm
    ? await new Response(body, { headers: { 'content-type': type } }).formData()
    : []
  const fields = new Map([...address.searchParams, ...form])
  return { query: fields.get('query') ?? '', fields, data: isForm ? '' : body.toString() }
}

async function run(query, fields, data) {
  const parameters = {}
  for (const [name, value] of fields) {
    if (name.startsWith('param_')) parameters[name.slice('param_'.length)] = unescape(value)
    else if (!ASIDE.has(name)) await set(name, value)
  }
  const database = fields.get('database')
  if (database) await session.queryAsync(`USE \`${database}\``)
  const text = data === '' ? query : `${query}\n${data}`
  const result =
    Object.keys(parameters).length > 0
      ? await session.queryBindAsync(text, parameters)
      : await session.queryAsync(text)
  return Buffer.from(result.bytes())
}

/** Of the interface and not of the engine. */
const ASIDE = new Set(['query', 'database', 'wait_end_of_query'])

/** As in tab-separated values. */
function unescape(value) {
  const signs = { t: '\t', n: '\n', r: '\r' }
  return value.replace(/\\(.)/g, (_, sign) => signs[sign] ?? sign)
}

async function set(name, value) {
  if (settings.get(name) === value) return
  await session.queryAsync(`SET ${name} = '${value}'`)
  settings.set(name, value)
}

function answer(response, failure, body = '') {
  const [, code] = /Code: (\d+)/.exec(failure ?? '') ?? []
  const status = code === '516' ? 403 : 500
  if (failure === undefined) response.writeHead(200).end(body)
  else response.writeHead(status, { 'x-clickhouse-exception-code': code ?? '1002' }).end(failure)
}
