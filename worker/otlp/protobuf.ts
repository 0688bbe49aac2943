/**
 * OTLP in protobuf, as the JSON that it stands for: one reader for both, which cannot disagree.
 *
 * The table has what is read of opentelemetry-proto 1.11.0; what it does not have is passed over, as the format
 * wants it. Ids become hex and other bytes base64, 64-bit numbers text, enumerations numbers.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto
 * @module
 */

import { base64Encode, BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { Json } from '../../src/lib/json.ts'
import { MAX_DEPTH } from './limits.ts'

type Scalar =
  | 'text'
  | 'id'
  | 'bytes'
  | 'bool'
  | 'int32'
  | 'fixed32'
  | 'fixed64'
  | 'int64'
  | 'double'
type Field = readonly [name: string, type: Scalar | Message, many?: 'many']
type Message = keyof typeof MESSAGES

const WIRE: Readonly<Record<Scalar, WireType>> = {
  text: WireType.LengthDelimited,
  id: WireType.LengthDelimited,
  bytes: WireType.LengthDelimited,
  bool: WireType.Varint,
  int32: WireType.Varint,
  int64: WireType.Varint,
  fixed32: WireType.Bit32,
  fixed64: WireType.Bit64,
  double: WireType.Bit64,
}

const MESSAGES = {
  Request: { 1: ['resourceSpans', 'ResourceSpans', 'many'] },
  ResourceSpans: { 1: ['resource', 'Resource'], 2: ['scopeSpans', 'ScopeSpans', 'many'] },
  Resource: { 1: ['attributes', 'KeyValue', 'many'] },
  ScopeSpans: { 1: ['scope', 'Scope'], 2: ['spans', 'Span', 'many'] },
  Scope: { 1: ['name', 'text'], 2: ['version', 'text'] },
  Span: {
    1: ['traceId', 'id'],
    2: ['spanId', 'id'],
    4: ['parentSpanId', 'id'],
    5: ['name', 'text'],
    6: ['kind', 'int32'],
    7: ['startTimeUnixNano', 'fixed64'],
    8: ['endTimeUnixNano', 'fixed64'],
    9: ['attributes', 'KeyValue', 'many'],
    10: ['droppedAttributesCount', 'int32'],
    11: ['events', 'Event', 'many'],
    12: ['droppedEventsCount', 'int32'],
    13: ['links', 'Link', 'many'],
    14: ['droppedLinksCount', 'int32'],
    15: ['status', 'Status'],
  },
  Event: {
    1: ['timeUnixNano', 'fixed64'],
    2: ['name', 'text'],
    3: ['attributes', 'KeyValue', 'many'],
  },
  Link: { 1: ['traceId', 'id'], 2: ['spanId', 'id'], 4: ['attributes', 'KeyValue', 'many'] },
  Status: { 2: ['message', 'text'], 3: ['code', 'int32'] },
  KeyValue: { 1: ['key', 'text'], 2: ['value', 'AnyValue'] },
  AnyValue: {
    1: ['stringValue', 'text'],
    2: ['boolValue', 'bool'],
    3: ['intValue', 'int64'],
    4: ['doubleValue', 'double'],
    5: ['arrayValue', 'ArrayValue'],
    6: ['kvlistValue', 'KeyValueList'],
    7: ['bytesValue', 'bytes'],
  },
  ArrayValue: { 1: ['values', 'AnyValue', 'many'] },
  KeyValueList: { 1: ['values', 'KeyValue', 'many'] },
} as const satisfies Record<string, Record<number, readonly [string, string, 'many'?]>>

const FIELDS = new Map<string, ReadonlyMap<number, Field>>(
  Object.entries(MESSAGES).map(([message, fields]) => [
    message,
    new Map(Object.entries(fields).map(([number, field]) => [Number(number), field as Field])),
  ]),
)

/** Of messages in messages: those around the values, and three for each level of a value. */
const MAX_MESSAGES = 8 + 3 * (MAX_DEPTH + 1)

/** @throws Where it is no such message: it is cut off, of another kind, or has text that is no UTF-8. */
export function decodeRequest(bytes: Uint8Array): Json {
  const reader = new BinaryReader(bytes)
  return readMessage(reader, 'Request', reader.len, MAX_MESSAGES)
}

function readMessage(reader: BinaryReader, message: Message, end: number, levels: number): Json {
  const known = FIELDS.get(message)
  const read: Record<string, Json> = {}
  while (reader.pos < end) {
    const [number, wire] = reader.tag()
    const field = known?.get(number)
    if (field === undefined) {
      reader.skip(wire, number)
      continue
    }
    const [name, type, many] = field
    if (wire !== (isScalar(type) ? WIRE[type] : WireType.LengthDelimited)) {
      throw new RangeError(`the field ${message}.${name} is of another type`)
    }
    const value = isScalar(type) ? readScalar(reader, type) : readInner(reader, type, end, levels)
    if (many === undefined) {
      read[name] = value
      continue
    }
    const list = read[name]
    if (Array.isArray(list)) list.push(value)
    else read[name] = [value]
  }
  if (reader.pos !== end) throw new RangeError('a message ends within a field')
  return read
}

/** What is nested deeper than any value may be is nothing. */
function readInner(reader: BinaryReader, type: Message, outer: number, levels: number): Json {
  const length = reader.uint32()
  const end = reader.pos + length
  if (end > outer) throw new RangeError('a message is longer than the one around it')
  if (levels > 0) return readMessage(reader, type, end, levels - 1)
  reader.pos = end
  return null
}

function isScalar(type: Scalar | Message): type is Scalar {
  return type in WIRE
}

function readScalar(reader: BinaryReader, type: Scalar): Json {
  switch (type) {
    case 'text':
      return reader.string(true)
    case 'id':
      return hex(reader.bytes())
    case 'bytes':
      return base64Encode(reader.bytes())
    case 'bool':
      return reader.bool()
    case 'int32':
      return reader.int32()
    case 'fixed32':
      return reader.fixed32()
    case 'fixed64':
      return String(reader.fixed64())
    case 'int64':
      return String(reader.int64())
    case 'double': {
      const value = reader.double()
      return Number.isFinite(value) ? value : String(value)
    }
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** `ExportTraceServiceResponse`; without a message it says nothing, which is success. */
export function encodeResponse(rejected: number, message: string): Uint8Array {
  const writer = new BinaryWriter()
  if (rejected === 0 && message === '') return writer.finish()
  writer.tag(1, WireType.LengthDelimited).fork()
  if (rejected > 0) writer.tag(1, WireType.Varint).int64(rejected)
  writer.tag(2, WireType.LengthDelimited).string(message)
  return writer.join().finish()
}

/** `google.rpc.Status`. */
export function encodeStatus(code: number, message: string): Uint8Array {
  return new BinaryWriter()
    .tag(1, WireType.Varint)
    .int32(code)
    .tag(2, WireType.LengthDelimited)
    .string(message)
    .finish()
}
