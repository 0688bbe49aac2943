/**
 * The examples that run to their end, by name, and what runs each.
 *
 * @module
 */

type Command = readonly [program: string, ...args: string[]]

const DENO = ['deno', 'run', '--allow-all', '--no-lock', '--node-modules-dir=manual'] as const

export const PROGRAMS: Readonly<Record<string, Command>> = {
  'answer-question': ['node', 'examples/answer-question.ts'],
  batch: ['node', 'examples/batch.ts'],
  'ai-sdk-agent': ['node', 'examples/ai-sdk-agent.ts'],
  'langchain-chain': ['node', 'examples/langchain-chain.ts'],
  'hono-rag': ['node', 'examples/hono-rag.ts'],
  'bun-server': ['bun', 'run', 'examples/bun/server.ts'],
  'deno-script': [...DENO, 'examples/deno-script.ts'],
  'durable-agent': ['node', 'examples/durable-agent/ask.ts'],
  python: ['python3', 'examples/python/trace.py'],
  'python-otlp': ['python3', 'examples/python/otlp.py'],
  evals: ['vitest', 'run', '--config', 'examples/evals/vitest.config.ts'],
}
