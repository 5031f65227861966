// `kempelen imports codes`: what a requester gives her workers of the real service, so that they find what she told of
// them again (docs/leaving-amazon.md).
import { valueOf, type Command, type OperatorCalls } from './command.ts'
import { writePrivate } from './private-file.ts'

interface Code {
  workerId: string
  code: string
}

const codes: Command = {
  name: 'imports codes',
  summary: 'Write the codes with which workers claim the ids that a requester brought, as CSV',
  arguments: [],
  options: {
    requester: { value: 'ID', meaning: 'the requester who gives out the codes', required: true },
    file: { value: 'FILE', meaning: 'where to write them, for you alone to read; printed by default' },
  },
  async run(calls, given) {
    const requester = valueOf(given, 'requester')!
    const path = valueOf(given, 'file')
    if (path !== undefined) {
      const count = { codes: 0 }
      await writePrivate(path, csvOf(calls, requester, count))
      const text = `${count.codes.toLocaleString('en-US')} codes written to ${path}.`
      return { json: { file: path, ...count }, text }
    }
    const json: Code[] = []
    for await (const page of pagesOf(calls, requester)) json.push(...page)
    return { json, text: [header, ...json.map(lineOf)].join('\n') }
  },
}

const header = 'worker_id,code'

/** Ids of workers and codes are letters and digits: nothing of them needs quotes. */
const lineOf = ({ workerId, code }: Code) => `${workerId},${code}`

async function* csvOf(
  calls: OperatorCalls,
  requester: string,
  count: { codes: number },
): AsyncGenerator<string> {
  yield `${header}\n`
  for await (const page of pagesOf(calls, requester)) {
    count.codes += page.length
    yield page.map((code) => `${lineOf(code)}\n`).join('')
  }
}

async function* pagesOf(calls: OperatorCalls, requester: string): AsyncGenerator<Code[]> {
  let after: string | undefined
  do {
    const page = (await calls.get('imports/codes', { requester, after })) as { codes: Code[]; next?: string }
    yield page.codes
    after = page.next
  } while (after !== undefined)
}

export const importCodeCommands: readonly Command[] = [codes]
