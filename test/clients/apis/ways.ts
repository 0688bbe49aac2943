/**
 * The ways in which a server answers, named by the second part of a path.
 *
 * `well` as it should; `stall-3` nothing after the third event, `cut-3` the connection gone after it,
 * `fail-3` a failure after it; `hang-1` the first request of a run never answered, `refuse-2` the first two refused for now.
 *
 * @module
 */

export type Way = 'well' | `${'stall' | 'cut' | 'fail' | 'hang' | 'refuse'}-${number}`

export interface Behaviour {
  stallAfter: number | undefined
  cutAfter: number | undefined
  failAfter: number | undefined
  /** For the nth request of a run, counted from 1. */
  hangs(nth: number): boolean
  refuses(nth: number): boolean
}

export function behaviour(way: string): Behaviour {
  const [kind = '', count = ''] = way.split('-')
  const limit = (of: string) => (kind === of ? Number(count) : undefined)
  return {
    stallAfter: limit('stall'),
    cutAfter: limit('cut'),
    failAfter: limit('fail'),
    hangs: (nth) => nth <= (limit('hang') ?? 0),
    refuses: (nth) => nth <= (limit('refuse') ?? 0),
  }
}
