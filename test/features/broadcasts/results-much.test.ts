import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { askedBy, countStatements } from '../../support/statements.ts';

// A notice to thousands: a page of its results is looked for by the database, in one statement, and gives its rows alone.

const teams = fakeTeams({ database: 'postgres', shortGuide: true });
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());
jest.setTimeout(120_000);

const BODIES = 50;
const PAGE = 8;
let notice = '';
beforeEach(() => {
  notice = newId();
});

/** So many recipients more, each of one of the bodies. */
async function told(from: number, to: number): Promise<void> {
  const each = sql`generate_series(${from}::int, ${to}::int) n`;
  await teams.db.execute(sql`
    insert into people (tenant_id, object_id, name, first_seen, last_seen)
    select 't', 'p' || n, 'Cœur nº ' || n, now(), now() from ${each}`);
  await teams.db.execute(sql`
    insert into organizations (id, key, name, created_at)
    select md5('b' || n)::uuid, 'o' || n, 'Régie de l’Île ' || n, now() from generate_series(0, ${BODIES - 1}::int) n
    on conflict do nothing`);
  await teams.db.execute(sql`
    insert into memberships (id, tenant_id, object_id, organization_id, state, requested_at)
    select gen_random_uuid(), 't', 'p' || n, md5('b' || n % ${BODIES}::int)::uuid, 'confirmed', now() from ${each}`);
  await teams.db.execute(sql`
    insert into deliveries (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at)
    select ${`broadcast:${notice}`}, 'x', 'broadcasts.message', '{}', 't', 'p' || n, 2,
      case when n % 100 = 1 then 'dead' else 'sent' end, now(), now() from ${each}`);
}
const page = (searched: string, wanted = 1, filter: 'all' | 'unread' = 'all') =>
  teams.services.broadcasts.resultsPage(notice, { filter, searched }, wanted, PAGE);

test.each([16, 3_000])('the search of a body among %i recipients asks once and reads its page', async (n) => {
  await told(1, n);
  const { statements, rows } = await askedBy(async () => {
    expect((await page('regie de l')).rows).toHaveLength(PAGE);
  });
  expect(statements).toBe(1);
  expect(rows).toBe(PAGE);
});

test('a body is found by its name and by another of its names, and a person with the letters of theirs', async () => {
  await told(1, 200);
  await teams.db.execute(sql`
    insert into organization_aliases (key, organization_id, name, created_at)
    values ('zed', md5('b7')::uuid, 'Zébulon', now())`);
  const [named, other, person] = [await page('l’île 7'), await page('ZEBULON'), await page('cœur nº 151')];
  expect([named.total, other.total, person.total]).toEqual([4, 4, 1]);
  expect(other.rows.map(({ name }) => name).toSorted()).toEqual(
    ['Cœur nº 7', 'Cœur nº 57', 'Cœur nº 107', 'Cœur nº 157'].toSorted(),
  );
});

test('those who received nothing come first, pages have each once, and one too far is the nearest', async () => {
  await told(1, 300);
  const pages = await Promise.all(Array.from({ length: 38 }, (_, n) => page('', n + 1)));
  const all = pages.flatMap(({ rows }) => rows);
  expect(new Set(all.map(({ id }) => id)).size).toBe(300);
  expect(all.slice(0, 3).map(({ state }) => state)).toEqual(['dead', 'dead', 'dead']);
  const far = await page('', 900);
  expect([far.page, far.total, far.rows.length]).toEqual([38, 300, 4]);
  expect((await page('personne ne se nomme ainsi', 4)).page).toBe(1);
  expect((await page('', 1, 'unread')).total).toBe(297);
});
