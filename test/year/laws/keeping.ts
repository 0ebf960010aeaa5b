import { getTableName, sql } from 'drizzle-orm';
import { z } from 'zod';
import { limitOf, PERIODS_FILE, readPeriods } from '../../../src/core/time/periods.ts';
import { verifyChain } from '../../../src/features/people/audit/store/verification.ts';
import { rowsOf } from '../../support/rows.ts';
import { countOf } from '../facts.ts';
import { ZONE } from '../house.ts';
import { judged, type Law } from '../law.ts';

/** After a night, nothing is there whose period has passed, unless something else that lasts keeps it. */
export const forgotten: Law = {
  id: 'nothing outlives its retention',
  from: 'docs/conservation',
  async end(world) {
    const { house } = world.services();
    const periods = readPeriods(PERIODS_FILE);
    // What came of age since the night was not to go yet.
    const then = world.clock.now().subtract({ hours: 48 });
    const wrong: string[] = [];
    let looked = 0;
    for (const { table, ends } of house.retentions())
      for (const end of ends) {
        if (end === 'never' || !('period' in end) || end.apart || end.by) continue;
        looked++;
        const held = house.holds().filter((hold) => hold.table === table);
        const kept = held.map(
          ({ period, rows }) => sql` and not (${rows(limitOf(period, world.clock.now(), periods, ZONE))})`,
        );
        const [row] = await rowsOf(
          world.db,
          sql`select count(*)::int as n from ${table} where (${end.past(limitOf(end.period, then, periods, ZONE))})${sql.join(kept, sql``)}`,
          z.object({ n: z.number() }),
        );
        if (row && row.n > 0) wrong.push(`${row.n} rows of ${getTableName(table)} outlive ${end.since}`);
      }
    return judged(looked, ...wrong);
  },
};

/** The chain of the audit trail holds from its first link to its last. */
export const chained: Law = {
  id: 'the trail is whole',
  from: 'docs/reliability.md, the audit trail',
  async end(world) {
    const { broken, unlinked } = await verifyChain(world.db);
    return judged(
      await countOf(world, sql`audit`),
      ...(broken ? [JSON.stringify(broken)] : []),
      ...(unlinked > 0 ? [`${unlinked} rows without a link`] : []),
    );
  },
};
