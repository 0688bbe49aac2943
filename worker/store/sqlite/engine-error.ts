/**
 * What an SQLite engine says when it cannot go on, as a refusal that every host knows.
 *
 * Told by the words that SQLite itself has for its result codes: the engines agree on nothing else. The
 * messages are for whoever runs the host; they name no file and quote nothing.
 *
 * @see https://www.sqlite.org/rescode.html
 * @module
 */

import { StoreError, type StoreErrorCode } from '../errors.ts'

const REFUSALS: readonly [words: RegExp, code: StoreErrorCode, message: string][] = [
  [
    /database or disk is full|exceeded maximum db size/i,
    'full',
    'the database or its disk is full: make room, or shorten the retention of projects',
  ],
  [
    /database (?:\w+ )?is locked/i,
    'locked',
    'another program holds the database: it is tried again; close what has it open',
  ],
  [
    /attempt to write a readonly database/i,
    'read_only',
    'the database can be read only: let this program write to the file and to its folder',
  ],
  [
    /file is not a database|database disk image is malformed/i,
    'damaged',
    'the file is no SQLite database, or is damaged: put a backup in its place',
  ],
  [
    /unable to open database file|disk i\/o error/i,
    'unavailable',
    'the file of the database cannot be opened, read or written: look at its folder and its disk',
  ],
]

/** The refusal that an error of an engine stands for; any other error as it is. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error
  const found = REFUSALS.find(([words]) => words.test(error.message))
  return found ? new StoreError(found[1], found[2], { cause: error }) : error
}
