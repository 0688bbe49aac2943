/**
 * Providers of the AI SDK: functions that make models, and have more of such functions as members.
 *
 * What a provider was made with is its own secret, so it is not copied: the wrapped one asks it for
 * each model and wraps that. What it makes beside models, and its other members, are left as they are.
 *
 * @module
 */

import { TraceError } from '../errors.ts'
import { isAnyObject } from '../json.ts'
import type { Means } from './copy.ts'
import { alias } from './wrap.ts'

type Maker = (...given: never[]) => unknown

/** Those that give wrapped models. */
const WRAPPED = new WeakSet<object>()

export function isWrappedProvider(client: unknown): boolean {
  return isProvider(client) && WRAPPED.has(client)
}

export function isProvider(client: unknown): client is Maker {
  return typeof client === 'function' && 'languageModel' in client
}

/** Models that cannot be wrapped are given as they are, and told of. */
export function copyOfProvider(provider: Maker, { wrap, tell }: Means): Maker {
  const makers = Object.entries(provider).filter(([, member]) => typeof member === 'function')
  const copy = Object.assign(
    wrapped(provider),
    Object.fromEntries(makers.map(([name, maker]) => [name, wrapped(maker)])),
  )
  WRAPPED.add(copy)
  return copy

  function wrapped<Made extends Maker>(maker: Made): Made {
    return alias(function (this: unknown, ...given: never[]): unknown {
      const made: unknown = Reflect.apply(maker, this, given)
      return isModel(made) ? wrappedModel(made) : made
    }, maker)
  }

  function wrappedModel(model: object): object {
    try {
      return wrap(model)
    } catch (error) {
      if (error instanceof TraceError) tell(error)
      return model
    }
  }
}

function isModel(made: unknown): made is object {
  return isAnyObject(made) && typeof made.modelId === 'string'
}
