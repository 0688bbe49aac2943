/**
 * The conventions that are understood. Where a span speaks several, what the first of them says counts.
 *
 * @module
 */

import { CONTENT } from '../../src/lib/otlp/names.ts'
import { aiSdk } from './ai-sdk.ts'
import { fromText } from './content.ts'
import { rename, type Convention } from './convention.ts'
import { genAi } from './gen-ai.ts'
import { langfuse } from './langfuse.ts'
import { openinference } from './openinference.ts'
import type { Span } from './span.ts'
import { traceloop } from './traceloop.ts'

export const CONVENTIONS: readonly Convention[] = [aiSdk, openinference, langfuse, traceloop, genAi]

/** Has the span speak the standard's names. @returns The format of the first convention that it spoke. */
export function standardise(span: Span): string {
  // As our exporter writes it; what a convention says from here on is what it means.
  for (const name of [CONTENT.input, CONTENT.output]) span.attributes.reword(name, fromText)
  const spoken = CONVENTIONS.filter((convention) => convention.matches(span))
  for (const { names, read } of spoken) {
    rename(span.attributes, names)
    rename(span.resource, names)
    read?.(span)
  }
  return spoken[0]?.format ?? genAi.format
}
