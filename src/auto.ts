/**
 * Traces a program that does not know of it: importing this replaces the global `fetch` by one that
 * records, set up by the environment (`CARROT_API_KEY`, `CARROT_BASE_URL`).
 *
 * It has to come before the program, whose clients may keep the `fetch` that they find:
 *
 * ```sh
 * node --import carrot-trace/auto program.js
 * bun --preload carrot-trace/auto program.ts
 * deno run --preload npm:carrot-trace/auto program.ts
 * ```
 *
 * @module
 */

import { patchFetch } from './lib/tracer/global.ts'

patchFetch()
