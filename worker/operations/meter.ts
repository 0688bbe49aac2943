/**
 * Counters and histograms of this isolate or process, in the text that Prometheus reads.
 *
 * They begin at 0 with it and end with it: where several share the work, each counts its own part.
 * Labels are words from short lists, so that no request can make the list of series grow.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @module
 */

type Labels = Readonly<Record<string, string | number>>

export interface Meter {
  add(name: CounterName, labels?: Labels, amount?: number): void
  /** Counts how long something took, in seconds. */
  took(name: HistogramName, labels: Labels, seconds: number): void
  text(): string
}

const COUNTERS = {
  carrot_requests_total: 'Requests that were answered.',
  carrot_records_total: 'Records that came in, by what became of them.',
  carrot_refused_total: 'Requests with records that were refused as a whole, by reason.',
  carrot_body_bytes_total: 'Bytes of bodies with records, inflated.',
  carrot_store_errors_total: 'Questions that the store failed to answer.',
} as const
const HISTOGRAMS = {
  carrot_request_seconds: 'From a request to its answer.',
  carrot_store_seconds: 'From a question to the answer of the store.',
} as const

type CounterName = keyof typeof COUNTERS
type HistogramName = keyof typeof HISTOGRAMS

/** Upper ends, in seconds. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** More series than all routes and answers make; what is past it is left out. */
const MAX_SERIES = 2000

export function meter(): Meter {
  const counters = new Map<string, number>()
  const histograms = new Map<string, { labels: Labels; counts: number[]; sum: number }>()

  return {
    add(name, labels = {}, amount = 1) {
      const series = name + written(labels)
      if (counters.has(series) || counters.size < MAX_SERIES) {
        counters.set(series, (counters.get(series) ?? 0) + amount)
      }
    },
    took(name, labels, seconds) {
      const series = name + written(labels)
      const known = histograms.get(series)
      if (!known && histograms.size >= MAX_SERIES) return
      const { counts, sum } = known ?? { counts: [...BUCKETS, Infinity].map(() => 0), sum: 0 }
      const bucket = BUCKETS.findIndex((end) => seconds <= end)
      const at = bucket === -1 ? BUCKETS.length : bucket
      histograms.set(series, {
        labels,
        counts: counts.map((count, index) => (index === at ? count + 1 : count)),
        sum: sum + seconds,
      })
    },
    text() {
      const lines: string[] = []
      for (const [name, help] of Object.entries(COUNTERS)) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`)
        for (const [series, value] of counters) {
          if (isOf(series, name)) lines.push(`${series} ${value}`)
        }
      }
      for (const [name, help] of Object.entries(HISTOGRAMS)) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} histogram`)
        for (const [series, { labels, counts, sum }] of histograms) {
          if (!isOf(series, name)) continue
          let total = 0
          for (const [index, count] of counts.entries()) {
            total += count
            const le = BUCKETS[index] ?? '+Inf'
            lines.push(`${name}_bucket${written({ ...labels, le })} ${total}`)
          }
          lines.push(`${name}_sum${written(labels)} ${sum}`)
          lines.push(`${name}_count${written(labels)} ${total}`)
        }
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function isOf(series: string, name: string): boolean {
  return series === name || series.startsWith(`${name}{`)
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(String(value))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
