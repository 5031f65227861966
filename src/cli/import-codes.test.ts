// The codes of a requester as the command writes them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OperatorCalls } from './command.ts'
import { importCodeCommands } from './import-codes.ts'

const pages = {
  '': {
    codes: [
      { workerId: 'A1', code: 'AAAA-BBBB-CCCC-DDDD' },
      { workerId: 'A2', code: 'EEEE-FFFF-GGGG-HHHH' },
    ],
    next: 'A2',
  },
  A2: { codes: [{ workerId: 'A3', code: 'JJJJ-KKKK-MMMM-NNNN' }] },
}
const csv = 'worker_id,code\nA1,AAAA-BBBB-CCCC-DDDD\nA2,EEEE-FFFF-GGGG-HHHH\nA3,JJJJ-KKKK-MMMM-NNNN'

const calls = {
  get: (path: string, query: { requester?: string; after?: string }) => {
    expect([path, query.requester]).toEqual(['imports/codes', 'AREQUESTER'])
    return Promise.resolve(pages[(query.after ?? '') as keyof typeof pages])
  },
} as unknown as OperatorCalls

const run = (options: Record<string, string>) =>
  importCodeCommands[0]!.run(calls, { arguments: [], options: { requester: 'AREQUESTER', ...options } })

test('are printed, all pages of them', async () => {
  expect(await run({})).toEqual({ text: csv, json: [...pages[''].codes, ...pages.A2.codes] })
})

test('are written into a file for the operator alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-codes-'))
  const file = join(folder, 'codes.csv')
  expect(await run({ file })).toEqual({ text: `3 codes written to ${file}.`, json: { file, codes: 3 } })
  expect(readFileSync(file, 'utf8')).toBe(`${csv}\n`)
  await expect(run({ file })).rejects.toThrow('exists already')
  rmSync(folder, { recursive: true })
})
