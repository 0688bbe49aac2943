/**
 * Programs of tests as applications have them: compiled into the bare project, where their imports
 * find the package as it was installed; and bundled from there, where there are no imports.
 *
 * @module
 */

import { join } from 'node:path'
import { build } from 'esbuild'

/** Lowers decorators and `using`, which not every runtime knows. */
const TARGET = 'es2022'

/** @returns The compiled program, which is in the project. */
export async function compile(entry: string, folder: string, name: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true, // the program's own files
    packages: 'external',
    format: 'esm',
    platform: 'neutral',
    target: TARGET,
    keepNames: true, // as wrangler does
    logLevel: 'error',
  })
  return outfile
}

/** The conditions by which packages choose their files. */
const CONDITIONS = {
  browser: ['browser'],
  workerd: ['workerd', 'worker', 'browser'], // as wrangler does
}

/** One file, of a compiled program and all that it imports. */
export async function bundle(
  program: string,
  runtime: keyof typeof CONDITIONS,
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [program],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: CONDITIONS[runtime],
    external: runtime === 'workerd' ? ['cloudflare:*', 'node:*'] : [],
    target: TARGET,
    keepNames: true,
    logLevel: 'error',
  })
  const [file] = outputFiles
  if (!file) throw new Error('The bundler gave no file.')
  return file.contents
}
