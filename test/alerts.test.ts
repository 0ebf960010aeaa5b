import { rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { generate } from 'selfsigned';
import { type Clock, systemClock } from '../src/core/clock.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { alertRules } from './support/alert-rules.ts';
import { type Assistant, openAssistant } from './support/assistant.ts';
import { azureRules, holdsInAzure } from './support/azure-rules.ts';
import { activity } from './support/channel.ts';
import { silent } from './support/delivery.ts';
import { sampleOf } from './support/exposition.ts';
import { alex } from './support/people.ts';
import { type Database, migratedPostgres } from './support/postgres.ts';
import { until } from './support/process.ts';
import { holds } from './support/promql.ts';

// The whole assistant in real trouble: what its /metrics and its log say then makes the rules of Prometheus and of Azure
// sound. test/ops.test.ts tries the same rules on figures that it makes up.

/** What is asked of the database is asked again after so long. */
const KEPT_MS = 10_000;
const UNSAID = '55555555-5555-4555-8555-555555555555';

const expressions = new Map(alertRules.map(({ alert, expr }) => [alert, expr]));
const azure = new Map(azureRules.map((rule) => [rule.name, rule]));
const tried = new Set<string>();

let skippedMs = 0;
/** Ours, so that what is kept for some seconds is asked again at once. */
const clock: Clock = { now: () => systemClock.now().add({ milliseconds: skippedMs }) };
let server: Database;
let assistant: Assistant;

beforeAll(async () => {
  server = await migratedPostgres();
});
afterAll(() => server.stop());

/** A statement beside the assistant. */
async function beside(statement: string, values: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(statement, [...values]).finally(() => client.end());
}

/** Holds a table against everybody while something is done. */
async function locking(table: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  await work().finally(() => client.end());
}

/** What /metrics says now; nothing where nobody answers. */
async function scrape(): Promise<string> {
  skippedMs += KEPT_MS;
  return fetch(`${assistant.url}/metrics`).then(
    (response) => response.text(),
    () => '',
  );
}

const lines = () =>
  assistant.logged.flatMap(({ data }) =>
    'figures' in data ? [data.figures as Readonly<Record<string, number>>] : [],
  );

/** Resolves once both rules of an alert sound, of what is scraped and logged from now on; `trouble` comes before each look. */
async function sounds(alert: string, trouble: () => Promise<unknown>): Promise<void> {
  const rule = azure.get(alert);
  const expression = expressions.get(alert);
  if (!rule || !expression) throw new Error(`no rule ${alert}`);
  tried.add(alert);
  const before = await scrape();
  assistant.logged.length = 0;
  let scraped = false;
  await until(async () => {
    await trouble();
    scraped ||= holds(expression, before, await scrape());
    return scraped && holdsInAzure(rule, lines());
  });
}

/** Something that is done once. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

const someone = (n: number) => ({
  ...alex,
  objectId: `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`,
});

/** So many people write the same words, each in a chat of their own. */
const people = (n: number, words: string) =>
  Promise.all(Array.from({ length: n }, (_, each) => assistant.says(someone(each), words)));

/** Teams answers the next calls so; then it is as ever. */
async function teamsAnswers(n: number, answer: { status: number; afterMs?: number }): Promise<void> {
  for (let each = 0; each < n; each++) assistant.connector.answers.push(answer);
  await people(n, 'aide');
  assistant.connector.answers.length = 0;
}

const BAD_JOB = `insert into pgboss.job (name, data, retry_limit) values ('inbox.purge', '{"nothing": "of ours"}', $1)`;
const noBadJob = () => beside(`delete from pgboss.job where data ? 'nothing'`);

const delivery = (state: string, due: string) =>
  beside(
    `insert into deliveries (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at)
     values ($1, 'a', 'broadcasts.refused', '{"kind": "x"}', $2, $3, 0, $1, now() - $4::interval, now())
     on conflict do nothing`,
    [state, UNSAID, alex.objectId, due],
  );
const noDelivery = () => beside('delete from deliveries where tenant_id = $1', [UNSAID]);

describe('a process that people use', () => {
  beforeAll(async () => {
    assistant = await openAssistant(openPostgres(server.url, silent), { FIGURES_SECONDS: '1' }, clock);
    await assistant.says(alex, 'aide', 'warm');
    await assistant.answerIn('warm');
  });

  // More than the eleven that it takes: what else is said meanwhile takes some of the answers.
  test('turns that last', () =>
    sounds('CourtierSlow', () => teamsAnswers(15, { status: 201, afterMs: 5_100 })));

  test.each([
    ['CourtierTeamsRefusesUs', 1, 401],
    ['CourtierTeamsThrottles', 21, 429],
    ['CourtierTeamsAway', 11, 503],
  ])('%s, when Teams answers %i times %i', (alert, n, status) =>
    sounds(alert, () => teamsAnswers(n, { status })),
  );

  test('a table that somebody holds: turns wait for a connection, then apologize', () =>
    locking('contracts', async () => {
      const turns = once(async () => [people(30, 'contrats')]);
      await sounds('CourtierConnectionsShort', turns);
      await Promise.all(await turns());
      await sounds('CourtierApologizes', () => people(6, 'contrats'));
    }));

  test('a loop that is held', () =>
    sounds('CourtierLoopHeld', async () => {
      const end = performance.now() + 700;
      while (performance.now() < end);
    }));

  test('memory that is not given back', async () => {
    const held = Buffer.alloc(1_300_000_000, 1);
    await sounds('CourtierMemory', async () => expect(held.at(-1)).toBe(1));
  });

  test('a job that nobody takes', async () => {
    // It is taken within a second, so it comes again before each look.
    await sounds('CourtierJobsLate', () =>
      beside(
        `insert into pgboss.job (name, start_after) values ('inbox.purge', now() - interval '6 minutes')`,
      ),
    );
  });

  test('jobs that fail, and one that is given up', async () => {
    await sounds('CourtierJobsFail', () =>
      Promise.all(Array.from({ length: 11 }, () => beside(BAD_JOB, [5]))),
    );
    await noBadJob();
    await sounds('CourtierJobsGivenUp', () => beside(BAD_JOB, [0]));
    await noBadJob();
  });

  test('notices that Teams holds up, refuses, or may have received', async () => {
    await beside(
      `insert into delivery_lanes (tenant_id, next_at, paused_until) values ($1, now(), now() + interval '1 year')`,
      [UNSAID],
    );
    await sounds('CourtierDeliveriesLate', () => delivery('pending', '20 minutes'));
    await noDelivery();
    await sounds('CourtierDeliveriesDead', () => delivery('dead', '1 minute'));
    await noDelivery();
    await sounds('CourtierDeliveriesUnknown', () => delivery('unknown', '1 minute'));
    await noDelivery();
  });

  test('a table that nobody may read: part of the figures lacks', () =>
    locking('pgboss.job', () => sounds('CourtierBlind', async () => {})));

  test('a database that a newer version has brought further', async () => {
    const AHEAD = 9_000_000_000_000;
    await beside(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', $1)`, [AHEAD]);
    for (const alert of ['CourtierSchemaAhead', 'CourtierNotReady', 'CourtierProcessNotReady'])
      await sounds(alert, async () => {});
    await beside('delete from drizzle.__drizzle_migrations where created_at = $1', [AHEAD]);
  });

  test('no process at all', async () => {
    await assistant.close();
    await sounds('CourtierAbsent', async () => {});
  });
});

describe('a process that Teams knows', () => {
  const BOT = '99999999-9999-4999-8999-999999999999';
  const FILE = join(tmpdir(), `courtier-secret-${process.pid}`);
  const shown = createServer((socket) => socket.end());
  const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000);
  const secretUntil = (days: number) =>
    writeFileSync(FILE, `not-a-secret ${daysFromNow(days).toISOString().slice(0, 10)}\n`);

  async function certificateUntil(notAfterDate: Date): Promise<void> {
    const subject = [{ name: 'commonName', value: 'localhost' }];
    const { private: key, cert } = await generate(subject, { notBeforeDate: daysFromNow(-1), notAfterDate });
    shown.setSecureContext({ key, cert });
  }

  beforeAll(async () => {
    secretUntil(90);
    await certificateUntil(daysFromNow(60));
    await new Promise<void>((listening) => shown.listen(0, '127.0.0.1', listening));
    const env = {
      FIGURES_SECONDS: '1',
      LISTEN_HOST: '127.0.0.1',
      BOT_ID: BOT,
      BOT_TENANT_ID: alex.tenantId,
      BOT_PASSWORD_FILE: FILE,
      PUBLIC_URL: `https://127.0.0.1:${(shown.address() as AddressInfo).port}`,
    };
    assistant = await openAssistant(openPostgres(server.url, silent), env, clock);
  });
  afterAll(async () => {
    await assistant.close();
    shown.close();
    rmSync(FILE, { force: true });
  });

  test('at rest no rule sounds', async () => {
    await until(async () => sampleOf(await scrape(), 'courtier_certificate_days_left') !== undefined);
    await until(() => lines().some((line) => line.courtier_certificate_days_left !== undefined));
    assistant.logged.length = 0;
    const before = await scrape();
    await until(() => lines().length >= 2);
    const after = await scrape();
    // The loop and the memory are those of what runs the tests.
    const ours = (alert: string) => !['CourtierLoopHeld', 'CourtierMemory'].includes(alert);
    const sounding = [...expressions].filter(([, expression]) => holds(expression, before, after));
    const inAzure = azureRules.filter((rule) => holdsInAzure(rule, lines()));
    expect(sounding.map(([alert]) => alert).filter(ours)).toEqual([]);
    expect(inAzure.map(({ name }) => name).filter(ours)).toEqual([]);
  });

  test('requests that nobody signed', () =>
    sounds('CourtierIntruders', async () => {
      // All is as it should be, but for who says it.
      const headers = { 'content-type': 'application/json', authorization: 'Bearer a.b.c' };
      const body = JSON.stringify(activity());
      for (let n = 0; n < 101; n++)
        await fetch(`${assistant.url}/api/messages`, { method: 'POST', headers, body });
    }));

  test('a secret that ends, and one that ends soon', async () => {
    secretUntil(29);
    await sounds('CourtierSecretEndsSoon', async () => {});
    secretUntil(6);
    await sounds('CourtierSecretEnds', async () => {});
    secretUntil(90);
  });

  test('a certificate that ends', async () => {
    await certificateUntil(daysFromNow(13));
    // It is looked at once an hour.
    skippedMs += 3_600_000;
    await sounds('CourtierCertificateEnds', async () => {});
  });

  test('each rule was tried', () => {
    expect([...tried].sort()).toEqual([...expressions.keys()].sort());
  });
});
