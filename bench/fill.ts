// Many groups of many open HITs, put into the tables in a few statements: through the operations it would take longer
// than everything that is measured.
import { sql } from 'kysely'
import { cents } from '../src/domain/money.ts'
import type { QualificationRequirement } from '../src/domain/qualification.ts'
import * as hitTypes from '../src/store/hit-types.ts'
import { write } from '../src/store/prepared.ts'
import * as qualifications from '../src/store/qualifications.ts'
import * as qualificationTypes from '../src/store/qualification-types.ts'
import * as questions from '../src/store/questions.ts'
import * as requesters from '../src/store/requesters.ts'
import type { Write } from '../src/store/tx.ts'
import { question, type BenchMarket } from './market.ts'

const day = 86_400_000
const requesterCount = 200
const qualificationCount = 200
/** HITs put in by one statement. */
const portion = 50_000

export interface Filled {
  groups: number
  /** HITs of each group. */
  hits: number
}

interface Portion {
  fromType: string
  toType: string
  fromHIT: number
  toHIT: number
  now: number
  expiresAt: number
}

// The place of a HIT in its group is a number that looks random and is the same in every run.
const insertHITs = write<Portion, unknown>(({ db }, p) => ({
  compile: () =>
    sql`insert into hit (id, hit_type_id, requester_id, question_hash, created_at, expires_at, max_assignments,
        first_assignments, reward, fee, pending, submitted, reviewed, escrow, slots_held, status, due_at, pick)
      with recursive place(n) as (
        select cast(${p.fromHIT} as bigint) union all select n + 1 from place where n + 1 < ${p.toHIT})
      select hit_type.id || '-' || place.n, hit_type.id, hit_type.requester_id, 'bench', ${p.now} + cast(substr(hit_type.id, 2) as bigint),
        ${p.expiresAt}, 1, 1, 5, 1, 0, 0, 0, 6, 1, 'Assignable', ${p.expiresAt},
        ((cast(substr(hit_type.id, 2) as bigint) * 1000003 + place.n) % 2147483648 * 1103515245) % 2147483648
      from hit_type, place
      where hit_type.id >= ${p.fromType} and hit_type.id <= ${p.toType}`.compile(db) as never,
}))

const countHITs = write<{ hits: number }, unknown>(({ db }, p) =>
  db.updateTable('hit_type').set({ hits: p.hits }).where('hits', '=', 0),
)

const id = (kind: string, i: number) => `${kind}${String(i).padStart(6, '0')}`

/** Fills an empty market; answers the ids of the groups' types. */
export async function fillGroups({ market }: BenchMarket, { groups, hits }: Filled): Promise<string[]> {
  const now = market.clock.now()
  const change = <T>(work: (tx: Write) => Promise<T>) => market.store.write(now, work, { keep: () => true })
  await change(addPeople)
  const types = Array.from({ length: groups }, (_, i) => id('T', i + 1))
  for (let from = 0; from < groups; from += 500)
    await change(async (tx) => {
      for (const [i, typeId] of types.slice(from, from + 500).entries()) await addType(tx, typeId, from + i)
    })
  const typesAtOnce = Math.max(1, Math.floor(portion / hits))
  for (let fromType = 0; fromType < groups; fromType += typesAtOnce)
    for (let fromHIT = 0; fromHIT < hits; fromHIT += portion)
      await change((tx) =>
        tx.change(insertHITs, {
          fromType: types[fromType]!,
          toType: types[Math.min(groups, fromType + typesAtOnce) - 1]!,
          fromHIT,
          toHIT: Math.min(hits, fromHIT + portion),
          now,
          expiresAt: now + 10 * day,
        }),
      )
  await change((tx) => tx.change(countHITs, { hits }))
  return types
}

async function addPeople(tx: Write): Promise<void> {
  await questions.add(tx, { hash: 'bench', kind: 'ExternalQuestion', text: question })
  const person = { email: undefined, password: undefined, suspended: false, linked: true, createdAt: 0 }
  for (let i = 0; i < requesterCount; i++)
    await requesters.add(tx, { ...person, id: id('R', i), name: `Laboratory ${i}` })
  for (let i = 0; i < qualificationCount; i++)
    await qualificationTypes.addUnlessNamed(tx, {
      id: id('Q', i),
      requesterId: id('R', i % requesterCount),
      name: `Qualification ${i}`,
      description: 'Has passed a test.',
      keywords: undefined,
      status: 'Active',
      test: undefined,
      testDuration: undefined,
      answerKey: undefined,
      retryDelay: undefined,
      autoGrantedValue: undefined,
      createdAt: 0,
    })
}

/** Every second group requires one to three of the qualifications, a tenth of these so that it is hidden without. */
async function addType(tx: Write, typeId: string, i: number): Promise<void> {
  const requirements = Array.from({ length: i % 2 === 0 ? 0 : 1 + (i % 3) }, (_, j) => ({
    qualificationTypeId: id('Q', (i * 7 + j) % qualificationCount),
    comparator: 'GreaterThanOrEqualTo' as const,
    integerValues: [50],
    actionsGuarded: i % 20 === 1 ? ('DiscoverPreviewAndAccept' as const) : ('Accept' as const),
  })) satisfies QualificationRequirement[]
  const type = {
    id: typeId,
    groupId: id('G', i + 1),
    requesterId: id('R', i % requesterCount),
    title: `Listen to bird ${i} and say which it is`,
    description: 'A recording of half a minute, made in the early morning at the edge of a wood.',
    keywords: 'audio, birds, nature',
    reward: cents(1 + (i % 50)),
    duration: 3600,
    approvalDelay: 2_592_000,
    requirements,
  }
  await hitTypes.addUnlessEqual(tx, type, typeId)
}

/** Grants a worker so many of the qualifications. */
export async function grant({ market }: BenchMarket, workerId: string, count: number): Promise<void> {
  const work = async (tx: Write) => {
    for (let i = 0; i < count; i++)
      await qualifications.put(tx, {
        qualificationTypeId: id('Q', i),
        requesterId: id('R', i % requesterCount),
        workerId,
        value: 60,
        status: 'Granted',
        grantedAt: tx.now,
      })
  }
  await market.store.write(market.clock.now(), work, { keep: () => true })
}
