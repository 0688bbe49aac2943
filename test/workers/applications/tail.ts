/**
 * Says which spans the runtime has opened for another Worker, and inside of which.
 *
 * @module
 */

export default {
  tailStream({ event: { spanId } }) {
    return {
      spanOpen({ spanContext, event }) {
        const parent = spanContext.spanId === spanId ? undefined : spanContext.spanId
        console.log(JSON.stringify({ name: event.name, id: event.spanId, parent }))
      },
    }
  },
} satisfies ExportedHandler
