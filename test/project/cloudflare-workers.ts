/**
 * As much of the module of Workers as it takes for examples to be loaded on Node.
 *
 * @module
 */

export const env = { OPENAI_API_KEY: 'sk-stand-in' }

class Entrypoint {
  readonly ctx: unknown
  readonly env: unknown

  constructor(ctx: unknown, given: unknown) {
    this.ctx = ctx
    this.env = given
  }
}

export { Entrypoint as DurableObject, Entrypoint as WorkflowEntrypoint }
