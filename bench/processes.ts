import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../src/playground.ts';
import { activity, openConnector } from '../test/support/channel.ts';
import { migratedPostgres } from '../test/support/postgres.ts';
import { runOn } from '../test/support/postgres-server.ts';
import { type Launched, launch, ROOT, until } from '../test/support/process.ts';
import { row } from './figures.ts';

const MOST = 4;
const WARM_UP = 100;
const TURNS = 300;
/** Turns under way at once: a person each. */
const AT_ONCE = 24;
const SAID = ['Quels documents faut-il conserver ?', 'mon dossier', 'catalogue', 'à faire'];
/** One tenant at the pace that it is given, then so many that the pace is the machine's. */
const PACES = [
  { tenants: 1, people: 100 },
  { tenants: 40, people: 20 },
] as const;
const RATE = 25;
const TICKS_A_SECOND = 100;

/** Turns and deliveries by one to four processes on one PostgreSQL, and what each takes of a processor. */
export async function benchProcesses(): Promise<void> {
  console.log(
    `\nOne to ${MOST} processes on one PostgreSQL; ${cpus().length} processors for them, PostgreSQL and who asks`,
  );
  row('processes', ...Array.from({ length: MOST }, (_, at) => String(at + 1)));
  const columns: Awaited<ReturnType<typeof measured>>[] = [];
  for (let n = 1; n <= MOST; n++) columns.push(await measured(n));
  for (const [label, key] of [
    ['turns a second', 'perSecond'],
    ['median turn (ms)', 'median'],
    ['99 of 100 within (ms)', 'late'],
    ['Courtier, processor a turn (ms)', 'ours'],
    ['PostgreSQL, processor a turn (ms)', 'theirs'],
    ['connections', 'connections'],
    [`one tenant, notices a second (${RATE})`, 'one'],
    ['forty tenants, notices a second', 'many'],
  ] as const)
    row(label, ...columns.map((column) => column[key]));
}

async function measured(n: number) {
  const server = await migratedPostgres();
  const teams = await openConnector();
  const processes = [];
  try {
    for (let at = 0; at < n; at++) {
      const process = launch({
        DATABASE_URL: server.url,
        PORT: String(await freePort()),
        LOG_LEVEL: 'info',
        // A thousand files a person are not what is measured.
        QUOTA_PERCENT: '10000',
      });
      processes.push(process);
      await process.port;
    }
    const ports = await Promise.all(processes.map(({ port }) => port));
    await turns(ports, teams, WARM_UP);
    const before = {
      ours: await processorOf(ports),
      theirs: processorOfPostgres(await postmaster(server.url)),
    };
    const { perSecond, times } = await turns(ports, teams, TURNS);
    const ours = ((await processorOf(ports)) - before.ours) / TURNS;
    const theirs = (processorOfPostgres(await postmaster(server.url)) - before.theirs) / TURNS;
    const connections = await connectionsOf(server.url);
    for (const { child } of processes) child.kill('SIGTERM');
    await Promise.all(processes.map(({ exited }) => exited));
    const [one = 0, many = 0] = [await pace(n, PACES[0]), await pace(n, PACES[1])];
    const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
    return { perSecond, median: at(0.5), late: at(0.99), ours, theirs, connections, one, many };
  } finally {
    for (const { child } of processes) child.kill('SIGKILL');
    await teams.close();
    await server.stop();
  }
}

