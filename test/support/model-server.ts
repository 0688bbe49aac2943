/**
 * The model APIs' stand-in, on a port that tests ask for with `inject('baseUrl')`.
 *
 * @module
 */

import type { TestProject } from 'vitest/node'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { serveModelApis } from '../../examples/model-apis/serve.ts'
import { serveWire } from './wire-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The stand-in for the model APIs. */
    baseUrl: string
    /** The server of every way. */
    wireUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveModelApis(AT_ONCE)
  const wire = await serveWire()
  project.provide('baseUrl', server.url)
  project.provide('wireUrl', wire.url)
  return async () => {
    await Promise.all([server.close(), wire.close()])
  }
}
