/**
 * Whether what is written to the console may be coloured.
 *
 * @see https://no-color.org/
 * @module
 */

import { environment } from './environment.ts'
import { globals } from './globals.ts'

export function mayColor(): boolean {
  if (environment('NO_COLOR')) return false
  return environment('FORCE_COLOR') !== undefined || globals.process?.stdout?.isTTY === true
}
