/** Modules inside runtimes whose types are not ours to have; what they hold is looked at before use. */
declare module 'cloudflare:workers' {}
declare module 'node:async_hooks' {}
