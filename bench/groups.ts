// The list of groups as workers poll it, and accept and submit beside it.
import { isFault } from '../src/domain/fault.ts'
import type { GroupQuery, GroupSort } from '../src/operations/worker/groups/group-view.ts'
import { fillGroups, grant, type Filled } from './fill.ts'
import {
  acceptAndSubmit,
  inLanes,
  makeWorkers,
  openBenchMarket,
  percentile,
  type BenchMarket,
} from './market.ts'

const lanes = 64
const pollers = 20
const qualifications = 50
const pageSize = 100

export interface ListFigures {
  /** Milliseconds of one list. */
  p50: number
  p95: number
}

export interface GroupsFigures {
  /** Seconds until a new process has counted every group, and milliseconds of its first list. */
  countSeconds: number
  firstList: number
  /** With nothing else to do. */
  alone: ListFigures
  /** While 64 workers accept and submit. */
  busy: ListFigures
  /** Accept and submit by 64 workers, while nobody looks at a list and while 20 do. */
  unpolled: PairFigures
  polled: PairFigures
}

export interface PairFigures {
  perSecond: number
  /** Milliseconds. */
  p95: number
}

const sorts: GroupSort[] = ['updated_desc', 'reward_desc', 'num_hits_desc']

/** What the i-th poll asks for: mostly the first page of what he qualifies for, now and then something else. */
function queryOf(i: number): GroupQuery {
  return {
    sort: sorts[i % sorts.length]!,
    offset: i % 5 === 0 ? pageSize : 0,
    limit: pageSize,
    qualified: i % 4 !== 0,
    ...(i % 7 === 0 && { search: `bird ${i}` }),
    ...(i % 3 === 0 && { minReward: 10n as GroupQuery['minReward'] & bigint }),
  }
}

async function list({ market }: BenchMarket, workerId: string, i: number): Promise<number> {
  const before = performance.now()
  const page = await market.listGroups({ kind: 'worker', workerId }, queryOf(i))
  if (isFault(page)) throw new Error(`refused: ${page.fault}`)
  return performance.now() - before
}

const figuresOf = (times: number[]): ListFigures => ({
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
})

/** Measures on an empty database, which `settle` tidies up after it was filled. */
export async function measureGroups(
  url: string,
  filled: Filled,
  pairs: number,
  settle: () => Promise<void> = () => Promise.resolve(),
): Promise<GroupsFigures> {
  const filling = await openBenchMarket(url)
  const types = await fillGroups(filling, filled)
  const workers = await makeWorkers(filling, lanes)
  const watchers = await makeWorkers(filling, pollers)
  for (const workerId of watchers) await grant(filling, workerId, qualifications)
  await filling.close()
  await settle()

  const bench = await openBenchMarket(url, filling.requesterId)
  const firstList = await list(bench, watchers[0]!, 1)
  const started = performance.now()
  await bench.market.groupKeeper.keepUp()
  const countSeconds = (performance.now() - started) / 1000
  bench.market.groupKeeper.start()
  const alone: number[] = []
  for (let i = 0; i < 400; i++) alone.push(await list(bench, watchers[i % pollers]!, i))

  // Groups that anybody may accept from.
  const free = types.filter((_, i) => i % 2 === 0)
  let accepted = 0
  const work = async (): Promise<PairFigures> => {
    const begun = performance.now()
    const times = await inLanes(lanes, pairs, async (lane) => {
      await acceptAndSubmit(bench, workers[lane]!, free[(accepted++ * 7919) % free.length]!)
    })
    return { perSecond: pairs / ((performance.now() - begun) / 1000), p95: percentile(times, 0.95) }
  }
  const unpolled = await work()
  const polls = pollWhile(bench, watchers)
  const polled = await work()
  const busy = await polls.stop()
  await bench.market.groupKeeper.stop()
  await bench.close()
  return {
    countSeconds,
    firstList,
    alone: figuresOf(alone),
    busy: figuresOf(busy),
    unpolled,
    polled,
  }
}

/** Lets each watcher look at the list once a second. */
function pollWhile(bench: BenchMarket, watchers: readonly string[]) {
  const times: number[] = []
  const underWay = new Set<Promise<void>>()
  const timers = watchers.map((workerId, watcher) => {
    let i = watcher
    const poll = () => {
      const one = list(bench, workerId, i++).then((time) => void times.push(time))
      underWay.add(one)
      void one.finally(() => underWay.delete(one))
    }
    return setInterval(poll, 950 + watcher * 5)
  })
  return {
    async stop(): Promise<number[]> {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(underWay)
      return times
    },
  }
}
