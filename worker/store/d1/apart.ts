/**
 * The adapter's statements for tables of one project's own, in a database that all projects share.
 *
 * The adapter knows no projects: its tables are `span`, `trace` and so on. Here each of these names
 * becomes one of the project's, wherever a table or an index is named; what else is in a statement sees
 * the table under its old name (`FROM p1_span AS span`). A table that was missed does not exist, so that
 * a slip is an error and never another project's data.
 *
 * @module
 */

/** What stands before the name of a table that goes by its old name from there on. */
const READ = /\b(FROM|JOIN|INTO|UPDATE)\s+/
/** What stands before a name that has no other: of a table or an index that is made, removed or insisted on. */
const MADE =
  /\b(CREATE TABLE(?: IF NOT EXISTS)?|CREATE VIRTUAL TABLE|CREATE INDEX|DROP TABLE|DROP INDEX|INDEXED BY|ALTER TABLE|RENAME TO|(?<=CREATE INDEX \w+ )ON)\s+/

const NAME = /([a-z_][a-z_0-9]*)\b/
/** Tables that the engine has by itself, and tables that a statement makes up. */
const NOT_OURS = new Set(['json_each', 'family', 'set'])

const READ_NAME = new RegExp(`${READ.source}${NAME.source}(\\s+AS\\s+\\w+)?(?!\\s*\\.)`, 'g')
const MADE_NAME = new RegExp(`${MADE.source}${NAME.source}`, 'g')

/** @param prefix Letters, digits and underscores alone. */
export function apart(text: string, prefix: string): string {
  const named = (name: string) => `${prefix}${name}`
  return text
    .replace(MADE_NAME, (_, before: string, name: string) => `${before} ${named(name)}`)
    .replace(READ_NAME, (whole, before: string, name: string, alias: string | undefined) =>
      NOT_OURS.has(name) || name.startsWith(prefix)
        ? whole
        : `${before} ${named(name)}${alias ?? ` AS ${name}`}`,
    )
    .replace(/\bwords MATCH\b/g, `${named('words')} MATCH`) // a column that is called as the table is
}
