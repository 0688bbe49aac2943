/**
 * Node calls its SQLite experimental each time that it is loaded. Nobody who runs a command can do
 * anything about it; all other warnings stay.
 *
 * @module
 */

export function warnOfAllButSqlite(): void {
  const warn: (...given: Parameters<typeof process.emitWarning>) => void =
    process.emitWarning.bind(process)
  process.emitWarning = (...given: unknown[]) => {
    if (/SQLite is an experimental feature/.test(String(given[0]))) return
    warn(...(given as Parameters<typeof process.emitWarning>))
  }
}
