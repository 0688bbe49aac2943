/**
 * Which version of the package this is: put here by `scripts/command.ts`.
 *
 * @module
 */

declare const CARROT_VERSION: string

export const VERSION: string = CARROT_VERSION
