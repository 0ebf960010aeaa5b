import { sql } from 'drizzle-orm';
import { systemClock } from '../src/core/clock.ts';
import { newId } from '../src/core/id.ts';
import type { Db } from '../src/core/ports/db.ts';
import { brokerDate } from '../src/core/time/business-days.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { type JobServices, notices, tick } from '../src/features/evaluations/campaigns/jobs.ts';
import { buildCampaigns } from '../src/features/evaluations/campaigns/store/campaigns.ts';
import { FORMS_FILE, readForms } from '../src/features/evaluations/index.ts';
import { buildResults } from '../src/features/evaluations/results/store/results.ts';
import { buildAudit } from '../src/features/people/audit/store/audit.ts';
import { days } from '../test/support/catalogue.ts';
import { engine, silent, TENANT } from '../test/support/delivery.ts';
import { diane } from '../test/support/people.ts';
import { postgres } from '../test/support/postgres.ts';
import { median, row } from './figures.ts';

const CONTRACTS = 20_000;
const SUPPLIERS = 200;
const YEARS = 5;
const REPEATS = 9;

const forms = readForms(FORMS_FILE);
const clock = systemClock;
const today = brokerDate(clock.now());

/**
 * A campaign over twenty thousand contracts, then the results of five years, on a PostgreSQL server: beside one row
 * written at a time and scores counted in the process, and beside the plain copy of as many rows.
 */
export async function benchEvaluations(): Promise<void> {
  const server = await postgres();
  const storage = openPostgres(server.url, silent);
  try {
    await storage.migrate();
    const { db } = storage;
    await signContracts(db);
    await opening(db);
    await answerAll(db);
    await counting(db);
  } finally {
    await storage.close();
    await server.stop();
  }
}

/** As many contracts, each followed by a person of its own whom the assistant can reach. */
async function signContracts(db: Db): Promise<void> {
  await db.execute(sql`
    insert into contracts (id, title, supplier_id, supplier_name, offers, signed_on, starts_on, ends_on, amount_cents,
      rcti, created_tenant, created_id, created_at, updated_at)
    select gen_random_uuid(), 'Contrat ' || n, 'fournisseur-' || n % ${SUPPLIERS}, 'Fournisseur ' || n % ${SUPPLIERS},
      'Offre', current_date - 400, current_date - 390, current_date + 600, 100000, true, ${TENANT}, 'person-' || n,
      now(), now()
    from generate_series(1, ${CONTRACTS}) n`);
  await db.execute(sql`
    insert into contract_followers (contract_id, tenant_id, object_id)
    select id, created_tenant, created_id from contracts`);
  await db.execute(sql`
    insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
    select 'chat-' || n, 'personal', ${TENANT}, 'person-' || n, 'http://127.0.0.1:1', '28:bot', 'Courtier', now()
    from generate_series(1, ${CONTRACTS}) n`);
}

/** The longest that the work took of memory, in megabytes, and its seconds. */
async function watched(work: () => Promise<unknown>): Promise<{ seconds: number; heap: number }> {
  const before = process.memoryUsage().heapUsed;
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed);
  }, 20);
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(watching);
  return { seconds, heap: (most - before) / 1e6 };
}

/** The notices are addressed here, and never sent. */
const addressed = notices.map(({ about: _about, ...each }) => ({ ...each, compose: async () => undefined }));

