// Accept and submit, 64 workers on one group of many open HITs, durable, on SQLite.
import {
  acceptAndSubmit,
  inLanes,
  makeHITs,
  makeWorkers,
  openBenchMarket,
  percentile,
  temporaryFile,
} from './market.ts'

export interface WorkFigures {
  hits: number
  pairs: number
  perSecond: number
  /** Milliseconds of one accept and submit together. */
  p95: number
  fillPerSecond: number
}

/** Measures `pairs` accepts and submissions on a group of `hits` open HITs. */
export async function measureWork(hits: number, pairs: number): Promise<WorkFigures> {
  const bench = await openBenchMarket(temporaryFile())
  const filled = performance.now()
  const type = await makeHITs(bench, hits)
  const fillPerSecond = hits / ((performance.now() - filled) / 1000)
  const workers = await makeWorkers(bench, 64)
  const started = performance.now()
  const times = await inLanes(64, pairs, async (lane) => {
    await acceptAndSubmit(bench, workers[lane]!, type)
  })
  const perSecond = pairs / ((performance.now() - started) / 1000)
  await bench.close()
  return { hits, pairs, perSecond, p95: percentile(times, 0.95), fillPerSecond }
}
