// Rows in the numbers and proportions of a market that has been busy for a while, so that PostgreSQL's planner chooses
// as it would there: most HITs and assignments are over, a few wait, fewer are due.
import type pg from 'pg'

const statements = [
  `insert into requester select 'R' || i, 'Name', 'r' || i || '@x', null, 0, 1, 0 from generate_series(1, 20000) i`,
  `insert into worker select 'W' || i, 'Name', 'w' || i || '@x', null, 0, null, null, 0 from generate_series(1, 5000) i`,
  `insert into access_key select 'K' || i, 'R' || i, 'x', '1', 0 from generate_series(1, 2000) i`,
  `insert into session select 'S' || i, 'worker', 'W' || i, 0, 9e15 from generate_series(1, 5000) i`,
  `insert into sign_in_link select 'S' || i, 'worker', 'W' || i, 9e15 from generate_series(1, 5000) i`,
  `insert into account_link select 'S' || i, 'reset', 'W' || i, null, null, 9e12 + i from generate_series(1, 20000) i`,
  `insert into invitation select 'I' || i, 'S' || i, null, i, 9e12 + i, 'W' || i, null from generate_series(1, 20000) i`,
  `insert into consent select 'W' || i, 'v1', '2026-01-01', i from generate_series(1, 5000) i`,
  `insert into sign_in_failure select 'S' || i, 1, 9e12 + i from generate_series(1, 5000) i`,
  `insert into meta select 'M' || i, 'x' from generate_series(1, 5000) i`,
  `insert into requester_account select 'R' || i, 5 from generate_series(1, 5000) i`,
  `insert into worker_account select 'W' || i, 5, 5, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0 from generate_series(1, 5000) i`,
  `insert into worker_group select 'W' || i % 5000, 'T' || i, 1 from generate_series(1, 20000) i`,
  `insert into worker_day select 'W' || i % 5000, '2026-01-' || lpad((i / 5000 + 1)::text, 2, '0'), 1, 1, 0, 5, 0, 5, 60, 60
     from generate_series(0, 60000) i`,
  `insert into worker_batch select 'W' || i % 5000, 'T' || i, 1, 1, 0, 5, 0, 60, 60, i, i from generate_series(1, 20000) i`,
  `insert into worker_block select 'R' || i % 2000, 'W' || i, 'x', i from generate_series(1, 20000) i`,
  `insert into hit_type select 'T' || i, 'G' || i, 'R' || i % 2000, 'Title', 'x', null, 5, 3600, 3600, '[]', 'H' || i, 20, i
     from generate_series(1, 5000) i`,
  `insert into hit_type_requirement select 'QT' || i % 3000, 'R' || i % 2000, 'T' || i % 5000 from generate_series(1, 20000) i`,
  `insert into hit_type_requirement select '00000000000000000071', 'R' || i % 2000, 'T' || i from generate_series(1, 5000) i`,
  `insert into group_figures select 'T' || i, case when i % 20 = 0 then 5 else 0 end, i, i, i, i, 60, 20, 9e12 - i
     from generate_series(1, 60000) i`,
  `insert into requester_figures select 'R' || i, 20, 19, 5, 3600, i from generate_series(1, 20000) i`,
  `insert into question select 'Q' || i, 'HTMLQuestion', 'x' from generate_series(1, 5000) i`,
  `insert into qualification_type select 'QT' || i, 'R' || i % 2000, 'Name ' || i, lpad(i::text, 9, '0'), 'x', null, 'x',
     'Active', null, null, null, null, 0, null, i from generate_series(1, 5000) i`,
  `insert into qualification select 'QT' || i % 5000, 'W' || i % 4999, 'R' || i % 2000, 1,
     case when i % 10 = 0 then 'Revoked' else 'Granted' end, i from generate_series(1, 40000) i`,
  `insert into qualification_request select 'QR' || i, 'QT' || i % 5000, 'R' || i % 2000, 'W' || i % 4999,
     case when i % 20 = 0 then 'Submitted' else 'Granted' end, null, null, null, i, i, null from generate_series(1, 40000) i`,
  `insert into layout select 'L' || i, 1, 'R' || i % 2000, 'x', 'x', 'x', i from generate_series(1, 5000) i`,
  `insert into message select '3' || i, 'notification', 'W' || i % 5000, 'R' || i % 2000, 'x', 'x', i
     from generate_series(1, 20000) i`,
  `insert into uploaded_file select 'A' || i, 'scan', 'x', 'x', 5 from generate_series(1, 20000) i`,
  `insert into hit select 'H' || i, 'T' || i % 5000, 'R' || i % 2000, 'Q' || i % 5000, null, i, i + 1000000, 1, 1, 5, 1,
     0, 1, 1, 0, 0, case when i % 10 < 2 then 'Assignable' when i % 10 < 4 then 'Reviewable' else 'Disposed' end,
     i, case when i % 10 < 4 then 2000000000000 + i end, (i::bigint * 7919) % 2147483648 from generate_series(1, 60000) i`,
  `insert into assignment select 'A' || i, 'H' || i % 60000, 'T' || i % 5000, 'R' || i % 2000, 'W' || i % 5000,
     case when i % 100 = 0 then 'open' when i % 100 < 5 then 'Submitted' when i % 100 < 10 then 'returned' else 'Approved' end,
     i, 2000000000000 + i, case when i % 100 = 0 or i % 100 between 5 and 9 then null else i end, null, null, null, null, null,
     case when i % 100 < 5 then 2000000000000 + i end from generate_series(1, 120000) i`,
  `insert into hit_review_policy select 'H' || i, '{}', null from generate_series(1, 5000) i`,
  `insert into review_result select 'H' || i % 5000, case when i % 2 = 0 then 'HIT' else 'Assignment' end, '3' || i, 'X',
     'HIT', 'x', null, 'AgreedAnswer', 'x' from generate_series(1, 60000) i`,
  `insert into review_action select 'H' || i % 5000, case when i % 2 = 0 then 'HIT' else 'Assignment' end, '3' || i,
     'review', 'HIT', 'x', 'Succeeded', i, 'x', null from generate_series(1, 60000) i`,
  `insert into answer select 'A' || i, 'x' from generate_series(1, 60000) i`,
  `insert into bonus select 'B' || i, 'R' || i % 2000, 'W' || i % 5000, 'H' || i, 'A' || i, 5, 1, 'x', i
     from generate_series(1, 20000) i`,
  `insert into payout select '3' || i, 'W' || i % 5000, 500, case when i % 50 = 0 then 'requested' else 'paid' end, 'Other',
     'x', 0, null, i, i, null from generate_series(1, 60000) i`,
  `insert into payout_method select 'W' || i, 'Other', 'x', 7, case when i % 10 = 0 then 2000000000000 + i end
     from generate_series(1, 20000) i`,
  `insert into favourite select 'W' || i % 5000, 'requester', 'R' || i, i from generate_series(1, 20000) i`,
  `insert into saved_search select '3' || i, 'W' || i % 5000, 'Name ' || i, 'x', 0, 0, 0, 0, null, 'updated_desc',
     case when i % 4 = 0 then i end, i from generate_series(1, 20000) i`,
  `insert into search_alert select 'W' || i, null, case when i % 20 = 0 then 1 else 0 end, i, 2000000000000 + i
     from generate_series(1, 20000) i`,
  `insert into alerted_group select 'W' || i % 5000, 'T' || i, i from generate_series(1, 20000) i`,
  `insert into disposed_hit select 'H' || i, i, 0, '' from generate_series(1, 20000) i`,
  `insert into erased_file select lpad(i::text, 64, '0') from generate_series(1, 20000) i`,
  `insert into transfer select 'X' || i, 'escrow:H' || i, 'worker:W' || i % 5000, 5, 'reward', 'A' || i, i
     from generate_series(1, 60000) i`,
  `insert into request_token select 'R' || i % 2000, 'create', 'U' || i, 'H' || i, 9e12 + i from generate_series(1, 20000) i`,
  `insert into answered_call select 'C' || i, '{}', 9e12 + i from generate_series(1, 20000) i`,
  `insert into notification_setting select 'T' || i, 'arn:x', 'SNS', '2006-05-05', 'HITCreated', 1 from generate_series(1, 5000) i`,
  `insert into outbox select 'O' || i, 'R' || i % 2000, 'SQS', 'https://q' || i % 300, 'H' || i, 'HITCreated', '{}', i,
     case when i % 50 = 0 then 'waiting' when i % 1000 = 1 then 'dead' else 'delivered' end, 0, 0, null, 9e12 + i
     from generate_series(1, 60000) i`,
  `insert into outbox_lease select 'SQS', 'https://q' || i, 'x', i from generate_series(1, 5000) i`,
  `insert into imported_type select 'IT' || i, 'R' || i % 50, 'Title', 'x', null, 5, 3600, 3600, null from generate_series(1, 5000) i`,
  `insert into imported_hit select 'IH' || i, 'IT' || i % 5000, 'R' || i % 50, null, i, i, 1, 'BatchId:1;', null, null, null, null
     from generate_series(1, 60000) i`,
  `insert into imported_assignment select 'IA' || i, 'IH' || i % 60000, 'R' || i % 50, 'IW' || i % 5000, 'Approved', i, i, null, i,
     null, null, 'x', null from generate_series(1, 120000) i`,
  `insert into imported_bonus select 'IB' || i, 'R' || i % 50, 'IW' || i % 5000, 'IH' || i, 'IA' || i, 5, 'x', i
     from generate_series(1, 20000) i`,
  `insert into imported_worker select 'R' || i % 50, 'IW' || i, null, null, null, null, null from generate_series(1, 20000) i`,
  `insert into imported_transaction select 'IX' || i, 'R' || i % 50, i, i, 'x', null, 5, '{}' from generate_series(1, 20000) i`,
  `insert into import_run select '3' || i, 'R' || i % 2000, 'results', 'x', i, i, 1, 1, 0, 0, 0 from generate_series(1, 20000) i`,
  `insert into audit select 'D' || i, i, 'system', 'x', 'x' from generate_series(1, 20000) i`,
]

/** Loads the rows into the tables of the production market and has the server count them. */
export async function loadRows(client: pg.Client): Promise<void> {
  for (const statement of statements) await client.query(`${statement} on conflict do nothing`)
  await client.query('analyze')
}
