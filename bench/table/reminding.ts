import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { systemClock } from '../../src/core/clock.ts';
import type { Db } from '../../src/core/ports/db.ts';
import { brokerDate } from '../../src/core/time/business-days.ts';
import type { Assembled } from '../assembled.ts';
import { median, row } from '../figures.ts';
import { CONTRACTS } from '../large-office.ts';
import { cost } from './asking.ts';
import { costOfEach, inOffice, openCampaign } from './in-office.ts';
import { type Findings, french, type Line } from './line.ts';

const REPEATS = 3;
const PEOPLE = 200;
const GOALS = { hourlySeconds: 2, cardMs: 5 } as const;
/** Longer than a server waits before it tells what was written. */
const TOLD_MS = 1_500;

/** How many rows of a database were ever written. */
async function writtenIn(db: Db): Promise<number> {
  await pause(TOLD_MS);
  const { rows } = (await db.execute(sql`
    select (tup_inserted + tup_updated + tup_deleted)::float as n from pg_stat_database
    where datname = current_database()`)) as unknown as { rows: { n: number }[] };
  return rows[0]?.n ?? Number.NaN;
}

/** Everybody follows a contract of theirs. */
const followed = ({ db }: Assembled) =>
  db.execute(sql`
    insert into contract_followers (contract_id, tenant_id, object_id)
    select id, created_tenant, created_id from contracts on conflict do nothing`);

const measure = (): Promise<Findings> =>
  inOffice(async (world) => {
    await followed(world);
    await openCampaign(world);
    const first = performance.now();
    await world.runs('reminders.gather');
    const begun = (performance.now() - first) / 1_000;
    await world.db.execute(sql`vacuum analyze`);
    const { before, enqueued } = { before: await writtenIn(world.db), enqueued: world.enqueued() };
    const hourly = await cost(REPEATS, () => world.runs('reminders.gather'));
    const written = (await writtenIn(world.db)) - before;
    const jobs = world.enqueued() - enqueued;
    row('reminders of a morning, all new (s)', begun);
    row('the hourly one, nothing new (s), CPU', hourly.ms / 1_000, hourly.worked / 1_000);
    row('its statements', hourly.statements);
    row('rows written, jobs enqueued', written, jobs);
    const card = await oneCard(world);
    return {
      hourly: {
        now: `${french(hourly.ms / 1_000, 2)} s (dont ${french(hourly.worked / 1_000, 2)} de notre processeur), ${hourly.statements} requêtes, lignes écrites : ${written}, travaux : ${jobs}`,
        kept: hourly.ms < GOALS.hourlySeconds * 1_000 && written === 0 && jobs === 0,
      },
      campaign: card,
    };
  });

/** What composing the card of a day, with a contract and its evaluation in it, asks for each of some people. */
async function oneCard(world: Assembled) {
  const day = brokerDate(systemClock.now()).toString();
  const costs = await costOfEach(world, PEOPLE, 'reminders.day', { day, urgent: false });
  const [statements, ms, worked] = [
    median(costs.map((each) => each.statements)),
    median(costs.map((each) => each.ms)),
    median(costs.map((each) => each.worked)),
  ];
  row('a card of the day: statements, ms, CPU', statements, ms, worked);
  return {
    now: `${french(ms)} ms (dont ${french(worked)} de notre processeur), ${statements} requêtes`,
    kept: ms <= GOALS.cardMs,
  };
}

export const reminding: Line = {
  id: 'reminders',
  minutes: 6,
  office: true,
  rows: [
    {
      id: 'hourly',
      what: `Le rappel de chaque heure, rien de neuf, ${french(CONTRACTS, 0)} contrats`,
      before: '> 150 s, 10 305 adresses et autant de travaux',
      goal: '< 2 s, rien d’écrit',
      peer: 'rien : ce que demande une seconde de la base',
    },
    {
      id: 'campaign',
      what: 'Un rappel d’évaluation : la carte du jour d’une personne',
      before: '56 ms de requêtes',
      goal: '≤ 5 ms',
      peer: 'rien',
    },
  ],
  measure,
};
