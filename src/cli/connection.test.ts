// What stands between a command and its data: a server that hangs, a folder that no socket can be in, a command that
// waits for its user.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig, type Config } from '../config.ts'
import { createLog } from '../log.ts'
import { startServer } from '../main.ts'
import { operatorSocket } from '../http/operator-server.ts'
import { connectOperator } from './connection.ts'

const log = createLog('silent')

/** A data folder of so many characters more than a short one, in which a server has been and is no more. */
async function placeOfServer(length = 0): Promise<Config> {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-connection-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'x'.repeat(length))
  mkdirSync(data, { recursive: true })
  const config = readConfig('demo', { PORT: '0', KEMPELEN_DATA: data }) as Config
  await (await startServer(config, log)).stop()
  return config
}

test('a command works in a folder whose name is too long for a socket', async () => {
  const config = await placeOfServer(150)
  const connection = connectOperator(config, log, undefined)
  expect(await connection.calls.get('layouts')).toEqual({ layouts: [] })
  await connection.close()
})

test('a command that waits for its user keeps no server from starting', async () => {
  const config = await placeOfServer()
  const connection = connectOperator(config, log, undefined)
  const server = await startServer(config, log)
  expect(await connection.calls.get('layouts')).toEqual({ layouts: [] })
  await connection.close()
  await server.stop()
})

test('a command that called nothing leaves nothing to close', async () => {
  const config = await placeOfServer()
  await connectOperator(config, log, undefined).close()
})

test('a command does not wait for ever for a server that hangs', async () => {
  const config = await placeOfServer()
  const socket = `${config.dataFolder}/kempelen.db.socket`
  const hanging = createServer().listen(socket)
  await once(hanging, 'listening')
  onTestFinished(() => void hanging.close())
  const connection = connectOperator(config, log, undefined, 100)
  await expect(connection.calls.get('layouts')).rejects.toThrow(
    `The server's socket ${operatorSocket(config.databaseURL)} does not answer: There was no answer within 0.1 s.`,
  )
  await connection.close()
})
