/**
 * What the application said of its own, under whatever name a convention gives it.
 *
 * @module
 */

import { isObject } from '../../src/lib/json.ts'
import type { Attributes } from './attributes.ts'
import { fromText } from './content.ts'

export const METADATA = 'carrot.metadata.'

/** An object, as such or as JSON, or a member each under the name and a dot. */
export function sayMembers(attributes: Attributes, name: string): void {
  const whole = fromText(attributes.look(name))
  if (isObject(whole)) {
    attributes.take(name)
    for (const [key, value] of Object.entries(whole)) attributes.say(METADATA + key, value)
  }
  for (const [key, value] of attributes.under(`${name}.`)) {
    attributes.say(METADATA + key, fromText(value))
  }
}
