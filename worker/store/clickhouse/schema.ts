/**
 * The tables, of all projects, as steps that only go forward.
 *
 * `change` is what was said, `span` and `trace` what it comes to: those two can be made again at any
 * time. A step, once released, is never edited: a later one changes what it made.
 *
 * @see https://clickhouse.com/docs/engines/table-engines/mergetree-family/replacingmergetree
 * @module
 */

/** The statements of one version. The first one makes version 1. */
export type Migration = readonly string[]

export interface SchemaOptions {
  /** The tables are on all servers of this cluster, and each keeps a copy of all rows. */
  cluster?: string
}

/** A late step of a removed trace is refused this long. */
const REMEMBER_DAYS = 7

/** Opens every table of a project's rows. */
const PROJECT = `project LowCardinality(String)`

export function migrations({ cluster }: SchemaOptions = {}): readonly Migration[] {
  const table = tableOf(cluster)
  return [
    [
      // What was said of a span, as it was said. The same again is one row with another time.
      table(
        'change',
        `${PROJECT}, id String, hash String,
        first_us SimpleAggregateFunction(min, Int64) DEFAULT toUnixTimestamp64Micro(now64(6)),
        last_us SimpleAggregateFunction(max, Int64) DEFAULT toUnixTimestamp64Micro(now64(6)),
        place SimpleAggregateFunction(max, UInt32),
        span_id SimpleAggregateFunction(any, String),
        said SimpleAggregateFunction(any, String) CODEC(ZSTD(3)),
        input SimpleAggregateFunction(any, String) CODEC(ZSTD(3)),
        output SimpleAggregateFunction(any, String) CODEC(ZSTD(3)),
        INDEX by_span_id span_id TYPE bloom_filter(0.001) GRANULARITY 4`,
        'AggregatingMergeTree',
        'project, id, hash',
        // A body is read for itself: what stands beside it has to be little.
        'SETTINGS index_granularity = 256, index_granularity_bytes = 1048576',
      ),
      // Who named a parent and no trace, by the parent.
      table(
        'waiting',
        `${PROJECT}, parent_id String, id String`,
        'ReplacingMergeTree',
        'project, parent_id, id',
      ),
      // What is known of a span. Where it was once and is no more it is gone.
      table(
        'span',
        `${PROJECT}, trace_id String, id String, version UInt64, gone UInt8, made LowCardinality(String),
        start_us Int64, end_us Nullable(Int64), root UInt8, is_call UInt8,
        name String, kind LowCardinality(String), status LowCardinality(String),
        model LowCardinality(Nullable(String)), provider LowCardinality(Nullable(String)),
        user_id Nullable(String), environment LowCardinality(Nullable(String)),
        input_tokens Nullable(Int64), output_tokens Nullable(Int64), cost_nano Nullable(Int64),
        first_text_us Nullable(Int64), marks Array(String), input_preview String, output_preview String,
        input_words Array(String) CODEC(ZSTD(1)), output_words Array(String) CODEC(ZSTD(1)),
        facts String CODEC(ZSTD(3)), input_hash String, output_hash String,
        INDEX by_id id TYPE bloom_filter(0.001) GRANULARITY 1,
        INDEX by_start start_us TYPE minmax GRANULARITY 1,
        INDEX by_input input_words TYPE text(tokenizer = 'array'),
        INDEX by_output output_words TYPE text(tokenizer = 'array')`,
        'ReplacingMergeTree(version)',
        'project, trace_id, id',
        'SETTINGS index_granularity = 1024',
      ),
      // What the spans of a trace come to.
      table(
        'trace',
        `${PROJECT}, trace_id String, version UInt64, spans UInt32, errors UInt32,
        start_us Int64, duration_us Nullable(Int64),
        name String, kind LowCardinality(String), status LowCardinality(String),
        input_tokens Nullable(Int64), output_tokens Nullable(Int64), cost_nano Nullable(Int64),
        cost_missing UInt32, first_text_us Nullable(Int64), marks Array(String),
        input_preview String, output_preview String,
        INDEX by_mark marks TYPE bloom_filter(0.01) GRANULARITY 1,
        INDEX by_start start_us TYPE minmax GRANULARITY 1`,
        'ReplacingMergeTree(version)',
        'project, trace_id',
        'SETTINGS index_granularity = 1024',
      ),
      // What a project pays for models. Its version names it in the rows that were made with it.
      table(
        'setting',
        `${PROJECT}, version UInt64 DEFAULT toUnixTimestamp64Micro(now64(6)), rules String`,
        'ReplacingMergeTree(version)',
        'project',
      ),
      // Traces that were removed by name: their late steps are not taken.
      table(
        'removed',
        `${PROJECT}, trace_id String, at DateTime DEFAULT now()`,
        'ReplacingMergeTree',
        'project, trace_id',
        `TTL at + INTERVAL ${REMEMBER_DAYS} DAY`,
      ),
    ],
  ]
}

/** A table that the program itself keeps account in. */
export function migrationTable({ cluster }: SchemaOptions = {}): string {
  return tableOf(cluster)('migration', 'version UInt32', 'ReplacingMergeTree', 'version')
}

export function tableOf(cluster: string | undefined) {
  if (cluster !== undefined && !/^[\w.-]{1,64}$/.test(cluster)) {
    throw new TypeError('the name of the cluster may have letters, digits, _, - and . alone')
  }
  const on = cluster === undefined ? '' : ` ON CLUSTER '${cluster}'`
  const kind = cluster === undefined ? '' : 'Replicated'
  return (name: string, columns: string, engine: string, key: string, rest = ''): string =>
    `CREATE TABLE IF NOT EXISTS ${name}${on} (${columns})
      ENGINE = ${kind}${engine} ORDER BY (${key}) ${rest}`
}
