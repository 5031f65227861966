// Figures for Prometheus. They are counted in plain numbers; the library that spells them is loaded when asked for.

import type { Registry } from 'prom-client'

export interface Metrics {
  countCall(status: number): void
  /** The figures in Prometheus' text format. */
  text(): Promise<string>
}

/** Figures of one process. */
export function createMetrics(): Metrics {
  const calls = new Map<number, number>()
  let registry: Promise<Registry> | undefined
  return {
    countCall(status) {
      calls.set(status, (calls.get(status) ?? 0) + 1)
    },
    async text() {
      // Built once: the library's own figures start observers that nothing ends.
      registry ??= createRegistry(calls)
      return (await registry).metrics()
    },
  }
}

async function createRegistry(calls: ReadonlyMap<number, number>): Promise<Registry> {
  // In the bundle a CommonJS library has its default export alone.
  const { Registry, Counter, collectDefaultMetrics } = (await import('prom-client')).default
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'kempelen_' })
  registry.registerMetric(
    new Counter({
      name: 'kempelen_api_calls_total',
      help: 'Requester API calls that were answered, by HTTP status',
      labelNames: ['status'],
      registers: [],
      collect() {
        this.reset()
        for (const [status, count] of calls) this.inc({ status: String(status) }, count)
      },
    }),
  )
  return registry
}
