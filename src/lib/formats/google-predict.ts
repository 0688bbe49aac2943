/**
 * Vertex AI's `predict`: embeddings of texts and pictures, pictures by Imagen, and models at an endpoint
 * of one's own. Of vectors their number and length is kept, of pictures type and size.
 *
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api
 * @module
 */

import { bytesOf } from '../bulk.ts'
import { defined, fields, items, number, string, type Json } from '../json.ts'
import type { ModelCall } from '../model-call.ts'
import type { WireFormat } from './format.ts'
import { modelOf } from './google.ts'
import { params } from './params.ts'
import { addOther, addText, choiceAt } from './reply.ts'
import { inclusiveUsage } from './usage.ts'
import { countVectors } from './vectors.ts'

export const googlePredict: WireFormat = {
  name: 'google.predict',
  operation: 'text_completion',
  bulk: { over: 4096, lists: true }, // what a text has in one line is shorter, or has other signs in it
  matches: ({ pathname }) => /(?::|%3A)predict(?:LongRunning)?\/?$/i.test(pathname),
  accepts: (body) => Array.isArray(fields(body).instances),

  request(call, body) {
    const { instances, parameters } = fields(body)
    const { sampleCount, maxOutputTokens, temperature, topP, topK, seed, ...given } =
      fields(parameters)
    call.request.model = modelOf(call.http.url)
    call.request.inputCount = items(instances).length
    call.operation = operationOf(call)
    call.request.params = params({
      maxTokens: maxOutputTokens,
      temperature,
      topP,
      topK,
      seed,
      choiceCount: sampleCount,
      dimensions: given.outputDimensionality ?? given.dimension,
    })
  },

  reply(call, payload) {
    const { predictions, name, deployedModelId } = fields(payload)
    call.response.id = string(name) // of an operation that goes on
    call.response.model = string(deployedModelId)
    const vectors = items(predictions).flatMap(vectorsIn)
    if (vectors.length > 0) countVectors(call, vectors)
    items(predictions).forEach((prediction, index) => readPrediction(call, prediction, index))
    readUsage(call, predictions)
    return undefined
  },
}

function operationOf({ http, request }: ModelCall): string {
  if (/embed|gecko/i.test(request.model ?? '')) return 'embeddings'
  if (/predictLongRunning/i.test(http.url)) return 'video_generation'
  return /imag/i.test(request.model ?? '') ? 'image_generation' : 'text_completion'
}

/** Of a text one; of a picture, and what is said of it, one each. */
function vectorsIn(prediction: Json): Json[] {
  const { embeddings, textEmbedding, imageEmbedding } = fields(prediction)
  return [fields(embeddings).values, textEmbedding, imageEmbedding].filter(
    (vector) => vector !== undefined,
  )
}

function readPrediction(call: ModelCall, prediction: Json, index: number): void {
  const { bytesBase64Encoded, mimeType, raiFilteredReason } = fields(prediction)
  const text = string(prediction)
  if (text) addText(call, choiceAt(call, index), 'text', 'text', text)
  if (bytesBase64Encoded === undefined && raiFilteredReason === undefined) return
  call.response.outputCount = index + 1
  addOther(
    call,
    choiceAt(call, 0),
    index,
    'image',
    defined({
      type: 'image',
      format: string(mimeType),
      bytes: typeof bytesBase64Encoded === 'string' ? bytesOf(bytesBase64Encoded) : undefined,
      filtered: string(raiFilteredReason),
    }),
  )
}

/** Told of each text by itself. */
function readUsage(call: ModelCall, predictions: Json | undefined): void {
  const counts = items(predictions).flatMap((prediction) => {
    const { statistics } = fields(fields(prediction).embeddings)
    return number(fields(statistics).token_count) ?? []
  })
  if (counts.length === 0) return
  const input = counts.reduce((sum, count) => sum + count, 0)
  call.usage = inclusiveUsage({ input }, { token_count: input })
}
