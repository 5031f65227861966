// Rows in the numbers and proportions of a market that has been busy for a while, so that PostgreSQL's planner chooses
// as it would there: most HITs and assignments are over, a few wait, fewer are due.
import type pg from 'pg'

const statements = [
  `insert into requester select 'R' || i, 'Name', 'r' || i || '@x', null, 0, 1, 0 from generate_series(1, 2000) i`,
  `insert into worker select 'W' || i, 'Name', 'w' || i || '@x', null, 0, null, null, 0 from generate_series(1, 5000) i`,
  `insert into access_key select 'K' || i, 'R' || i, 'x', '1', 0 from generate_series(1, 2000) i`,
  `insert into session select 'S' || i, 'worker', 'W' || i, 0, 9e15 from generate_series(1, 5000) i`,
  `insert into sign_in_link select 'S' || i, 'worker', 'W' || i, 9e15 from generate_series(1, 5000) i`,
  `insert into sign_in_failure select 'S' || i, 1, 9e12 + i from generate_series(1, 5000) i`,
  `insert into meta select 'M' || i, 'x' from generate_series(1, 5000) i`,
  `insert into requester_account select 'R' || i, 5 from generate_series(1, 5000) i`,
  `insert into worker_account select 'W' || i, 5, 5, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0 from generate_series(1, 5000) i`,
  `insert into worker_group select 'W' || i % 5000, 'T' || i, 1 from generate_series(1, 20000) i`,
  `insert into worker_block select 'R' || i % 2000, 'W' || i, 'x', i from generate_series(1, 20000) i`,
  `insert into hit_type select 'T' || i, 'G' || i, 'R' || i % 2000, 'Title', 'x', null, 5, 3600, 3600, '[]', 'H' || i, 20, i
     from generate_series(1, 5000) i`,
  `insert into question select 'Q' || i, 'HTMLQuestion', 'x' from generate_series(1, 5000) i`,
  `insert into hit select 'H' || i, 'T' || i % 5000, 'R' || i % 2000, 'Q' || i % 5000, null, i, i + 1000000, 1, 1, 5, 1,
     0, 1, 1, 0, 0, case when i % 10 < 2 then 'Assignable' when i % 10 < 4 then 'Reviewable' else 'Disposed' end,
     i, case when i % 10 < 4 then 2000000000000 + i end, (i::bigint * 7919) % 2147483648 from generate_series(1, 60000) i`,
  `insert into assignment select 'A' || i, 'H' || i % 60000, 'T' || i % 5000, 'R' || i % 2000, 'W' || i % 5000,
     case when i % 100 = 0 then 'open' when i % 100 < 5 then 'Submitted' when i % 100 < 10 then 'returned' else 'Approved' end,
     i, 2000000000000 + i, case when i % 100 = 0 or i % 100 between 5 and 9 then null else i end, null, null, null, null, null,
     case when i % 100 < 5 then 2000000000000 + i end from generate_series(1, 120000) i`,
  `insert into answer select 'A' || i, 'x' from generate_series(1, 60000) i`,
  `insert into bonus select 'B' || i, 'R' || i % 2000, 'W' || i % 5000, 'H' || i, 'A' || i, 5, 1, 'x', i
     from generate_series(1, 20000) i`,
  `insert into transfer select 'X' || i, 'escrow:H' || i, 'worker:W' || i % 5000, 5, 'reward', 'A' || i, i
     from generate_series(1, 60000) i`,
  `insert into request_token select 'R' || i % 2000, 'create', 'U' || i, 'H' || i, 9e12 + i from generate_series(1, 20000) i`,
  `insert into answered_call select 'C' || i, '{}', 9e12 + i from generate_series(1, 20000) i`,
  `insert into audit select 'D' || i, i, 'system', 'x', 'x' from generate_series(1, 20000) i`,
]

/** Loads the rows into the tables of the production market and has the server count them. */
export async function loadRows(client: pg.Client): Promise<void> {
  for (const statement of statements) await client.query(`${statement} on conflict do nothing`)
  await client.query('analyze')
}
