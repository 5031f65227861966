// `kempelen invitations`: links that let somebody sign up, once each.
import { nextPage, Refused, valueOf, type Command, type Given } from './command.ts'
import { table } from './table.ts'

interface Made {
  invitations: { invitationId: string; url: string }[]
  expiresAt: string
}

interface Listed {
  invitations: {
    invitationId: string
    state: string
    email?: string
    workerId?: string
    createdAt: string
    expiresAt: string
  }[]
  next?: string
}

function numberOf(given: Given, name: string): number | undefined {
  const value = valueOf(given, name)
  if (value === undefined) return undefined
  if (/^\d{1,6}$/.test(value)) return Number(value)
  throw new Refused(`--${name} must be a number, not "${value}".`)
}

const create: Command = {
  name: 'invitations create',
  summary: 'Make links by which new workers can sign up, once each',
  arguments: [],
  options: {
    email: { value: 'ADDRESS', meaning: 'only the owner of this e-mail address can use it' },
    days: { value: 'NUMBER', meaning: 'for how many days it is good; 14 by default' },
    count: { value: 'NUMBER', meaning: 'how many links; 1 by default' },
  },
  async run(calls, given) {
    const made = (await calls.post('invitations', {
      email: valueOf(given, 'email'),
      days: numberOf(given, 'days'),
      count: numberOf(given, 'count'),
    })) as Made
    return { json: made, text: made.invitations.map(({ url }) => url).join('\n') }
  },
}

const list: Command = {
  name: 'invitations list',
  summary: 'List invitations, newest first, and what became of them',
  arguments: [],
  options: { before: { value: 'ID', meaning: 'only those older than this invitation' } },
  async run(calls, given) {
    const page = (await calls.get('invitations', { before: valueOf(given, 'before') })) as Listed
    if (page.invitations.length === 0) return { json: page, text: 'There are no invitations.' }
    const rows = page.invitations.map(({ invitationId, state, email = '', workerId = '', expiresAt }) => [
      invitationId,
      state,
      `until ${expiresAt}`,
      workerId,
      email,
    ])
    const more =
      page.next === undefined ? '' : `\n\n${nextPage('invitations list', given, 'before', page.next)}`
    return { json: page, text: table(rows) + more }
  },
}

const revoke: Command = {
  name: 'invitations revoke',
  summary: 'Take an unused invitation back',
  arguments: [{ name: 'ID', meaning: 'the invitation' }],
  options: {},
  async run(calls, given) {
    const id = encodeURIComponent(given.arguments[0]!)
    const done = await calls.post(`invitations/${id}/revoke`, {})
    return { json: done, text: 'The invitation does not work any more.' }
  },
}

export const invitationCommands: readonly Command[] = [create, list, revoke]
