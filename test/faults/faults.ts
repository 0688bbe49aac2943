/**
 * The ways in which a collector misbehaves, each with its defined answer.
 *
 * @module
 */

import type { Fault } from './fault.ts'

const ALL_LOST = { dropped: 6 }
const ALL_TAKEN = { accepted: 6 }
const LOST = '6 records are lost after 2 attempts to send them: '
const NO_RECEIPT = ', but not the answer of a collector: check baseUrl or CARROT_BASE_URL'

export const FAULTS: readonly Fault[] = [
  { name: 'is well', answers: ['fine'], receipt: ALL_TAKEN, requests: [6] },
  {
    name: 'is down',
    instead: 'nobody',
    answers: [],
    receipt: ALL_LOST,
    told: [['export_failed', LOST]],
  },
  {
    name: 'is slow: it answers when `flush()` has come back',
    answers: ['waits'],
    limits: { flushTimeout: 300 },
    silent: 'for a while',
    receipt: ALL_TAKEN,
    requests: [6],
  },
  {
    name: 'never answers',
    answers: ['waits'],
    limits: { flushTimeout: 300 },
    silent: 'for ever',
    receipt: { pending: 6 },
  },
  {
    name: 'takes the connection, and never reads',
    instead: 'somebody who never reads',
    answers: [],
    limits: { flushTimeout: 300 },
    silent: 'for ever',
    receipt: { pending: 6 },
  },
  { name: 'answers 500 once', answers: ['500', 'fine'], receipt: ALL_TAKEN, requests: [6, 6] },
  {
    name: 'answers 500 for ever',
    answers: ['500'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}500 out of order`]],
    requests: [6, 6],
  },
  {
    name: 'answers 429 once, with `retry-after`',
    answers: ['429', 'fine'],
    receipt: ALL_TAKEN,
    requests: [6, 6],
  },
  {
    name: 'answers 503 once, with `retry-after` by a clock that is a day ahead',
    answers: ['503 until a time', 'fine'],
    receipt: ALL_TAKEN,
    requests: [6, 6],
  },
  {
    name: 'has a clock that is a day ahead',
    answers: ['fine, a day ahead'],
    receipt: ALL_TAKEN,
    requests: [6],
  },
  {
    name: 'does not know the key (401), and repeats it',
    answers: ['401'],
    receipt: { rejected: 6 },
    told: [
      [
        'record_rejected',
        '6 of 6 records were refused: 401 unknown key [redacted]. The collector does not know the key that begins with "ck_liv": check apiKey or CARROT_API_KEY.',
      ],
    ],
    requests: [6],
  },
  {
    name: 'takes four records at most (413)',
    answers: ['four at most'],
    receipt: ALL_TAKEN,
    requests: [6, 3, 3],
  },
  {
    name: 'takes no record, however small (413)',
    answers: ['none at all'],
    receipt: { rejected: 6 },
    told: [['record_rejected', '6 of 6 records were refused: 413 too large']],
    requests: [6, 3, 2, 1, 1, 1, 3, 2, 1, 1, 1],
  },
  {
    name: 'takes four at most, and those for ever later (503)',
    answers: ['four at most, later'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}503 later`]],
    requests: [6, 3, 3, 3, 3],
  },
  {
    name: 'refuses three of the records, for two reasons',
    answers: ['some refused'],
    receipt: { accepted: 3, rejected: 3 },
    told: [
      ['record_rejected', '2 of 6 records were refused: bad date'],
      ['record_rejected', '1 of 6 records were refused: too old for [redacted]'],
    ],
    requests: [6],
  },
  {
    name: 'does not say what became of one of the records',
    answers: ['forgets the first'],
    receipt: { accepted: 5, rejected: 1 },
    told: [
      [
        'record_rejected',
        '1 of 6 records were refused: the answer of the collector does not say what became of them',
      ],
    ],
    requests: [6],
  },
  {
    name: 'answers 202 with JSON that breaks off',
    answers: ['202 with broken JSON'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}202${NO_RECEIPT}`]],
    requests: [6, 6],
  },
  {
    name: 'answers 202 with other JSON',
    answers: ['202 with other JSON'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}202${NO_RECEIPT}`]],
    requests: [6, 6],
  },
  {
    name: 'is a page of HTML (200)',
    answers: ['200 with HTML'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}200${NO_RECEIPT}`]],
    requests: [6, 6],
  },
  {
    name: 'is a page of HTML once (200)',
    answers: ['200 with HTML', 'fine'],
    receipt: ALL_TAKEN,
    requests: [6, 6],
  },
  {
    name: 'answers without end',
    answers: ['200 without end'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}200${NO_RECEIPT}`]],
    requests: [6, 6],
  },
  {
    name: 'closes the connection before it has read, once',
    answers: ['closes before it has read', 'fine'],
    receipt: ALL_TAKEN,
  },
  {
    name: 'closes the connection before it has read, for ever',
    answers: ['closes before it has read'],
    receipt: ALL_LOST,
    told: [['export_failed', LOST]],
  },
  {
    name: 'stores, and closes the connection in its answer, once',
    answers: ['stores, and closes in its answer', 'fine'],
    receipt: ALL_TAKEN,
  },
  {
    name: 'sends on to another path, with all that came (307)',
    answers: ['307 to another path'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}307 sends on to `]],
    requests: [6, 6],
  },
  {
    name: 'sends on to a page (302), once',
    answers: ['302 to a page', 'fine'],
    receipt: ALL_TAKEN,
    requests: [6, 6],
  },
  {
    name: 'sends on to another origin, with all that came (307)',
    answers: ['307 elsewhere'],
    receipt: ALL_LOST,
    told: [['export_failed', `${LOST}307 sends on to `]],
    requests: [6, 6],
  },
]
