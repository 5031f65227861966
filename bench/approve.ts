// ApproveAssignment over HTTP with SigV4, durable, on SQLite, from 64 connections; beside H and S of design 9, all as
// server CPU per call.
import { fork, type ChildProcess } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { DatabaseSync, StatementSync, type SQLInputValue } from 'node:sqlite'
import { ApproveAssignment } from '../src/operations/requester/ApproveAssignment.ts'
import type { Command } from './child.ts'
import {
  acceptAndSubmit,
  inLanes,
  key,
  makeHITs,
  makeWorkers,
  must,
  openBenchMarket,
  percentile,
  temporaryFile,
  type BenchMarket,
} from './market.ts'

export const connections = 64

export interface ApproveFigures {
  calls: number
  perSecond: number
  p95: number
  /** Server CPU, microseconds per call. */
  kempelen: number
  echo: number
  statements: number
  /** Rows of one group commit, on average, in the replayed run. */
  group: number
}

/** Measures `calls` approvals. */
export async function measureApprove(calls: number): Promise<ApproveFigures> {
  const warmUp = 2000
  const { file, requesterId, assignments } = await prepare(calls * 2 + warmUp * 2)
  const copy = `${file}.copy`
  copyFileSync(file, copy)
  const overHTTP = assignments.slice(0, calls + warmUp)
  const server = await start({ serve: 'kempelen', file, requesterId })
  const real = await load(server, overHTTP, warmUp)
  await stop(server)
  const bare = await start({ serve: 'echo' })
  const echo = await load(bare, overHTTP, warmUp)
  await stop(bare)
  const straight = await measureStatements(copy, requesterId, assignments.slice(calls + warmUp), warmUp)
  return {
    calls,
    perSecond: calls / real.seconds,
    p95: real.p95,
    kempelen: real.cpu / calls,
    echo: echo.cpu / calls,
    statements: straight.cpu,
    group: straight.group,
  }
}

async function prepare(count: number): Promise<{ file: string; requesterId: string; assignments: string[] }> {
  const file = temporaryFile()
  const bench = await openBenchMarket(`sqlite:${file}`)
  const type = await makeHITs(bench, count)
  // A worker accepts at most 3,800 HITs a day.
  const workers = await makeWorkers(bench, Math.max(64, Math.ceil(count / 3000)))
  const assignments: string[] = []
  await inLanes(workers.length, count, async (lane) => {
    assignments.push(await acceptAndSubmit(bench, workers[lane]!, type))
  })
  await bench.close()
  return { file, requesterId: bench.requesterId, assignments }
}

function start(command: Command): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(new URL('./child.ts', import.meta.url), { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', (message) => resolve({ child, port: (message as { port: number }).port }))
    child.send(command)
  })
}

function stop({ child }: { child: ChildProcess }): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.send('stop' satisfies Command)
  })
}

function cpuOf({ child }: { child: ChildProcess }): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (message) => {
      const { cpu } = message as { cpu: NodeJS.CpuUsage }
      resolve(cpu.user + cpu.system)
    })
    child.send('cpu' satisfies Command)
  })
}

/** Sends one signed approval per assignment; the first `warmUp` are not measured. */
async function load(server: { child: ChildProcess; port: number }, assignments: string[], warmUp: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = (assignmentId: string) => post(agent, server.port, assignmentId)
  await inLanes(connections, warmUp, (_, i) => send(assignments[i]!))
  const before = await cpuOf(server)
  const started = performance.now()
  const times = await inLanes(connections, assignments.length - warmUp, (_, i) =>
    send(assignments[warmUp + i]!),
  )
  const seconds = (performance.now() - started) / 1000
  const cpu = (await cpuOf(server)) - before
  agent.destroy()
  return { seconds, cpu, p95: percentile(times, 0.95) }
}

function post(agent: Agent, port: number, assignmentId: string): Promise<void> {
  const body = JSON.stringify({ AssignmentId: assignmentId, RequesterFeedback: 'Thank you!' })
  const headers = sign(`127.0.0.1:${port}`, body)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { agent, port, host: '127.0.0.1', method: 'POST', path: '/', headers },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}: ${text}`)),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest()

function sign(host: string, body: string): Record<string, string> {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = date.slice(0, 8)
  const target = 'MTurkRequesterServiceV20170117.ApproveAssignment'
  const type = 'application/x-amz-json-1.1'
  const signed = 'content-type;host;x-amz-date;x-amz-target'
  const hash = createHash('sha256').update(body).digest('hex')
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${host}\nx-amz-date:${date}\nx-amz-target:${target}\n\n${signed}\n${hash}`
  const scope = `${day}/us-east-1/mturk-requester/aws4_request`
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`
  const signing = hmac(
    hmac(hmac(hmac(`AWS4${key.secret}`, day), 'us-east-1'), 'mturk-requester'),
    'aws4_request',
  )
  const signature = createHmac('sha256', signing).update(toSign).digest('hex')
  return {
    'content-type': type,
    'x-amz-date': date,
    'x-amz-target': target,
    'content-length': String(Buffer.byteLength(body)),
    authorization: `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  }
}

interface Recorded {
  sql: string
  values: unknown[]
}

/**
 * S: the statements of approvals, recorded from a run with 64 callers and replayed straight on node:sqlite on an
 * equal database, commits included.
 */
async function measureStatements(file: string, requesterId: string, assignments: string[], warmUp: number) {
  const copy = `${file}.replay`
  copyFileSync(file, copy)
  const bench = await openBenchMarket(`sqlite:${file}`, requesterId)
  const record = await recordApprovals(bench, assignments)
  await bench.close()
  const database = new DatabaseSync(copy)
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536; pragma wal_autocheckpoint = 40000',
  )
  const prepared = new Map<string, StatementSync>()
  let approvals = 0
  let commits = 0
  let before = process.cpuUsage()
  let measured = 0
  for (const { sql, values } of record) {
    let statement = prepared.get(sql)
    if (statement === undefined) prepared.set(sql, (statement = database.prepare(sql)))
    if (sql.startsWith('select')) statement.all(...(values as SQLInputValue[]))
    else statement.run(...(values as SQLInputValue[]))
    if (sql === 'release job') approvals++
    if (sql === 'commit') commits++
    if (measured === 0 && approvals >= warmUp) {
      before = process.cpuUsage()
      measured = approvals
    }
  }
  const used = process.cpuUsage(before)
  database.close()
  return { cpu: (used.user + used.system) / (approvals - measured), group: approvals / commits }
}

/** Runs approvals with every statement of the writer written down. */
async function recordApprovals(
  { market, requesterId }: BenchMarket,
  assignments: string[],
): Promise<Recorded[]> {
  const record: Recorded[] = []
  const caller = { kind: 'requester', requesterId } as const
  const { all, run } = StatementSync.prototype
  const note = (statement: StatementSync, values: unknown[]) =>
    void record.push({ sql: statement.sourceSQL, values })
  StatementSync.prototype.all = function (this: StatementSync, ...values: unknown[]) {
    note(this, values)
    return Reflect.apply(all, this, values)
  } as typeof all
  StatementSync.prototype.run = function (this: StatementSync, ...values: unknown[]) {
    note(this, values)
    return Reflect.apply(run, this, values)
  } as typeof run
  try {
    await inLanes(connections, assignments.length, async (_, i) => {
      const input = { AssignmentId: assignments[i]!, RequesterFeedback: 'Thank you!' }
      must(await market.runner.run(ApproveAssignment, caller, input))
    })
  } finally {
    Object.assign(StatementSync.prototype, { all, run })
  }
  return record
}