async function opening(db: Db): Promise<void> {
  const { deliveries } = engine({ db, clock, notices: addressed });
  const queue = { enqueue: async () => {}, publish: async () => {} };
  const quotas = { spend: async () => 'apart' as const };
  const campaigns = buildCampaigns({
    db,
    clock,
    audit: buildAudit(db, clock),
    deliveries,
    queue,
    forms,
    quotas,
    days,
  });
  // What the hourly job needs of the assistant, and no more.
  const services = { campaigns, clock, db, deliveries, catalogue: { days } } as unknown as JobServices;

  const ours = await watched(async () => {
    const window = { opensOn: today.toString(), closesOn: today.add({ days: 45 }).toString() };
    await campaigns.start(diane, { kind: 'window', name: 'Évaluations', ...window, scope: {} }, newId());
    await tick.handle({}, services);
  });
  for (const table of ['evaluations', 'deliveries'])
    if ((await rowsOf(db, table)) !== CONTRACTS) throw new Error(`${table}: not one row per contract`);

  const loop = await watched(async () => {
    await db.execute(sql`create table loop_evaluations (like evaluations including all)`);
    await db.execute(sql`create table loop_deliveries (like deliveries including all)`);
    const { rows } = (await db.execute(sql`select id from evaluations`)) as unknown as {
      rows: { id: string }[];
    };
    for (const { id } of rows) {
      await db.execute(sql`insert into loop_evaluations select * from evaluations where id = ${id}::uuid`);
      await db.execute(sql`
        insert into loop_deliveries select d.* from evaluations e join deliveries d
        on d.tenant_id = e.responsible_tenant and d.object_id = e.responsible_id where e.id = ${id}::uuid`);
    }
  });
  const copy = await watched(async () => {
    await db.execute(sql`create table plain_evaluations as select * from evaluations`);
    await db.execute(sql`create table plain_deliveries as select * from deliveries`);
  });

  const { rows } = await campaigns.campaignsPage(1, 1);
  const id = rows[0]?.id ?? '';
  const followed = await repeated(async () => {
    await campaigns.participation(id);
    await campaigns.asked(id, 'unreachable', 1, 6);
  });
  const again = await watched(() => tick.handle({}, services));

  console.log(`\nOpening a campaign on ${CONTRACTS} contracts, each with somebody to tell (PostgreSQL)`);
  row('', 'Courtier', 'row by row', 'plain copy', 'to the copy');
  row('time (s)', ours.seconds, loop.seconds, copy.seconds, ours.seconds / copy.seconds);
  row('memory added (MB)', ours.heap, loop.heap, copy.heap);
  console.log(
    `Its card for the staff: ${followed.toFixed(0)} ms; the hourly job, with nothing new: ${again.seconds.toFixed(2)} s`,
  );
}

async function rowsOf(db: Db, table: string): Promise<number> {
  const { rows } = (await db.execute(
    sql`select count(*)::int as n from ${sql.identifier(table)}`,
  )) as unknown as { rows: { n: number }[] };
  return rows[0]?.n ?? 0;
}

/** Every contract answered every criterion, for five years. */
export async function answerAll(db: Db): Promise<void> {
  const criteria = [
    'overall',
    'again',
    ...forms.latest.groups.flatMap(({ criteria }) => criteria.map(({ id }) => id)),
  ];
  for (let back = 1; back < YEARS; back++)
    await db.execute(sql`
      insert into evaluations (id, campaign_id, contract_id, supplier_id, year, final, form, opens_on, closes_on,
        responsible_tenant, responsible_id, created_at)
      select gen_random_uuid(), campaign_id, gen_random_uuid(), supplier_id, year - ${back}::int, false, form, opens_on,
        closes_on, responsible_tenant, responsible_id, created_at
      from evaluations where year = ${today.year}`);
  await db.execute(sql`update evaluations set state = 'submitted', submitted_at = now()`);
  for (const criterion of criteria)
    await db.execute(sql`
      insert into evaluation_scores (evaluation_id, criterion, supplier_id, year, score, comment)
      select id, ${criterion}::text, supplier_id, year, 1 + floor(random() * 5), '' from evaluations`);
  await db.execute(sql`vacuum analyze evaluation_scores`);
  await db.execute(sql`vacuum analyze evaluations`);
}

async function counting(db: Db): Promise<void> {
  const results = buildResults(db, clock, buildAudit(db, clock));
  const supplier = 'fournisseur-1';

  const inProcess = async (where = sql`true`) => {
    const { rows } = (await db.execute(
      sql`select criterion, supplier_id, year, score from evaluation_scores where ${where}`,
    )) as unknown as { rows: { criterion: string; supplier_id: string; year: number; score: number }[] };
    const groups = Map.groupBy(rows, (each) => `${each.supplier_id} ${each.criterion} ${each.year}`);
    return [...groups.values()].map((each) => each.reduce((sum, { score }) => sum + score, 0) / each.length);
  };

  const one = await repeated(() => results.resultsOfSupplier(supplier, true));
  const oneThere = await repeated(() => inProcess(sql`supplier_id = ${supplier}`));
  const all = await repeated(async () => {
    await results.overallResults(await results.evaluatedSuppliers(), true);
  });
  const allThere = await repeated(() => inProcess(sql`criterion = 'overall'`));
  const scores = await rowsOf(db, 'evaluation_scores');

  console.log(`\nResults of ${YEARS} years, ${scores} scores, ${SUPPLIERS} suppliers (ms)`);
  row('', 'Courtier', 'in process', 'ratio');
  row('every criterion of a supplier', one, oneThere, one / oneThere);
  row('overall view of all suppliers', all, allThere, all / allThere);
}

async function repeated(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < REPEATS; n++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}
