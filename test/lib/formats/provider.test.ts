import { describe, expect, it } from 'vitest'
import { replay } from '../../support/replay.ts'

const chat = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }
const reply = { choices: [{ message: { content: 'Hello' }, finish_reason: 'stop' }] }

/** Every host that is known to speak OpenAI's Chat Completions, and some that nobody can know. */
const HOSTS: readonly (readonly [address: string, provider: string])[] = [
  ['api.openai.com/v1', 'openai'],
  ['us.api.openai.com/v1', 'openai'],
  ['r.openai.azure.com/openai/deployments/d', 'azure.ai.openai'],
  ['r.openai.azure.com/openai/v1', 'azure.ai.openai'],
  ['r.cognitiveservices.azure.com/openai/deployments/d', 'azure.ai.openai'],
  ['r.services.ai.azure.com/openai/v1', 'azure.ai.openai'],
  ['r.services.ai.azure.com/models', 'azure.ai.inference'],
  ['openrouter.ai/api/v1', 'openrouter'],
  ['api.groq.com/openai/v1', 'groq'],
  ['api.together.xyz/v1', 'together'],
  ['api.together.ai/v1', 'together'],
  ['api.fireworks.ai/inference/v1', 'fireworks'],
  ['api.deepseek.com', 'deepseek'],
  ['api.x.ai/v1', 'x_ai'],
  ['us-east-1.api.x.ai/v1', 'x_ai'],
  ['api.perplexity.ai', 'perplexity'],
  ['api.mistral.ai/v1', 'mistral_ai'],
  ['api.eu.mistral.ai/v1', 'mistral_ai'],
  ['codestral.mistral.ai/v1', 'mistral_ai'],
  ['api.cerebras.ai/v1', 'cerebras'],
  ['api.cohere.ai/compatibility/v1', 'cohere'],
  ['api.cloudflare.com/client/v4/accounts/a/ai/v1', 'cloudflare.workers_ai'],
  ['gateway.ai.cloudflare.com/v1/a/g/groq', 'groq'],
  ['router.huggingface.co/v1', 'huggingface'],
  ['ai-gateway.vercel.sh/v1', 'vercel_ai_gateway'],
  ['generativelanguage.googleapis.com/v1beta/openai', 'gcp.gemini'],
  ['europe-west4-aiplatform.googleapis.com/v1/endpoints/openapi', 'gcp.vertex_ai'],
  ['bedrock-runtime.us-west-2.amazonaws.com/openai/v1', 'aws.bedrock'],
  ['bedrock-mantle.us-east-1.api.aws/openai/v1', 'aws.bedrock'],
  ['api.deepinfra.com/v1/openai', 'deepinfra'],
  ['api.moonshot.ai/v1', 'moonshot_ai'],
  ['api.novita.ai/openai/v1', 'novita'],
  ['api.sambanova.ai/v1', 'sambanova'],
  ['integrate.api.nvidia.com/v1', 'nvidia'],
  ['api.z.ai/api/paas/v4', 'z_ai'],
  ['dashscope-intl.aliyuncs.com/compatible-mode/v1', 'alibaba_cloud'],
  ['api.minimax.io/v1', 'minimax'],
  ['ollama.com/v1', 'ollama'],
  ['localhost:11434/v1', 'ollama'],
  // A server of one's own, such as vLLM, or a proxy: it is whose form it speaks, and its address is beside it.
  ['localhost:8000/v1', 'openai'],
  ['llm.my-company.test/v1', 'openai'],
  ['openai.azure.com.evil.test/v1', 'openai'],
]

describe('the provider of a call', () => {
  it.each(HOSTS)('at %s is %s', async (address, provider) => {
    const { record } = await replay({
      url: `https://${address}/chat/completions`,
      request: chat,
      reply: new TextEncoder().encode(JSON.stringify(reply)),
      type: 'application/json',
    })
    expect(record.call).toMatchObject({
      format: 'openai.chat',
      provider,
      server: { address: address.replace(/[:/].*/, '') },
    })
  })
})
