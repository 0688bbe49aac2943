/**
 * Environment variables, where the runtime gives them to every module.
 *
 * @module
 */

import { globals } from './globals.ts'

/** The variable, or `undefined` where there is none, no environment, or no leave to read it (Deno). */
export function environment(name: string): string | undefined {
  try {
    return globals.process?.env?.[name] || undefined
  } catch {
    return undefined
  }
}
