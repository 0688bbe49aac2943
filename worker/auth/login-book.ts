/**
 * What logins need of the directory: the secret that signs sessions, and the count of attempts.
 *
 * The attempts are counted here and not in memory, so that asking many isolates gives nobody more of
 * them. Wrong and right ones count alike until one is right.
 *
 * @module
 */

import type { Driver } from '../store/sqlite/driver.ts'

/** Of one address, and of all together: a password is guessed from many addresses too. */
export const ATTEMPTS = { window: 15 * 60, one: 10, all: 1000 } as const

export interface LoginBook {
  /** Random; made at the first question, and the same from then on. Part of what signs sessions. */
  sessionSecret(): Promise<string>
  /** With a new secret every session is over. */
  endSessions(): Promise<void>
  /** Counts an attempt to log in. 0: go on; else the seconds to wait. */
  attempt(source: string): Promise<number>
  /** Forgets the attempts of who is in now. */
  succeeded(source: string): Promise<void>
}

export function loginBook(run: Driver['run'], nowUs: () => number): LoginBook {
  return {
    async sessionSecret() {
      const [, [found] = []] = await run([
        [
          `INSERT INTO secret (name, value) VALUES ('session', ?) ON CONFLICT DO NOTHING`,
          newSecret(),
        ],
        [`SELECT value FROM secret WHERE name = 'session'`],
      ])
      if (typeof found?.value !== 'string') throw new Error('the directory keeps no secret')
      return found.value
    },

    async endSessions() {
      await run([
        [
          `INSERT INTO secret (name, value) VALUES ('session', ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
          newSecret(),
        ],
      ])
    },

    async attempt(source) {
      const now = nowUs()
      const since = now - ATTEMPTS.window * 1_000_000
      const [, ofAll, ofOne] = await run([
        [`DELETE FROM attempt WHERE since_us <= ? OR since_us > ?`, since, now],
        [
          `INSERT INTO attempt (source, since_us, count) VALUES ('*', ?, 1)
            ON CONFLICT (source) DO UPDATE SET count = min(count + 1, 1000000)
            RETURNING since_us, count`,
          now,
        ],
        [
          // Not past the limit of all: nobody fills the table with addresses.
          `INSERT INTO attempt (source, since_us, count) SELECT ?, ?, 1
            WHERE (SELECT count FROM attempt WHERE source = '*') <= ?
            ON CONFLICT (source) DO UPDATE SET count = min(count + 1, 1000000)
            RETURNING since_us, count`,
          source,
          now,
          ATTEMPTS.all,
        ],
      ])
      const waits = [
        { row: ofAll?.[0], limit: ATTEMPTS.all },
        { row: ofOne?.[0], limit: ATTEMPTS.one },
      ].map(({ row, limit }) =>
        row && Number(row.count) > limit ? (Number(row.since_us) - since) / 1_000_000 : 0,
      )
      return Math.ceil(Math.max(...waits))
    },

    async succeeded(source) {
      await run([[`DELETE FROM attempt WHERE source = ?`, source]])
    },
  }
}

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
