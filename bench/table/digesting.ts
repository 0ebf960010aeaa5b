import { sql } from 'drizzle-orm';
import { systemClock } from '../../src/core/clock.ts';
import { brokerDate } from '../../src/core/time/business-days.ts';
import { TENANT } from '../../test/support/delivery.ts';
import type { Assembled } from '../assembled.ts';
import { historyOf } from '../catalogue.ts';
import { median, row } from '../figures.ts';
import { costOfEach, inOffice } from './in-office.ts';
import { type Findings, french, type Line } from './line.ts';

const CHANGED = 40;
const RECIPIENTS = 200;
const GOALS = { statements: 3, ms: 3 } as const;

/** So many suppliers changed today, and so many people follow the whole catalogue. */
async function changed({ db }: Assembled, day: string): Promise<void> {
  await db.execute(sql`
    insert into catalogue_subscriptions (id, kind, tenant_id, object_id, conversation_id, topic_kind, topic, created_at)
    select gen_random_uuid(), 'person', ${TENANT}, 'person-' || n, '', 'all', 'all', now()
    from generate_series(1, ${RECIPIENTS}) n`);
  await db.execute(sql`
    insert into catalogue_digest_changes (day, supplier_id, previous, version)
    select ${day}, supplier_id, min(version), max(version) from catalogue_fiche_versions group by supplier_id`);
}

/** What the day's digest asks for each of some people, when forty suppliers changed. */
const measure = (): Promise<Findings> =>
  inOffice(async (world) => {
    const day = brokerDate(systemClock.now()).toString();
    await world.services.catalogue.publication.publish(historyOf(CHANGED, 2), 'command');
    await changed(world, day);
    const each = await costOfEach(world, RECIPIENTS, 'catalogue.digest', { day });
    const [first] = each;
    const rest = each.slice(1);
    const [statements, ms] = [median(rest.map((one) => one.statements)), median(rest.map((one) => one.ms))];
    row('a digest, each: statements, ms', statements, ms);
    row('  the first: statements, ms', first?.statements ?? 0, first?.ms ?? 0);
    return {
      digest: {
        now: `${statements} requêtes et ${french(ms)} ms chacun (le premier : ${first?.statements} et ${french(first?.ms ?? 0)} ms)`,
        kept: statements <= GOALS.statements && ms <= GOALS.ms,
      },
    };
  });

export const digesting: Line = {
  id: 'digest',
  minutes: 3,
  office: true,
  rows: [
    {
      id: 'digest',
      what: `Un avis du jour, ${CHANGED} fournisseurs changés`,
      before: '42 requêtes, 138 ms par destinataire',
      goal: 'calculé une fois ; ≤ 3 requêtes et ≤ 3 ms par destinataire',
      peer: 'rien',
    },
  ],
  measure,
};
