/**
 * How the command ends where it cannot do what was asked: a sentence for people, a code for programs.
 *
 * @module
 */

/** Exit codes. They are part of the interface; `docs/cli.md` has them. */
export const EXIT = {
  done: 0,
  /** It could not be done, or not all of it. */
  failed: 1,
  /** It was asked for wrongly. */
  usage: 2,
  /** The collector refuses the key, or asks for one. */
  refused: 3,
} as const

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exitCode: number

  constructor(message: string, exitCode: number = EXIT.failed, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}
