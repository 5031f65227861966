// Accept and submit together, 64 workers at once, durable: on one group of many open HITs, on the same with three
// assignments a HIT and a worker who has done most of what he could, and on one HIT with many slots.
import {
  acceptAndSubmit,
  inLanes,
  makeHITs,
  makeVeteran,
  makeWorkers,
  openBenchMarket,
  percentile,
} from './market.ts'

const lanes = 64

export interface WorkFigures {
  /** What was measured, for the table. */
  name: string
  perSecond: number
  /** Milliseconds of one accept and submit together. */
  p95: number
  fillPerSecond: number
}

export interface WorkSettings {
  hits: number
  assignments: number
  pairs: number
  /** HITs that the first worker has done before. */
  done?: number
}

/** Measures pairs on the database that `url` names. Throws when a worker is told that nothing is left. */
export async function measureWork(url: string, settings: WorkSettings): Promise<WorkFigures> {
  const { hits, assignments, pairs, done = 0 } = settings
  const bench = await openBenchMarket(url)
  const filled = performance.now()
  const type = await makeHITs(bench, hits, assignments)
  const fillPerSecond = hits / ((performance.now() - filled) / 1000)
  // Nobody does a HIT twice: where there are few HITs there must be many workers.
  const workers = await makeWorkers(bench, Math.max(lanes, Math.ceil(pairs / hits)))
  await makeVeteran(bench, workers[0]!, done)
  const share = Math.ceil(workers.length / lanes)
  const started = performance.now()
  const times = await inLanes(lanes, pairs, async (lane, i) => {
    await acceptAndSubmit(bench, workers[share === 1 ? lane : i]!, type)
  })
  const perSecond = pairs / ((performance.now() - started) / 1000)
  await bench.close()
  return { name: nameOf(settings), perSecond, p95: percentile(times, 0.95), fillPerSecond }
}

function nameOf({ hits, assignments, done }: WorkSettings): string {
  const whole = (value: number) => value.toLocaleString('en')
  if (hits === 1) return `one HIT with ${whole(assignments)} slots`
  const group = `one group of ${whole(hits)} HITs`
  if (assignments === 1) return group
  return `${group} × ${assignments} assignments, one worker has done ${whole(done ?? 0)}`
}
