/**
 * What can be asked of a store: terms that a trace has to meet, and what to make of those that do.
 *
 * Plain data, so that it crosses a Durable Object's boundary. A term speaks of a whole trace: it is met
 * if any step of the trace meets it. Times and durations are integer microseconds, costs integer
 * billionths of a US dollar.
 *
 * @module
 */

/** What a trace is found by, word for word. */
export const WORD_FIELDS = [
  'status',
  'kind',
  'name',
  'model',
  'provider',
  'tag',
  'user',
  'session',
  'environment',
  'service',
  'release',
  'ended',
  'has',
] as const
export type WordField = (typeof WORD_FIELDS)[number]

/** What a trace is found by, as a number: totals of the trace, `firstText` that of its slowest call. */
export const NUMBER_FIELDS = ['latency', 'firstText', 'cost', 'tokens', 'steps', 'errors'] as const
export type NumberField = (typeof NUMBER_FIELDS)[number]

const COMPARISONS = ['<', '<=', '=', '>=', '>'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** As a text of ours, which may stand in SQL: that of somebody else never does. */
export function comparison(sign: string): Comparison | undefined {
  return COMPARISONS.find((known) => known === sign)
}

/** One of the values; with `prefix` anything that begins with one of them. */
export type MarkTerm = { values: readonly string[]; prefix?: boolean; not?: boolean } & (
  | { field: WordField }
  | { field: 'metadata' | 'score'; key: string }
)

export type Term =
  | MarkTerm
  /** Inputs and outputs in which all of the words stand; `*` at the end of a word stands for any rest. */
  | { field: 'text'; words: readonly string[]; not?: boolean }
  | { field: 'trace'; values: readonly string[]; not?: boolean }
  /** A score by its name, of a step that has it as a number. */
  | { field: 'scored'; key: string; is: Comparison; value: number; not?: boolean }
  /** What is not known meets no comparison. */
  | { field: NumberField; is: Comparison; value: number; not?: boolean }

export function isMarkTerm(term: Term): term is MarkTerm {
  return 'values' in term && term.field !== 'trace'
}

export interface Query {
  /** All of which a trace has to meet. */
  terms?: readonly Term[]
  /** Start of the trace, inclusive and exclusive. */
  fromUs?: number
  toUs?: number
}

export const MAX_TERMS = 20
/** Of one term. */
export const MAX_TERM_VALUES = 20
/** Of one that names traces: a page of them. */
export const MAX_TERM_TRACES = 50

export const SORTS = ['start', 'latency', 'cost', 'tokens'] as const
export type Sort = (typeof SORTS)[number]

export interface TraceQuery extends Query {
  /** `start` unless told. By another sort it is what is largest among the newest `SORTED_TRACES`. */
  sort?: Sort
  /** The smallest, or oldest, first. */
  ascending?: boolean
  /** Continue after the last row of an earlier page of the same question: its `next`. */
  before?: string
  /** 1 to 200; 50 unless told. */
  limit?: number
}

export const PAGE = 50
export const MAX_PAGE = 200
export const SORTED_TRACES = 20_000

/** Sums over time: of whole traces, or of calls to models and runs of tools by themselves. */
export interface SumQuery extends Query {
  of: SumOf
  fromUs: number
  toUs: number
  /** Width of a bucket; buckets begin at multiples of it. */
  stepUs: number
  /** One sum for each value; of traces and tools `name` and `status` alone. */
  by?: SumField
}

export const SUMS_OF = ['traces', 'calls', 'tools'] as const
export type SumOf = (typeof SUMS_OF)[number]

/** `tag`: of the trace. What has several counts for each. */
export const SUM_FIELDS = [
  'name',
  'status',
  'model',
  'provider',
  'user',
  'environment',
  'tag',
] as const
export type SumField = (typeof SUM_FIELDS)[number]

/** What of a step is a value of its own. */
export type OwnField = Exclude<SumField, 'tag'>

/** Of what is summed up, what a term asks of it itself, and not of its trace. */
export function ownFields(of: SumOf): readonly OwnField[] {
  // A tool knows of no model, and seldom of a user.
  return of === 'tools'
    ? ['name', 'status']
    : ['name', 'status', 'model', 'provider', 'user', 'environment']
}

/** More buckets than a chart has points. */
export const MAX_BUCKETS = 1000

export interface Sums {
  buckets: Bucket[]
  /** The sums are of what begins before this time; go on from there. Absent when all is summed up. */
  nextUs?: number
}

export interface Bucket extends Total {
  startUs: number
  /** The value of `by`; `null` where a trace or call has none, or nothing was asked for. */
  group: string | null
}

export interface Total {
  count: number
  errors: number
  /** How many have a known cost: the others are missing in `costNano`. */
  priced: number
  costNano: number
  inputTokens: number
  outputTokens: number
  /** How long they took, and how long until the first text; of those that are known. */
  latency: Histogram
  firstText: Histogram
}

/**
 * How many have a duration in each class, as pairs of class and count in ascending order. Class `n` is
 * around `GROWTH ** n` microseconds. Histograms are merged by adding up the counts.
 */
export type Histogram = [at: number, count: number][]

/** Neighbouring classes differ by 3 %, so that a percentile is off by at most half of that. */
export const GROWTH = 1.03

export interface FacetQuery extends Query {
  fields: readonly WordField[]
}

/** The values of a field among the newest `FACET_TRACES` traces that match, most common first. */
export type Facets = Partial<Record<WordField, Facet[]>>

export interface Facet {
  value: string
  traces: number
}

export const FACET_TRACES = 2000
export const MAX_FACETS = 200
