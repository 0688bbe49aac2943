/**
 * Events that bring a piece of text and nothing else, told from their text.
 *
 * When no more text is kept they need not be parsed: a stream can go on for hundreds of megabytes.
 * Quotes inside of a JSON string are escaped, so that no text can pass for a member's name.
 *
 * @module
 */

/** By the type that formats give such events; names and models are told in some of them alone. */
const TYPED = /"(?:type|event_type)":\s*"[\w.-]*delta"/
const TYPED_WORD = /"(?:usage\w*|error|stop_?reason|model|name)":\s*["[{]/i

/** By what is not said yet. */
const UNFINISHED = /"finish_reason":\s*null|"done":\s*false/
const WORD = /"(?:usage\w*|error|tool_calls|function_call|finish_reason)":\s*["[{]/

/** Whether there is nothing in it that is worth knowing however much has been said; null says nothing. */
export function isPieceOfText(event: string): boolean {
  return TYPED.test(event) ? !TYPED_WORD.test(event) : UNFINISHED.test(event) && !WORD.test(event)
}
