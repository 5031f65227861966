// `kempelen workers`: accounts of workers.
import type { Command } from './command.ts'

const resetPassword: Command = {
  name: 'workers reset-password',
  summary: 'Make an address by which a worker can choose a new password, once',
  arguments: [{ name: 'ID', meaning: 'the worker' }],
  options: {},
  async run(calls, given) {
    const id = encodeURIComponent(given.arguments[0]!)
    const made = (await calls.post(`workers/${id}/password-reset`, {})) as { url: string; expiresAt: string }
    return { json: made, text: made.url }
  },
}

export const workerCommands: readonly Command[] = [resetPassword]
