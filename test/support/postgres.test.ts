import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createDatabase, postgresMissing, prepareTemplate } from './postgres.ts'
import { describeUnless } from './shared.ts'

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describeUnless(await postgresMissing(), 'the PostgreSQL of a test run', () => {
  test('is version 18 with UTF-8', async () => {
    const database = await createDatabase()
    onTestFinished(database.drop)
    expect(await ask(database.url, 'show server_version')).toEqual([
      { server_version: expect.stringMatching(/^18\./) },
    ])
    expect(await ask(database.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
  })

  test('gives each caller a database of its own, copied from a template that was migrated once', async () => {
    let migrations = 0
    const migrate = async (url: string) => {
      migrations += 1
      await ask(url, 'create table kept (id int); insert into kept values (1)')
    }
    await Promise.all([prepareTemplate('support test', migrate), prepareTemplate('support test', migrate)])
    expect(migrations).toBe(1)
    const [first, second] = await Promise.all([
      createDatabase('support test'),
      createDatabase('support test'),
    ])
    onTestFinished(first.drop)
    onTestFinished(second.drop)
    await ask(first.url, 'insert into kept values (2)')
    expect(await ask(first.url, 'select id from kept order by id')).toEqual([{ id: 1 }, { id: 2 }])
    expect(await ask(second.url, 'select id from kept')).toEqual([{ id: 1 }])
  })

  test('drops a database although somebody is connected', async () => {
    const database = await createDatabase()
    const client = new pg.Client({ connectionString: database.url })
    const lost = new Promise((resolve) => client.on('error', resolve))
    await client.connect()
    await database.drop()
    await lost
    await expect(ask(database.url, 'select 1')).rejects.toThrow(/does not exist/)
  })
})
