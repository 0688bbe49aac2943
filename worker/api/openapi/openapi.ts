/**
 * `GET /openapi.json`: the API as an OpenAPI document, for clients and for people.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 * @module
 */

import { Hono } from 'hono'
import type { ProjectEnv } from '../../auth/access.ts'
import { onlyBy } from '../methods.ts'
import { type Operation, operations } from './operations.ts'
import { type Schema, schemas } from './schemas.ts'

const PATH = '/openapi.json'

export function openapi(): Hono<ProjectEnv> {
  const app = new Hono<ProjectEnv>()
  app.get(PATH, (context) => context.json(openapiDocument()))
  app.all(PATH, onlyBy('GET', 'HEAD'))
  return app
}

export function openapiDocument() {
  const byPath = Map.groupBy(operations, ({ path }) => path)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Carrot Trace collector',
      version: '1',
      description: 'Traces of calls to language models: sending, reading, administration.',
    },
    paths: Object.fromEntries(
      [...byPath].map(([path, some]) => [
        path,
        Object.fromEntries(some.map((operation) => [operation.method, describe(operation)])),
      ]),
    ),
    components: {
      schemas,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key: `sk-…`' } },
    },
  }
}

function describe({ method, path, summary, scope, parameters = [], body, answers }: Operation) {
  return {
    operationId: [method, ...path.split(/[^a-z]+/).filter(Boolean)].join('_'),
    summary,
    ...(scope === undefined
      ? { security: [] }
      : { description: `Scope \`${scope}\`.`, security: [{ key: [] }] }),
    parameters: parameters.map((parameter) => ({
      ...parameter,
      required: parameter.in === 'path',
    })),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, response(Number(status), answer)]),
    ),
  }
}

function response(status: number, answer: Schema | string) {
  const description = status < 400 ? 'What was asked for' : 'What was wrong, and what to do'
  if (answer === '') return { description }
  if (typeof answer === 'string') return { description, content: { [answer]: {} } }
  const isProblem = answer.$ref === '#/components/schemas/Problem'
  const type = isProblem ? 'application/problem+json' : 'application/json'
  return { description, content: { [type]: { schema: answer } } }
}
