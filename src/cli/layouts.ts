// `kempelen layouts`: the templates that HITs are made of with HITLayoutId [questions 8].
import { nextPage, valueOf, type Command } from './command.ts'
import { readText } from './read-text.ts'
import { table } from './table.ts'

interface Layout {
  hitLayoutId: string
  version: number
  requesterId: string
  name: string
  createdAt: string
}

const put: Command = {
  name: 'layouts put',
  summary: 'Keep an HTML template as a layout, or as the next version of one',
  arguments: [
    { name: 'FILE', meaning: 'the template, with placeholders such as ${image_url}; - is standard input' },
  ],
  options: {
    requester: { value: 'ID', meaning: 'the requester whose layout it is', required: true },
    name: { value: 'NAME', meaning: 'what the requester calls it', required: true },
    layout: {
      value: 'ID',
      meaning: 'the layout of which this is the next version; HITs that exist keep theirs',
    },
  },
  async run(calls, given) {
    const made = (await calls.post('layouts', {
      requesterId: valueOf(given, 'requester'),
      name: valueOf(given, 'name'),
      html: await readText(given.arguments[0]!),
      hitLayoutId: valueOf(given, 'layout'),
    })) as { hitLayoutId: string }
    return { json: made, text: `HITLayoutId ${made.hitLayoutId}` }
  },
}

const list: Command = {
  name: 'layouts list',
  summary: 'List layouts, each in its latest version',
  arguments: [],
  options: {
    requester: { value: 'ID', meaning: 'only those of this requester' },
    after: { value: 'ID', meaning: 'only those after this layout' },
  },
  async run(calls, given) {
    const page = (await calls.get('layouts', {
      requesterId: valueOf(given, 'requester'),
      after: valueOf(given, 'after'),
    })) as { layouts: Layout[]; next?: string }
    if (page.layouts.length === 0) return { json: page, text: 'There are no layouts.' }
    const rows = page.layouts.map(({ hitLayoutId, version, requesterId, createdAt, name }) => [
      hitLayoutId,
      `version ${version}`,
      requesterId,
      createdAt,
      name,
    ])
    const more = page.next === undefined ? '' : `\n\n${nextPage('layouts list', given, 'after', page.next)}`
    return { json: page, text: table(rows) + more }
  },
}

const show: Command = {
  name: 'layouts show',
  summary: 'Print the template of a layout',
  arguments: [{ name: 'ID', meaning: 'the layout' }],
  options: { version: { value: 'NUMBER', meaning: 'this version instead of the latest' } },
  async run(calls, given) {
    const id = encodeURIComponent(given.arguments[0]!)
    const layout = (await calls.get(`layouts/${id}`, { version: valueOf(given, 'version') })) as Layout & {
      html: string
    }
    return { json: layout, text: layout.html }
  },
}

export const layoutCommands: readonly Command[] = [put, list, show]
