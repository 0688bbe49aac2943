/**
 * Secrets of thirty kinds, as they stand in a text. Of no account; put together here, so that nobody's
 * scanner takes them for real ones.
 *
 * @module
 */

export interface Secret {
  kind: string
  /** As somebody would paste it, print it, or put it into an error. */
  text: string
  /** What of it must be nowhere. */
  hidden: string
}

/** Where the secret is all of it. */
const alone = (kind: string, head: string, tail: string): Secret => ({
  kind,
  text: head + tail,
  hidden: tail.slice(-12),
})

const HEX = '0123456789abcdef'

export const SECRETS: readonly Secret[] = [
  alone('OpenAI', 'sk-', 'proj-aB0123456789openai'),
  alone('Anthropic', 'sk-', 'ant-api03-aB0123456anthropic'),
  alone('OpenRouter', 'sk-', 'or-v1-0123456789openrouter'),
  alone('Langfuse', 'pk-', 'lf-0123456789-langfuse'),
  alone('Groq', 'gsk', '_aB0123456789groqgroq'),
  alone('xAI', 'xai', '-aB0123456789xaixaixai'),
  alone('Hugging Face', 'hf', '_aB0123456789huggingface'),
  alone('Replicate', 'r8', '_aB0123456789replicate'),
  alone('Perplexity', 'pplx', '-aB0123456789perplexity'),
  alone('Google', 'AIza', 'SyA0123456789abcdefghijklm-google'),
  alone('Google OAuth', 'ya29', '.a0AfB_0123456789oauthoauth'),
  alone('AWS access key', 'AKIA', '0123456789AWSKEY'),
  alone('GitHub', 'ghp', '_0123456789abcdefghgithub'),
  alone('GitHub, fine-grained', 'github', '_pat_11AB0123456789finegrained'),
  alone('GitLab', 'glpat', '-0123456789abcdgitlab'),
  alone('Slack', 'xoxb', '-0123456789-abcdefghslack'),
  alone('Slack webhook', 'https://hooks.slack.com/', 'services/T0123/B0123/abcdefghwebhook'),
  alone('Stripe', 'sk_', 'live_0123456789abcdstripe'),
  alone('Stripe webhook', 'whsec', '_0123456789abcdstripehook'),
  alone('npm', 'npm', '_0123456789abcdefghijklmnopqrstuvnpmnpm'),
  alone('SendGrid', 'SG', '.0123456789abcdefghij.0123456789sendgrid'),
  alone('a JWT', 'eyJ', 'hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLWp3dA'),
  {
    kind: 'a bearer token',
    text: 'Authorization: Bearer 0123456789opaquebearer',
    hidden: 'opaquebearer',
  },
  {
    kind: 'a user and password',
    text: 'Authorization: Basic dXNlcjpiYXNpY3Bhc3N3b3Jk',
    hidden: 'iYXNpY3Bhc3N3b3Jk',
  },
  {
    kind: 'cookies',
    text: 'Cookie: theme=dark; session=0123456789cookie',
    hidden: '0123456789cookie',
  },
  {
    kind: 'headers that Amazon signs',
    text: `AWS4-HMAC-SHA256 Credential=${'AKIA'}9876543210SIGV4K/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${HEX}${HEX}`,
    hidden: `${HEX}${HEX}`,
  },
  {
    kind: 'a presigned address',
    text: `https://b.s3.amazonaws.com/f?X-Amz-Expires=60&X-Amz-Security-Token=IQoJb3JpZ2luX2presigned&X-Amz-Signature=f${HEX}${HEX}`,
    hidden: `presigned`,
  },
  {
    kind: 'a key in a query',
    text: 'GET https://models.test/v1beta/models?key=0123456789querykey&alt=sse',
    hidden: '0123456789querykey',
  },
  {
    kind: 'a password in an address',
    text: 'postgres://admin:0123456789pgpassword@db.test:5432/app',
    hidden: '0123456789pgpassword',
  },
  {
    kind: 'a private key',
    text: '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0123privatekey\nabcdefgh\n-----END RSA PRIVATE KEY-----',
    hidden: 'privatekey',
  },
  {
    kind: 'a key among variables',
    text: 'AZURE_OPENAI_API_KEY=0123456789azurevariable',
    hidden: '0123456789azurevariable',
  },
  {
    kind: 'a key as a header in words',
    text: "curl -H 'api-key: 0123456789azureheader'",
    hidden: '0123456789azureheader',
  },
  {
    kind: 'a connection string',
    text: 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=0123456789accountkey==;',
    hidden: '0123456789accountkey',
  },
]

/** All of them in one text. */
export const ALL_TEXTS: string = SECRETS.map(({ text }) => text).join('\n and ')

/** The kinds of which something is found. */
export function leaked(text: string): string[] {
  return SECRETS.flatMap(({ kind, hidden }) => (text.includes(hidden) ? [kind] : []))
}
