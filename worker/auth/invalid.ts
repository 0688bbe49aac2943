/**
 * What was asked for and cannot be, in words for who asked. Never quotes what was sent.
 *
 * @module
 */

export class Invalid extends Error {
  override readonly name = 'Invalid'
}
