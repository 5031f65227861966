// Workers and transactions as files [websites 2.6, 2.8].
import { expect, test } from 'vitest'
import {
  findTransactionColumns,
  findWorkerColumns,
  writeTransactions,
  writeWorkers,
  type TransactionRow,
  type WorkerRow,
} from './history-csv.ts'
import type { Rows } from './result-csv.ts'

/** Rows in batches of so many. */
function inBatches<T>(rows: readonly T[], size: number): Rows<T> {
  return async function* () {
    for (let from = 0; from < rows.length; from += size)
      yield await Promise.resolve(rows.slice(from, from + size))
  }
}

async function whole(texts: AsyncIterable<string>): Promise<string> {
  let file = ''
  for await (const text of texts) file += text
  return file
}

const worker = (id: string, more: Partial<WorkerRow> = {}): WorkerRow => ({
  id,
  figures: undefined,
  block: 'Never Blocked',
  scores: new Map(),
  ...more,
})

async function workersFile(rows: readonly WorkerRow[], size = 1): Promise<string> {
  const batches = inBatches(rows, size)
  return whole(writeWorkers(batches, await findWorkerColumns(batches)))
}

async function transactionsFile(rows: readonly TransactionRow[], size = 1): Promise<string> {
  const batches = inBatches(rows, size)
  return whole(writeTransactions(batches, await findTransactionColumns(batches)))
}

test('workers: figures as they came, a pair of columns for each type, block status far right [websites 2.6]', async () => {
  const lifetime = 'Number of HITs approved - Lifetime'
  const file = await workersFile([
    worker('A1', { figures: { [lifetime]: '3', 'Your Lifetime Approval Rate': '75%' } }),
    worker('A2', { scores: new Map([['Zebra "fast"', 100]]), block: 'Blocked' }),
    worker('A3', { figures: { [lifetime]: '1' }, scores: new Map([['Birds, all', 0]]) }),
  ])
  expect(file.split('\n')).toEqual([
    `"Worker ID","${lifetime}","Your Lifetime Approval Rate","CURRENT-Birds, all","UPDATE-Birds, all",` +
      '"CURRENT-Zebra ""fast""","UPDATE-Zebra ""fast""","CURRENT-BlockStatus","UPDATE-BlockStatus"',
    '"A1","3","75%","","","","","Never Blocked",""',
    '"A2","","","","","100","","Blocked",""',
    '"A3","1","","0","","","","Never Blocked",""',
    '',
  ])
})

test('transactions: the cells as they came, columns in the order in which they are met [websites 2.8]', async () => {
  const file = await transactionsFile([
    { 'Date Initiated': '11/20/19', Amount: '-$1.00' },
    { 'Date Initiated': '11/21/19', 'Recipient ID': 'A1', Amount: '($1,234.50)' },
    JSON.parse('{"__proto__": "x", "Amount": "a\\nb"}') as TransactionRow,
  ])
  expect(file).toBe(
    '"Date Initiated","Amount","Recipient ID","__proto__"\n' +
      '"11/20/19","-$1.00","",""\n' +
      '"11/21/19","($1,234.50)","A1",""\n' +
      '"","a\nb","","x"\n',
  )
})

test.each([1, 2, 100])('batches of %i make the same file', async (size) => {
  const rows = Array.from({ length: 7 }, (_, i) => worker(`A${i}`, { scores: new Map([[`Type ${i}`, i]]) }))
  expect(await workersFile(rows, size)).toBe(await workersFile(rows, 3))
})

test('how many rows there are is known before the file is written', async () => {
  expect(await findWorkerColumns(inBatches([worker('A1'), worker('A2'), worker('A3')], 2))).toMatchObject({
    rows: 3,
  })
  expect(await findTransactionColumns(inBatches([{ a: '1' }], 2))).toEqual({ names: ['a'], rows: 1 })
})
