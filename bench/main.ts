// `npm run bench`: one table, each figure beside its limit measured in the same run [design 9].
// `npm run bench -- --large` works on a group of a million HITs.
import { cpus } from 'node:os'
import { connections, measureApprove } from './approve.ts'
import { measureWork } from './work.ts'

const large = process.argv.includes('--large')
const approve = await measureApprove(20_000)
const limit = 2 * (approve.echo + approve.statements)
const work = await measureWork(large ? 1_000_000 : 100_000, 20_000)

const whole = (value: number) => Math.round(value).toLocaleString('en')
const rows = [
  ['work', 'figure', 'limit', 'aim met'],
  [
    `ApproveAssignment over HTTP, SigV4, SQLite, ${connections} connections: server CPU per call`,
    `${whole(approve.kempelen)} µs`,
    `2 × (H ${whole(approve.echo)} + S ${whole(approve.statements)}) = ${whole(limit)} µs`,
    approve.kempelen <= limit ? 'yes' : `no, ${(approve.kempelen / limit).toFixed(2)} times`,
  ],
  [
    'the same: calls per second, p95',
    `${whole(approve.perSecond)} /s, ${approve.p95.toFixed(1)} ms`,
    `(${approve.group.toFixed(0)} approvals a commit in the replay of S)`,
    '',
  ],
  [
    `accept + submit, 64 workers, one group of ${whole(work.hits)} HITs, SQLite`,
    `${whole(work.perSecond)} pairs/s`,
    '≥ 1,500 pairs/s',
    work.perSecond >= 1500 ? 'yes' : 'no',
  ],
  ['the same: p95 of a pair', `${work.p95.toFixed(1)} ms`, '< 50 ms', work.p95 < 50 ? 'yes' : 'no'],
  ['CreateHIT, 250 at once, SQLite', `${whole(work.fillPerSecond)} /s`, '', ''],
]
const machine = cpus()
console.log(`${machine.length} × ${machine[0]?.model ?? 'unknown'}, Node ${process.version}\n`)
for (const [index, row] of rows.entries()) {
  console.log(`| ${row.join(' | ')} |`)
  if (index === 0) console.log(`|${row.map(() => '---').join('|')}|`)
}
process.exit(0)
