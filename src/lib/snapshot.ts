/**
 * Any value as JSON, bounded and readable.
 *
 * For what an application passes around: cycles, BigInt, Map, Error, class instances, huge strings,
 * requests, streams. It never throws, never waits, never consumes, and never keeps a reference.
 *
 * @module
 */

import { isAnyObject, type Json } from './json.ts'
import { mask, REDACTED, SECRET_NAME } from './redact.ts'

const MAX_DEPTH = 12
const MAX_ENTRIES = 1_000

/** Holds no reference to `value`. `undefined` and what JSON would leave out give `undefined`. */
export function snapshot(value: unknown, maxChars: number): Json | undefined {
  const seen = new Set<object>()
  let left = maxChars
  return render(value, 0)

  function render(value: unknown, depth: number): Json | undefined {
    try {
      return isAnyObject(value) ? enter(value, depth) : scalar(value)
    } catch {
      return '[unreadable]' // a getter, a proxy trap or a toJSON of the application's threw
    }
  }

  function scalar(value: unknown): Json | undefined {
    switch (typeof value) {
      case 'string':
        return clip(mask(value))
      case 'number':
        return Number.isFinite(value) ? value || 0 : String(value) // JSON has no -0
      case 'bigint':
        return String(value)
      case 'function':
        return isFunction(value) ? `[function ${value.name}]` : '[function]'
      case 'symbol':
        return String(value)
      case 'boolean':
        return value
      default:
        return value === null ? null : undefined
    }
  }

  function clip(text: string): string {
    if (text.length <= left) {
      left -= text.length
      return text
    }
    const kept = text.slice(0, left)
    left = 0
    return `${kept}… [${text.length - kept.length} more characters]`
  }

  function enter(value: object, depth: number): Json | undefined {
    if (seen.has(value)) return '[circular]'
    if (depth > MAX_DEPTH || left <= 0) return `[${nameOf(value)}]`
    seen.add(value)
    const result = object(value, depth + 1)
    seen.delete(value) // the same object twice, side by side, is no cycle
    return result
  }

  function object(value: object, depth: number): Json | undefined {
    if (Array.isArray(value)) return list(value, value.length, depth)
    if (value instanceof Set) return list(value, value.size, depth)
    if (value instanceof Map) return record(value, value.size, depth)
    if (value instanceof Error) return clip(mask(`${value.name}: ${value.message}`))
    if (value instanceof URL) return clip(mask(value.origin + value.pathname))
    if (value instanceof RegExp) return String(value)
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      return `[${nameOf(value)}, ${value.byteLength} bytes]`
    }
    if ('toJSON' in value && isFunction(value.toJSON)) {
      return render(value.toJSON(), depth) ?? null
    }
    if (isOpaque(value)) return `[${nameOf(value)}]`
    const entries = Object.entries(value)
    return record(entries, entries.length, depth)
  }

  function list(values: Iterable<unknown>, size: number, depth: number): Json {
    const result: Json[] = []
    for (const value of values) {
      if (result.length === MAX_ENTRIES || left <= 0) {
        result.push(`[${size - result.length} more]`)
        break
      }
      result.push(render(value, depth) ?? null)
    }
    return result
  }

  function record(
    entries: Iterable<readonly [unknown, unknown]>,
    size: number,
    depth: number,
  ): Json {
    const result: [string, Json][] = []
    for (const [key, value] of entries) {
      if (result.length === MAX_ENTRIES || left <= 0) {
        result.push(['…', `[${size - result.length} more]`])
        break
      }
      const name = clip(String(key))
      const json = SECRET_NAME.test(name) ? REDACTED : render(value, depth)
      if (json !== undefined) result.push([name, json])
    }
    return Object.fromEntries(result) // defines `__proto__` as a plain property
  }
}

function nameOf(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name
  return typeof name === 'string' && name ? name : 'object'
}

/** Not what a stub of something remote has under every name: to call that would be a request. */
function isFunction(value: unknown): value is () => unknown {
  return typeof value === 'function' && Object.prototype.toString.call(value).endsWith('Function]')
}

/** Platform objects (Request, Headers, streams, promises) keep their state out of sight. */
function isOpaque(value: object): boolean {
  return Object.prototype.toString.call(value) !== '[object Object]'
}
