// Figures for Prometheus. They are counted in plain numbers; the library that spells them is loaded when asked for.

export interface Metrics {
  countCall(status: number): void
  /** The figures in Prometheus' text format. */
  text(): Promise<string>
}

export function createMetrics(): Metrics {
  const calls = new Map<number, number>()
  return {
    countCall(status) {
      calls.set(status, (calls.get(status) ?? 0) + 1)
    },
    async text() {
      const { Registry, Counter, collectDefaultMetrics } = await import('prom-client')
      const registry = new Registry()
      collectDefaultMetrics({ register: registry, prefix: 'kempelen_' })
      const counter = new Counter({
        name: 'kempelen_api_calls_total',
        help: 'Requester API calls that were answered, by HTTP status',
        labelNames: ['status'],
        registers: [registry],
      })
      for (const [status, count] of calls) counter.inc({ status: String(status) }, count)
      return registry.metrics()
    },
  }
}
