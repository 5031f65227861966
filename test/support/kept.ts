// What workers mark, save and are told of, for tests.
import { zero } from '../../src/domain/money.ts'
import type { SavedFilters } from '../../src/domain/saved-search.ts'
import { SaveSearch } from '../../src/operations/worker/SaveSearch.ts'
import { SetFavourite } from '../../src/operations/worker/SetFavourite.ts'
import type { TestMarket, TestWorker } from './market.ts'
import { messagesOf } from './messages.ts'
import { must } from './worker-calls.ts'

/** Filters that leave nothing out. */
export const everything: SavedFilters = {
  search: '',
  minReward: zero,
  qualified: false,
  masters: false,
  favourites: false,
  requesterId: undefined,
  sort: 'updated_desc',
}

/** Saves a search of these words; answers its id. */
export async function saveSearch(
  market: TestMarket,
  worker: Pick<TestWorker, 'workerId'>,
  name: string,
  filters: Partial<SavedFilters> = {},
  hasAlerts = true,
): Promise<string> {
  const input = { name, filters: { ...everything, ...filters }, hasAlerts }
  return (await must(market, worker, SaveSearch, input)).searchId
}

/** Marks a requester or a group. */
export async function mark(
  market: TestMarket,
  worker: Pick<TestWorker, 'workerId'>,
  kind: 'requester' | 'group',
  id: string,
): Promise<void> {
  await must(market, worker, SetFavourite, { kind, id, isFavourite: true })
}

/** The alerts that a worker got, newest first. */
export async function alertsTo(
  market: TestMarket,
  { workerId }: Pick<TestWorker, 'workerId'>,
): Promise<{ subject: string; text: string }[]> {
  return (await messagesOf(market, workerId)).filter(({ kind }) => kind === 'alert')
}
