// What a worker asks of his history, as it stands in an address: read, judged, and written again for links.
import { nextPacificDayStart, pacificDayStart, withinPacificDay } from '../../../clock.ts'
import { shownStates } from '../../../domain/shown-state.ts'
import type { HistoryQuery } from '../../../operations/worker/history.ts'
import type { Cursor } from '../../../store/cursor.ts'

/** The fields of the form, as they were typed. */
export interface HistoryFields {
  search: string
  state: string
  requester: string
  from: string
  to: string
  order: string
}

/** What is wrong with a field: it is no day, or the days are in the wrong order. */
export type HistoryErrors = Partial<Record<'from' | 'to', 'noDay' | 'wrongDays'>>

export interface ReadHistory {
  fields: HistoryFields
  query: HistoryQuery
  errors: HistoryErrors
}

const names = ['search', 'state', 'requester', 'from', 'to', 'order'] as const

/** Reads the fields of an address. What is wrong is told, and narrows nothing. */
export function readHistoryQuery(address: URLSearchParams): ReadHistory {
  const fields = Object.fromEntries(
    names.map((name) => [name, (address.get(name) ?? '').trim()]),
  ) as unknown as HistoryFields
  const errors: HistoryErrors = {}
  const [from, to] = (['from', 'to'] as const).map((name) => {
    const start = startOf(fields[name])
    if (fields[name] !== '' && start === undefined) errors[name] = 'noDay'
    return start
  })
  if (from !== undefined && to !== undefined && to < from) errors.to = 'wrongDays'
  const query: HistoryQuery = {
    search: fields.search,
    state: shownStates.find((state) => state === fields.state),
    requesterId: fields.requester === '' ? undefined : fields.requester,
    from,
    to: to === undefined ? undefined : nextPacificDayStart(to),
    order: fields.order === 'oldest' ? 'oldest' : 'newest',
  }
  return { fields, query, errors }
}

/** When a Pacific day begins, or undefined when the text is no day. */
function startOf(text: string): number | undefined {
  const within = withinPacificDay(text)
  return within === undefined ? undefined : pacificDayStart(within)
}

/** Whether anything narrows the history. */
export function isNarrowed({ search, state, requesterId, from, to }: HistoryQuery): boolean {
  return Boolean(search) || [state, requesterId, from, to].some((value) => value !== undefined)
}

/** The fields as the query of an address, without those that are empty. */
export function historyAddress(
  path: string,
  fields: HistoryFields,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams()
  for (const name of names) if (fields[name] !== '') query.set(name, fields[name])
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  return query.size === 0 ? path : `${path}?${query.toString()}`
}

/** The place at which a page begins, as it stands in an address. */
export function readPlace(text: string | null | undefined): Cursor | undefined {
  const match = /^(\d{1,15})\.([A-Z0-9]{1,64})$/.exec(text ?? '')
  return match ? { time: Number(match[1]), id: match[2]! } : undefined
}

/** As readPlace reads it. */
export function writePlace({ time, id }: Cursor): string {
  return `${time}.${id}`
}
