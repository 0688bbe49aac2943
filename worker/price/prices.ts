/**
 * Which prices these are. When it changes, costs that are stored are computed again.
 *
 * @module
 */

/** The version of the library that has them; a test compares it with what is installed. */
export const PRICES = '@pydantic/genai-prices 0.1.8'
