/**
 * ClickHouse over its HTTP interface: a statement, the values of its parameters, and rows as JSON.
 *
 * A value never stands in a statement's text. What a statement says is refused by error code and name
 * alone, because ClickHouse repeats data in its messages. Nothing is tried again here: whoever sends
 * records does.
 *
 * @see https://clickhouse.com/docs/interfaces/http
 * @module
 */

export interface ConnectionOptions {
  /** Of the HTTP interface, such as `https://clickhouse.example:8443`. */
  url: string
  /** `carrot` unless told. */
  database?: string
  user?: string
  password?: string
  fetch?: typeof fetch
  /** No statement is waited for longer. 10 seconds unless told. */
  timeoutMs?: number
  /** Of ClickHouse, for every statement. They count before those that the store gives. */
  settings?: Readonly<Record<string, string | number>>
}

/** A list is given as JSON: `listOf` reads it. */
export type Parameters = Readonly<Record<string, string | number | readonly unknown[]>>

export interface Connection {
  database: string
  /** The rows of a question. `R` names the columns that its text selects. */
  ask<R>(text: string, parameters?: Parameters): Promise<R[]>
  /** Resolves when the rows are durable. Columns without a value have their default. */
  insert(table: string, rows: readonly object[]): Promise<void>
  /** A change that the engine makes by itself. */
  run(text: string, parameters?: Parameters): Promise<void>
  /** A change of the database itself, which may not be there yet. */
  define(text: string): Promise<void>
}

const TIMEOUT_MS = 10_000

const SETTINGS = {
  // Many small inserts become one part; each is answered when that is written.
  async_insert: 1,
  wait_for_async_insert: 1,
  // A failure in the midst of an answer is one, and no short answer.
  wait_end_of_query: 1,
  output_format_json_quote_64bit_integers: 0,
  lightweight_deletes_sync: 2,
}

/** What a parameter of this name and type holds: a list. */
export function listOf(name: string, type = 'String'): string {
  return `JSONExtract({${name}:String}, 'Array(${type})')`
}

export function connect(options: ConnectionOptions): Connection {
  const { url, database = 'carrot', user = 'default', password = '' } = options
  const { timeoutMs = TIMEOUT_MS, settings = {} } = options
  if (!/^\w{1,64}$/.test(database)) {
    throw new TypeError('the name of the database may have letters, digits and _ alone')
  }
  const send = options.fetch ?? fetch
  const limit = Math.ceil(timeoutMs / 1000)
  const common = { ...SETTINGS, max_execution_time: limit, ...settings }

  async function post(fields: Record<string, string | number>, body: BodyInit): Promise<string> {
    const address = new URL(url)
    for (const [name, value] of Object.entries({ ...common, ...fields })) {
      address.searchParams.set(name, String(value))
    }
    const response = await send(address, {
      method: 'POST',
      headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password },
      body,
      // A redirect would take the password along.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    if (response.status !== 200) throw new Error(failureOf(response, text))
    return text
  }

  return {
    database,
    async ask<R>(text: string, parameters: Parameters = {}): Promise<R[]> {
      const answer = await post({ database }, formOf(`${text} FORMAT JSONEachRow`, parameters))
      const lines = answer.split('\n')
      return lines.filter((line) => line !== '').map((line): R => JSON.parse(line))
    },
    async insert(table, rows) {
      const data = rows.map((row) => JSON.stringify(row)).join('\n')
      if (data !== '')
        await post({ database, query: `INSERT INTO ${table} FORMAT JSONEachRow` }, data)
    },
    async run(text, parameters) {
      await post({ database }, formOf(text, parameters))
    },
    async define(text) {
      await post(text.startsWith('CREATE DATABASE') ? {} : { database }, formOf(text))
    },
  }
}

/** A form has room for what an address has not. */
function formOf(text: string, parameters: Parameters = {}): FormData {
  const form = new FormData()
  form.set('query', text)
  for (const [name, value] of Object.entries(parameters)) {
    form.set(`param_${name}`, escape(typeof value === 'object' ? JSON.stringify(value) : value))
  }
  return form
}

/** As in tab-separated values. */
function escape(value: string | number): string {
  const signs: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
  return String(value).replace(/[\\\t\n\r]/g, (sign) => signs[sign] ?? sign)
}

/** Without the message: it may repeat what was captured. */
function failureOf(response: Response, text: string): string {
  const code = response.headers.get('x-clickhouse-exception-code')
  const [, name] = /\(([A-Z_]{3,60})\)/.exec(text) ?? []
  return `ClickHouse answered ${response.status}${code ? `, error ${code}` : ''}${name ? ` ${name}` : ''}`
}
