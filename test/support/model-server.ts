/**
 * The model APIs' stand-in, on a port that tests ask for with `inject('baseUrl')`.
 *
 * @module
 */

import type { TestProject } from 'vitest/node'
import { AT_ONCE } from '../../examples/model-apis/handler.ts'
import { serveModelApis } from '../../examples/model-apis/serve.ts'

declare module 'vitest' {
  interface ProvidedContext {
    baseUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveModelApis(AT_ONCE)
  project.provide('baseUrl', server.url)
  return () => server.close()
}
