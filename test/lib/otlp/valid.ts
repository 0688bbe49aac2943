/**
 * What a body of OTLP has to be, by the specification and by the conventions' schemas of messages.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#otlphttp-request
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/model/gen-ai/gen-ai-input-messages.json
 * @see https://github.com/open-telemetry/semantic-conventions-genai/blob/main/model/gen-ai/gen-ai-output-messages.json
 * @module
 */

import { z } from 'zod'

const uint64 = z
  .string()
  .regex(/^\d{1,20}$/)
  .refine((text) => BigInt(text) < 2n ** 64n)
const int64 = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .refine((text) => BigInt.asIntN(64, BigInt(text)) === BigInt(text))

const anyValue = z.union([
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: int64 }),
  z.strictObject({ doubleValue: z.number() }),
  z.strictObject({
    arrayValue: z.strictObject({
      values: z.array(z.strictObject({ stringValue: z.string() })).min(1),
    }),
  }),
])

const attributes = z
  .array(z.strictObject({ key: z.string().min(1), value: anyValue }))
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'keys are unique')

const span = z
  .strictObject({
    traceId: z.string().regex(/^(?!0+$)[\da-f]{32}$/),
    spanId: z.string().regex(/^(?!0+$)[\da-f]{16}$/),
    parentSpanId: z
      .string()
      .regex(/^(?!0+$)[\da-f]{16}$/)
      .optional(),
    flags: z.literal([0, 1]),
    name: z.string(),
    kind: z.literal([1, 3]),
    startTimeUnixNano: uint64,
    endTimeUnixNano: uint64,
    attributes,
    events: z.array(z.strictObject({ timeUnixNano: uint64, name: z.string().min(1), attributes })),
    status: z.strictObject({ code: z.literal([0, 2]), message: z.string().optional() }),
  })
  .refine(
    (one) => BigInt(one.startTimeUnixNano) <= BigInt(one.endTimeUnixNano),
    'ends after it began',
  )

export const BODY = z.strictObject({
  resourceSpans: z
    .array(
      z.strictObject({
        resource: z.strictObject({ attributes }),
        scopeSpans: z.array(
          z.strictObject({
            scope: z.strictObject({ name: z.string(), version: z.string().optional() }),
            spans: z.array(span).min(1),
          }),
        ),
      }),
    )
    .min(1),
})

const modality = z.string()
const mime_type = z.string().optional()
const id = z.string().nullish()

/** The parts that the conventions name, each with what it has to have; any other has a type. */
const PARTS: Readonly<Record<string, z.ZodType>> = {
  text: z.strictObject({ type: z.literal('text'), content: z.string() }),
  reasoning: z.looseObject({ type: z.literal('reasoning'), content: z.string() }),
  tool_call: z.looseObject({
    type: z.literal('tool_call'),
    id,
    name: z.string(),
    arguments: z.unknown().optional(),
  }),
  tool_call_response: z.looseObject({
    type: z.literal('tool_call_response'),
    id,
    response: z.unknown(),
  }),
  blob: z.strictObject({ type: z.literal('blob'), modality, mime_type, content: z.string() }),
  uri: z.strictObject({ type: z.literal('uri'), modality, mime_type, uri: z.string() }),
  file: z.strictObject({ type: z.literal('file'), modality, mime_type, file_id: z.string() }),
}

const part = z
  .looseObject({ type: z.string() })
  .refine((value) => PARTS[value.type]?.safeParse(value).success ?? true, {
    error: (issue) => `no such part: ${JSON.stringify(issue.input)}`,
  })

export const PARTS_OF = z.array(part)
export const MESSAGES = z.array(
  z.looseObject({ role: z.string(), parts: PARTS_OF, name: z.string().optional() }),
)
export const TOOLS = z.array(z.looseObject({}))
