/**
 * The traced `fetch`: calls to model APIs are recorded, everything else passes straight through.
 *
 * Recording happens beside the request, and nothing of it throws into the application.
 *
 * @module
 */

import { askedOnce } from '../capture/request.ts'
import { NOT_RECORDED } from './call.ts'
import { takeCarrier } from './carrier.ts'
import type { Context } from './context.ts'
import type { Fetch } from './options.ts'
import { withTrace } from './outgoing.ts'
import { recorded } from './patch.ts'
import type { CallDefaults } from './span-options.ts'
import type { Core } from './span.ts'
import { watching } from './watch.ts'

/**
 * @param parent Asked at each call, unless the call carries its own.
 * @param real What requests are sent with.
 */
export function traceFetch(
  core: Core,
  parent: () => Context | undefined,
  real: Fetch,
  defaults: CallDefaults,
): Fetch {
  const watch = watching(core, parent, defaults, attempt)

  return function fetch(...given) {
    const [input, init] = attempt(() => askedOnce(given)) ?? given
    const sent = attempt(() => takeCarrier(input, init)) ?? { input, init }
    const watched = attempt(() => watch(sent))
    const asked = watched?.init ? { ...sent, init: watched.init } : sent
    const from = () => watched?.context() ?? sent.context ?? parent()
    const out = attempt(() => withTrace(asked, from, core.settings.propagateTo)) ?? asked
    if (!watched) return isNothing(given) ? real(...given) : real(out.input, out.init)
    const failed = (error: unknown): never => {
      attempt(() => watched.failed(error))
      throw error
    }
    try {
      return real(out.input, recorded(real, out.init)).then(
        (native) => attempt(() => watched.response(native)) ?? native,
        failed,
      )
    } catch (error) {
      return failed(error) // workerd of old dates throws what it should reject with
    }
  }

  function attempt<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      core.report('capture_failed', NOT_RECORDED, error)
      return undefined
    }
  }
}

/** A call without arguments is not one with `undefined`. */
function isNothing(given: readonly unknown[]): boolean {
  return given.length === 0
}
