// `kempelen imports remove` and `release`: what is taken back of imports (docs/leaving-amazon.md).
import { valueOf, type Command } from './command.ts'
import { countsTable, type Imported } from './imports.ts'

const remove: Command = {
  name: 'imports remove',
  summary: 'Take away all that was brought in for a requester, such as the wrong one',
  arguments: [],
  options: {
    requester: { value: 'ID', meaning: 'the requester whose imports go', required: true },
    yes: { meaning: 'do it; without it only what would go is told' },
  },
  async run(calls, given) {
    const requesterId = valueOf(given, 'requester')!
    const { counts } = (await calls.get('imports', { requester: requesterId })) as Imported
    const text = countsTable(counts)
    if (given.options.yes !== true)
      return { json: { counts }, text, problem: 'Nothing was removed. With --yes all of it is.' }
    let rows = 0
    for (;;) {
      const { removed } = (await calls.post('imports/remove', { requesterId })) as { removed: number }
      rows += removed
      if (removed === 0) break
    }
    const stays = 'Qualification types, scores and blocks stay: they are this market’s now.'
    return { json: { counts, rows }, text: `${text}\n\nAll of it was removed. ${stays}` }
  },
}

const release: Command = {
  name: 'imports release',
  summary: 'Take an old worker id from the worker who claimed it, so that another one can',
  arguments: [{ name: 'ID', meaning: 'the worker id of the real service' }],
  options: {
    requester: { value: 'ID', meaning: 'the requester whose code it was', required: true },
  },
  async run(calls, given) {
    const earlierId = given.arguments[0]!
    const body = { requesterId: valueOf(given, 'requester')!, earlierId }
    const json = (await calls.post('imports/release', body)) as { workerId: string }
    return { json, text: `${earlierId} is free to be claimed again; ${json.workerId} had it.` }
  },
}

export const importChangeCommands: readonly Command[] = [remove, release]
