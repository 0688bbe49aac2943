/**
 * As much of each sender's protocol as keeps it content.
 *
 * @module
 */

type Answer = [status: number, body: string]

/** By the path, the first that fits; `HOST` is where this server is reached. */
const ANSWERS: readonly (readonly [path: RegExp, ...answer: Answer])[] = [
  // Braintrust logs in, and asks for its project.
  [
    /\/api\/apikey\/login$/,
    200,
    '{"org_info":[{"id":"1","name":"bench","api_url":"HOST","proxy_url":"HOST"}]}',
  ],
  [
    /\/api\/project\/register$/,
    200,
    '{"project":{"id":"1","name":"bench"},"org_project":{"id":"1","name":"bench"}}',
  ],
  // LangSmith asks what it may send.
  [/\/info$/, 200, '{"version":"0.12.0","instance_flags":{}}'],
  [/\/runs(?:\/|$)/, 202, '{}'],
  // PostHog.
  [/\/batch\/?$/, 200, '{"status":1}'],
]

export function answerFor(path: string, host: string): Answer {
  const [, status = 200, body = '{}'] = ANSWERS.find(([pattern]) => pattern.test(path)) ?? []
  return [status, body.replaceAll('HOST', `http://${host}`)]
}
