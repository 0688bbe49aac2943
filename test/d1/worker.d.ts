// Tells `exports` of `cloudflare:workers` which module is the Worker.
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import('../../worker/index.ts')
  }
}
