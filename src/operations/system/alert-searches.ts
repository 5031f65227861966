// Tells workers by mail of new groups that match what they asked to be told of. It reads the catalogue of groups, never
// their HITs, and holds no state: whose turn it is stands in a table, so a second process repeats nothing.
import { isFault } from '../../domain/fault.ts'
import { alertMessage, stopSubject } from '../../domain/saved-search.ts'
import { server } from '../../limits.ts'
import * as searchAlerts from '../../store/search-alerts.ts'
import type { SearchAlert } from '../../store/search-alerts.ts'
import { tellWorker } from '../acts/tell-worker.ts'
import { bookkeeping, read, system, write, type SystemCaller } from '../operation.ts'
import type { Runner } from '../run.ts'
import type { GroupKeeper } from '../worker/groups/group-keeper.ts'
import type { OpenGroup } from '../worker/groups/open-groups.ts'
import { findNews, newSince } from './new-groups.ts'

const { lookInterval, mailInterval, overlap } = server.searches

const ListDueAlerts = read<SystemCaller, { after: string }, SearchAlert[]>(
  'ListDueAlerts',
  (tx, _, { after }) => searchAlerts.listDue(tx, tx.now, after, server.systemBatch),
)

/** Whether one of the groups is new for the worker. */
const HasNews = read<SystemCaller, { alert: SearchAlert; groups: readonly OpenGroup[] }, { found: boolean }>(
  'HasNews',
  async (tx, _, { alert, groups }) => ({ found: (await findNews(tx, alert, groups)).typeIds.length > 0 }),
)

/** Moves alerts on for which there is nothing new. */
const PassAlerts = bookkeeping<{ alerts: readonly SearchAlert[] }, object>(
  'PassAlerts',
  async (tx, _, { alerts }) => {
    for (const { workerId, nextAt } of alerts)
      await searchAlerts.takeTurn(tx, workerId, nextAt, tx.now + lookInterval)
    return {}
  },
)

export interface AlertTurn {
  workerId: string
  /** When it was his turn: whoever comes later finds that it is over. */
  dueAt: number
  /** The groups that may be new for him. */
  groups: readonly OpenGroup[]
  /** The address of the site, without a slash at its end, and of the page that ends his alerts. */
  site: string
  stop: string
}

/** Tells a worker of what is new for him, all in one mail, and rests for an hour then. Answers how many groups that is. */
export const AlertSearches = write<SystemCaller, AlertTurn, { told: number }>(
  'AlertSearches',
  (_, { workerId }) => workerId,
  async (tx, _, { workerId, dueAt, groups, site, stop }) => {
    const alert = await searchAlerts.lock(tx, workerId)
    if (alert === undefined || !alert.isActive || alert.nextAt !== dueAt) return { told: 0 }
    const { listed, typeIds } = await findNews(tx, alert, groups)
    const told = typeIds.length
    const nextAt = tx.now + (told === 0 ? lookInterval : mailInterval)
    if (!(await searchAlerts.takeTurn(tx, workerId, dueAt, nextAt)) || told === 0) return { told: 0 }
    await searchAlerts.forgetTold(tx, workerId, tx.now - server.searches.memory)
    await searchAlerts.noteTold(tx, workerId, typeIds.slice(0, server.searches.told))
    const text = alertMessage({
      groups: listed.map(({ type, requesterName, pay }) => ({
        title: type.title,
        requesterName,
        reward: type.reward,
        medianSeconds: pay.medianSeconds,
        url: `${site}/projects/${type.groupId}/tasks`,
      })),
      more: told - listed.length,
      list: `${site}/projects`,
      searches: `${site}/searches`,
      stop,
    })
    await tellWorker(tx, { kind: 'alert', workerId, requesterId: '' }, text)
    return { told }
  },
)

export interface AlertDependencies {
  runner: Pick<Runner, 'run'>
  groupKeeper: Pick<GroupKeeper, 'refresh' | 'catalogue'>
  /** Makes a token for a subject that only this server can make. */
  sign(subject: string): string
  /** The address under which people reach the market, without a slash at its end. */
  publicURL(): string
}

/**
 * Looks once for everybody whose turn it is, in batches. What fails for one worker does not stop the rest; the first
 * failure is thrown at the end.
 */
export async function alertSearches(dependencies: AlertDependencies): Promise<void> {
  const { runner, groupKeeper } = dependencies
  let failure: { error: unknown } | undefined
  let groups: readonly OpenGroup[] | undefined
  for (let after = ''; ;) {
    const due = await runner.run(ListDueAlerts, system, { after })
    if (isFault(due) || due.length === 0) break
    if (groups === undefined) {
      await groupKeeper.refresh()
      groups = [...groupKeeper.catalogue.all()]
    }
    const earliest = Math.min(...due.map(({ lookedAt }) => lookedAt)) - overlap
    const fresh = groups.filter(({ figures }) => figures.createdAt > earliest)
    const passed: SearchAlert[] = []
    for (const alert of due) {
      try {
        if (!(await tellOne(dependencies, alert, fresh))) passed.push(alert)
      } catch (error) {
        failure ??= { error }
      }
    }
    if (passed.length > 0) await runner.run(PassAlerts, system, { alerts: passed })
    after = due.at(-1)!.workerId
  }
  if (failure !== undefined) throw failure.error
}

/** Tells a worker if there is something to tell; answers whether there was. */
async function tellOne(
  { runner, sign, publicURL }: AlertDependencies,
  alert: SearchAlert,
  fresh: readonly OpenGroup[],
): Promise<boolean> {
  const from = newSince(0, alert)
  const groups = fresh.filter(({ figures }) => figures.createdAt > from)
  if (groups.length === 0) return false
  const news = await runner.run(HasNews, system, { alert, groups })
  if (isFault(news) || !news.found) return false
  const { workerId, nextAt: dueAt } = alert
  const site = publicURL()
  const stop = `${site}/alerts/off/${workerId}/${sign(stopSubject(workerId))}`
  await runner.run(AlertSearches, system, { workerId, dueAt, groups, site, stop })
  return true
}
