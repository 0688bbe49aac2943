// The one function that is used of a module that Workers, Node, Bun and Deno all have. The types of
// Node as a whole would contradict those of Workers.
declare module 'node:zlib' {
  export function gunzipSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array
}
