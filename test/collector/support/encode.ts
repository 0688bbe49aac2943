/**
 * Requests of OTLP in protobuf, from JSON: written field by field for the tests, by nobody's reader.
 *
 * @module
 */

import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { fields, items, type Json } from '../../../src/lib/json.ts'

type Write = (writer: BinaryWriter, value: Json) => void

const text: Write = (writer, value) => void writer.string(String(value))
const hex: Write = (writer, value) => void writer.bytes(bytesOf(String(value)))
const varint: Write = (writer, value) => void writer.int64(BigInt(String(value)))
const bool: Write = (writer, value) => void writer.bool(value === true)
const fixed64: Write = (writer, value) => void writer.fixed64(BigInt(String(value)))
const double: Write = (writer, value) => void writer.double(Number(value))

type Fields = Record<string, [number: number, wire: WireType, write: Write]>

const { LengthDelimited, Varint, Bit64 } = WireType

const inside = (of: () => Fields): [WireType, Write] => [
  LengthDelimited,
  (writer, value) => {
    writer.fork()
    write(writer, value, of())
    writer.join()
  },
]

const VALUE: Fields = {
  stringValue: [1, LengthDelimited, text],
  boolValue: [2, Varint, bool],
  intValue: [3, Varint, varint],
  doubleValue: [4, Bit64, double],
  arrayValue: [5, ...inside(() => ({ values: [1, ...inside(() => VALUE)] }))],
  kvlistValue: [6, ...inside(() => ({ values: [1, ...inside(() => PAIR)] }))],
}
const PAIR: Fields = { key: [1, LengthDelimited, text], value: [2, ...inside(() => VALUE)] }

const SPAN: Fields = {
  traceId: [1, LengthDelimited, hex],
  spanId: [2, LengthDelimited, hex],
  parentSpanId: [4, LengthDelimited, hex],
  name: [5, LengthDelimited, text],
  kind: [6, Varint, varint],
  startTimeUnixNano: [7, Bit64, fixed64],
  endTimeUnixNano: [8, Bit64, fixed64],
  attributes: [9, ...inside(() => PAIR)],
  droppedAttributesCount: [10, Varint, varint],
  events: [
    11,
    ...inside(() => ({
      timeUnixNano: [1, Bit64, fixed64],
      name: [2, LengthDelimited, text],
      attributes: [3, ...inside(() => PAIR)],
    })),
  ],
  links: [
    13,
    ...inside(() => ({ traceId: [1, LengthDelimited, hex], spanId: [2, LengthDelimited, hex] })),
  ],
  status: [
    15,
    ...inside(() => ({ message: [2, LengthDelimited, text], code: [3, Varint, varint] })),
  ],
}

const SCOPE_SPANS: Fields = {
  scope: [1, ...inside(() => ({ name: [1, LengthDelimited, text] }))],
  spans: [2, ...inside(() => SPAN)],
}

const REQUEST: Fields = {
  resourceSpans: [
    1,
    ...inside(() => ({
      resource: [1, ...inside(() => ({ attributes: [1, ...inside(() => PAIR)] }))],
      scopeSpans: [2, ...inside(() => SCOPE_SPANS)],
    })),
  ],
}

export function encode(request: object): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter()
  write(writer, JSON.parse(JSON.stringify(request)), REQUEST)
  return new Uint8Array(writer.finish())
}

function write(writer: BinaryWriter, message: Json, of: Fields): void {
  for (const [name, [number, wire, put]] of Object.entries(of)) {
    const value = fields(message)[name]
    for (const each of Array.isArray(value) ? items(value) : value === undefined ? [] : [value]) {
      put(writer.tag(number, wire), each)
    }
  }
}

export function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
