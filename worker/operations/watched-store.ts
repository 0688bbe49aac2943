/**
 * The store, with the time that its answers take and its failures counted by question.
 *
 * @module
 */

import type { Store } from '../store/store.ts'
import type { Meter } from './meter.ts'

/** Whatever the port asks: all its methods give promises. */
export function watchedStore(store: Store, meter: Meter): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function' || typeof name !== 'string') return method
      return async (...parameters: unknown[]): Promise<unknown> => {
        const start = performance.now()
        try {
          return await Reflect.apply(method, target, parameters)
        } catch (error) {
          meter.add('carrot_store_errors_total', { operation: name })
          throw error
        } finally {
          meter.took('carrot_store_seconds', { operation: name }, secondsSince(start))
        }
      }
    },
  })
}

export function secondsSince(start: number): number {
  return Math.max(0, performance.now() - start) / 1000
}