/** So many turns, each of a person of their own, to each process in its turn: from the post to the answer that Teams has. */
async function turns(
  ports: readonly number[],
  teams: Awaited<ReturnType<typeof openConnector>>,
  most: number,
) {
  const times: number[] = [];
  const answered = () => new Set(teams.calls.map(({ path }) => /conversations\/([^/]+)/.exec(path)?.[1]));
  let begun = 0;
  const round = teams.calls.length;
  const start = performance.now();
  async function person(): Promise<void> {
    for (let at = begun++; at < most; at = begun++) {
      const chat = `turn-${round}-${at}`;
      const posted = performance.now();
      const id = crypto.randomUUID();
      const response = await fetch(`http://127.0.0.1:${ports[at % ports.length]}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(
          activity({
            id,
            serviceUrl: teams.url,
            text: SAID[at % SAID.length],
            from: { id: `29:${id}`, name: 'Banc', aadObjectId: id },
            conversation: {
              id: chat,
              conversationType: 'personal',
              tenantId: '11111111-1111-4111-8111-111111111111',
            },
          }),
        ),
      });
      await response.text();
      times.push(performance.now() - posted);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, person));
  await until(() => answered().size >= most || performance.now() - start > 60_000);
  const seconds = (performance.now() - start) / 1_000;
  teams.calls.length = 0;
  return { perSecond: most / seconds, times: times.sort((a, b) => a - b) };
}

/** How many notices a second so many processes deliver, in so many tenants, when nothing is refused. */
async function pace(n: number, { tenants, people }: (typeof PACES)[number]): Promise<number> {
  const server = await migratedPostgres();
  const teams = await openConnector();
  const client = new pg.Client({ connectionString: server.url });
  const pumps: Launched[] = [];
  try {
    await client.connect();
    await client.query(
      `insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
       select 'chat-' || t || '-' || n, 'personal', 'tenant-' || t, 'person-' || n, $3, '28:bot', 'Courtier', now()
       from generate_series(1, $1::int) t, generate_series(1, $2::int) n`,
      [tenants, people, teams.url],
    );
    await client.query(`insert into delivery_lanes (tenant_id, next_at)
      select distinct tenant_id, now() from conversations`);
    await client.query(`insert into deliveries
        (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at)
      select 'broadcast:1', 'broadcast:1', 'broadcast', '{}', tenant_id, person_id, 2, 'pending', now(), now()
      from conversations`);
    const pump = [process.execPath, join(ROOT, 'bench/pump.ts')] as const;
    for (let at = 0; at < n; at++)
      pumps.push(launch({ PUMP_DATABASE: server.url, PUMP_RATE: String(RATE) }, pump));
    await until(() => teams.calls.length > 0);
    const start = performance.now();
    await until(() => teams.calls.length >= tenants * people);
    const seconds = (performance.now() - start) / 1_000;
    return (tenants * people - 1) / seconds;
  } finally {
    for (const { child } of pumps) child.kill('SIGKILL');
    await Promise.all(pumps.map(({ exited }) => exited));
    await client.end();
    await teams.close();
    await server.stop();
  }
}

/** The milliseconds of a processor that the assistant took so far, as each process says it. */
async function processorOf(ports: readonly number[]): Promise<number> {
  const said = await Promise.all(
    ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  return said.reduce(
    (sum, text) => sum + Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1] ?? 0) * 1_000,
    0,
  );
}

async function connectionsOf(url: string): Promise<number> {
  const [row] = await runOn(
    url,
    'select count(*)::int - 1 as n from pg_stat_activity where datname = current_database()',
  );
  return (row as { n: number }).n;
}

/** The fields of a process after its name: its parent is the second. Linux alone has them. */
const statOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];

/** The process of the server itself: the parent of one that answers. */
async function postmaster(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  const parent = Number(statOf(rows[0].pid)[1]);
  await client.end();
  return parent;
}

/** The milliseconds of a processor that a server and its children took so far, those that ended too. */
function processorOfPostgres(server: number): number {
  const ticks = (fields: readonly string[], ...at: number[]) =>
    at.reduce((sum, index) => sum + Number(fields[index]), 0);
  let sum = ticks(statOf(server), 11, 12, 13, 14);
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const fields = statOf(Number(name));
      if (Number(fields[1]) === server) sum += ticks(fields, 11, 12);
    } catch {
      // It ended meanwhile: its parent counts it.
    }
  }
  return (sum / TICKS_A_SECOND) * 1_000;
}
