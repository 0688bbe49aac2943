/**
 * The id under which a span is kept: a UUID, always the same for the same trace and span id.
 *
 * Its last 16 digits are the span id, as in every record. The first 16 are those of the trace id, mixed
 * with how far the rest of the trace id is from the span id. Of a root of ours that is nothing (its
 * span id is the end of its trace id), so that the UUID is the trace id, which is the record's own id. Of any
 * other span they keep traces apart that share their beginning, or have it empty, as ids of 64 bits do.
 *
 * @module
 */

export function recordId(traceId: string, spanId: string): string {
  const [high, low, span] = [traceId.slice(0, 16), traceId.slice(16), spanId].map((digits) =>
    BigInt(`0x${digits}`),
  )
  const first = (high ?? 0n) ^ mix((low ?? 0n) ^ (span ?? 0n))
  return asUuid(first.toString(16).padStart(16, '0') + spanId)
}

/** The last step of MurmurHash3: each value has its own, and 0 has 0. */
function mix(value: bigint): bigint {
  const one = BigInt.asUintN(64, (value ^ (value >> 33n)) * 0xff51afd7ed558ccdn)
  const two = BigInt.asUintN(64, (one ^ (one >> 33n)) * 0xc4ceb9fe1a85ec53n)
  return two ^ (two >> 33n)
}

function asUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
