/**
 * The model APIs' stand-ins, on a port that tests ask for with `inject('apis')`.
 *
 * @module
 */

import type { TestProject } from 'vitest/node'
import { serveApis } from './apis/server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    apis: string
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveApis()
  project.provide('apis', server.url)
  return server.close
}
