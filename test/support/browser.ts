/**
 * Chromium from the npm packages alone: no download, and no library of the machine it runs on.
 *
 * @see https://github.com/Sparticuz/chromium
 * @module
 */

import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromiumPackage, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

/** Started with the browser's own defences on, which the package's flags would turn off. */
const ARGUMENTS = ['--no-sandbox', '--font-render-hinting=none', '--disable-dev-shm-usage']

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await chromiumPackage.executablePath()
  await provideLibraries()
  return chromium.launch({ executablePath, args: ARGUMENTS, headless: true })
}

/** The package carries the libraries that a bare machine lacks, but unpacks them only on Lambda. */
async function provideLibraries(): Promise<void> {
  const libraries = join(tmpdir(), 'al2023', 'lib')
  if (!existsSync(libraries)) {
    const archive = import.meta
      .resolve('@sparticuz/chromium')
      .replace(/build\/.*$/, 'bin/al2023.tar.br')
    await inflate(fileURLToPath(archive))
  }
  setupLambdaEnvironment(libraries)
}
