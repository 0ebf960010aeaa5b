import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { TENANT } from '../../test/support/delivery.ts';
import { migratedPostgres } from '../../test/support/postgres.ts';
import { runOn } from '../../test/support/postgres-server.ts';
import { ROOT, until } from '../../test/support/process.ts';
import { row } from '../figures.ts';
import { type Finding, type Findings, french, type Line } from './line.ts';

const RECIPIENTS = Number(process.env.RECIPIENTS ?? 20_000);
/** What the published limits allow in a second, for each pace: the older text's, and today's. */
const PACES = [
  { rate: 25, limit: 30 },
  { rate: 50, limit: 50 },
] as const;
const GOALS = { share: 0.985, silenceMs: 1_000, statements: 2.5, workedMs: 2 } as const;
/** The first ones wait for what is loaded, and the last for nobody. */
const SOME = 100;
const Worked = z.object({ statements: z.number(), worked: z.number() });

interface Paced {
  /** Of the pace that was configured. */
  readonly share: number;
  /** The most in any second, wherever it begins. */
  readonly most: number;
  readonly silenceMs: number;
  /** Each message's. */
  readonly statements: number;
  readonly worked: number;
}

/** Teams, on a thread of its own: a busy bench would see together what came apart. */
async function openListener() {
  const arrivals: number[] = [];
  const thread = new Worker(join(ROOT, 'bench/listener.ts'));
  const [port] = await once(thread, 'message');
  thread.on('message', (at: number) => arrivals.push(at));
  return { arrivals, url: `http://127.0.0.1:${port}/`, close: () => thread.terminate() };
}

async function workedBy(pump: ChildProcess): Promise<z.infer<typeof Worked>> {
  const answer = once(pump, 'message');
  pump.send('worked?');
  return Worked.parse((await answer)[0]);
}

/** Everybody is told by a process that does nothing else, at a pace, while nothing is refused. */
async function paced(rate: number): Promise<Paced> {
  const server = await migratedPostgres();
  const teams = await openListener();
  await runOn(
    server.url,
    `insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
     select 'chat-' || n, 'personal', '${TENANT}', 'person-' || n, '${teams.url}', '28:bot', 'Courtier', now()
     from generate_series(1, ${RECIPIENTS}) n`,
  );
  await runOn(server.url, `insert into delivery_lanes (tenant_id, next_at) values ('${TENANT}', now())`);
  await runOn(
    server.url,
    `insert into deliveries
       (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at)
     select 'broadcast:1', 'broadcast:1', 'broadcast', '{}', '${TENANT}', person_id, 2, 'pending', now(), now()
     from conversations`,
  );
  const env = { ...process.env, PUMP_DATABASE: server.url, PUMP_RATE: String(rate) };
  const pump = fork(join(ROOT, 'bench/pump.ts'), { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = once(pump, 'exit');
  let ended = false;
  void gone.then(() => {
    ended = true;
  });
  const has = (n: number) =>
    until(() => {
      if (ended) throw new Error('the pump ended');
      return teams.arrivals.length >= n;
    });
  try {
    await has(SOME);
    const from = teams.arrivals.length;
    await workedBy(pump);
    await has(RECIPIENTS);
    const { statements, worked } = await workedBy(pump);
    const told = teams.arrivals.length - from;
    return {
      ...paceOf(teams.arrivals.slice(SOME), rate),
      statements: statements / told,
      worked: worked / told,
    };
  } finally {
    pump.kill('SIGKILL');
    await gone;
    await teams.close();
    await server.stop();
  }
}

/** Of moments in milliseconds, oldest first. */
function paceOf(arrivals: readonly number[], rate: number): Pick<Paced, 'share' | 'most' | 'silenceMs'> {
  let [most, silenceMs, oldest] = [0, 0, 0];
  arrivals.forEach((at, n) => {
    while ((arrivals[oldest] ?? at) <= at - 1_000) oldest++;
    most = Math.max(most, n - oldest + 1);
    if (n > 0) silenceMs = Math.max(silenceMs, at - (arrivals[n - 1] ?? at));
  });
  const seconds = ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1_000;
  return { share: (arrivals.length - 1) / seconds / rate, most, silenceMs };
}

/** Both paces at once, each with a process, a database and a stand-in of its own: they leave a processor idle most of the time. */
async function measure(): Promise<Findings> {
  const found = await Promise.all(PACES.map(async (pace) => ({ ...pace, ...(await paced(pace.rate)) })));
  row('pace', '% of it', 'in a second', 'silence (ms)', 'statements', 'CPU (ms)');
  for (const { rate, share, most, silenceMs, statements, worked } of found)
    row(`${rate} a second`, share * 100, most, silenceMs, statements, worked);
  const cells = found.map(({ rate, limit, share, most, silenceMs }): [string, Finding] => [
    `pace-${rate}`,
    {
      now: `${french(share * 100)} %, au plus ${most} dans une seconde, silence de ${french(silenceMs / 1_000, 2)} s`,
      kept: share >= GOALS.share && most <= limit && silenceMs <= GOALS.silenceMs,
    },
  ]);
  return {
    ...Object.fromEntries(cells),
    message: {
      now: found
        .map(
          ({ rate, statements, worked }) =>
            `à ${rate}/s ${french(statements)} requêtes et ${french(worked)} ms de processeur`,
        )
        .join(' ; '),
      kept: found.every(
        ({ statements, worked }) => statements <= GOALS.statements && worked <= GOALS.workedMs,
      ),
    },
  };
}

export const pacing: Line = {
  id: 'pace',
  minutes: 16,
  rows: [
    ...PACES.map(({ rate, limit }) => ({
      id: `pace-${rate}`,
      what: `Rythme d’un avis, ${french(RECIPIENTS, 0)} destinataires, ${rate} par seconde, rien de refusé`,
      before: '95,1 à 96,6 %, 26 dans une seconde à 25/s, silences de 3,5 s après un hoquet',
      goal: `≥ 98,5 %, jamais plus de ${limit} dans une seconde glissante, aucun silence de plus de 1 s`,
      peer: 'le rythme demandé et la limite publiée',
    })),
    {
      id: 'message',
      what: 'Ce que coûte un message envoyé',
      before: '5,7 requêtes, 3,5 ms',
      goal: '≤ 2,5 requêtes, ≤ 2 ms',
      peer: 'rien',
    },
  ],
  measure,
};
