import { expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { fakeTeams } from '../../support/fake-teams.ts';
import { alex } from '../../support/people.ts';
import { pressOnceFiftyTimes } from '../../support/together.ts';

const teams = fakeTeams({ database: 'postgres', processes: 2 });

test('a body that is declared fifty times at once, at two processes, is one membership', async () => {
  const sent = { person: alex, verb: 'people.declare', data: { other: 'Ministère de la Forêt' } };
  await pressOnceFiftyTimes([teams, teams.other], sent);
  const { rows } = (await teams.db.execute(sql`select * from memberships`)) as never;
  expect(rows).toHaveLength(1);
});
