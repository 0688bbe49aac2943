// What is used of modules that Workers, Node, Bun and Deno all have. The types of Node as a whole would
// contradict those of Workers.
declare module 'node:zlib' {
  export function gunzipSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array
  export function deflateRawSync(bytes: Uint8Array, options: { level: number }): Uint8Array
  export function inflateRawSync(bytes: Uint8Array): Uint8Array
}

declare module 'node:crypto' {
  interface Hash {
    update(bytes: Uint8Array): Hash
    digest(encoding: 'base64url'): string
  }
  export function createHash(algorithm: 'sha256'): Hash
}
