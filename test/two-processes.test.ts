import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { start } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { newId } from '../src/core/id.ts';
import { openStorage, type Storage } from '../src/edges/storage/index.ts';
import { activity, openConnector, TENANT } from './support/channel.ts';
import { silent } from './support/delivery.ts';
import { migratedPostgres } from './support/postgres.ts';
import { until } from './support/process.ts';
import { countOf } from './support/rows.ts';

// Two whole assistants on one PostgreSQL, each with its own connections, behind one connector.

let server: Awaited<ReturnType<typeof migratedPostgres>>;
let connector: Awaited<ReturnType<typeof openConnector>>;
const running: Awaited<ReturnType<typeof start>>[] = [];
let storage: Storage;

beforeAll(async () => {
  server = await migratedPostgres();
  connector = await openConnector();
  const config = readConfig({ PORT: '0', DATABASE_URL: server.url, LOG_LEVEL: 'silent' });
  for (let process = 0; process < 2; process++)
    running.push(await start(config, openStorage(config, silent), silent));
  // Both are in this process, which does nothing else while it warms them.
  await Promise.all(running.map(({ warmed }) => warmed));
  storage = await openStorage(config, silent);
});
afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await storage.close();
  await connector.close();
  await server.stop();
});

const local = (changes: object = {}) => activity({ serviceUrl: connector.url, ...changes });

/** Delivers an activity to both processes, so many times to each, at once; what each answered. */
const deliver = (body: object, times: number) =>
  Promise.all(
    running.flatMap(({ port }) =>
      Array.from({ length: times }, async () => {
        const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        return { status: response.status, text: await response.text() };
      }),
    ),
  );

/** What was said: « … » while a busy process thinks says nothing. */
const posts = () => connector.calls.filter(({ method, body }) => method === 'POST' && body.type !== 'typing');

/** The card's button, as Teams sends it when it is pressed. */
function pressOf(title: string, inputs: object): object {
  const card = JSON.stringify(posts().at(-1)?.body.attachments?.[0]?.content ?? {});
  const found: { verb: string; data: object }[] = [];
  JSON.parse(card, (_key, value) => {
    if (value?.type === 'Action.Execute' && value.title === title) found.push(value);
    return value;
  });
  const [button] = found;
  if (!button) throw new Error(`no button « ${title} »`);
  const action = { type: 'Action.Execute', verb: button.verb, data: { ...button.data, ...inputs } };
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    value: { action, trigger: 'manual' },
  };
}

test('a question delivered ten times to each of two processes is answered once, and kept once', async () => {
  const before = posts().length;
  const answers = await deliver(local({ text: 'Quelle est la durée maximale d’un contrat ?' }), 10);
  // A turn that takes its time is acknowledged before its end.
  for (const { status } of answers) expect([200, 202]).toContain(status);
  await until(() => posts().length > before);
  await until(async () => (await countOf(storage, sql`questions`)) > 0);
  expect(posts()).toHaveLength(before + 1);
  expect(await countOf(storage, sql`questions`)).toBe(1);
});

test('a question delivered again under another id, at the same local time, is answered once', async () => {
  const before = posts().length;
  const moment = {
    text: 'Qui peut utiliser le Catalogue ?',
    localTimestamp: '2026-11-23T10:00:00.000-05:00',
  };
  await deliver(local({ ...moment, id: newId() }), 1);
  await until(() => posts().length > before);
  await deliver(local({ ...moment, id: newId() }), 1);
  expect(posts()).toHaveLength(before + 1);
});

test('a form that is sent fifty times to two processes makes one file, and each press the same card', async () => {
  await deliver(local({ text: 'mon dossier' }), 1);
  const press = pressOf('Créer le dossier', { name: 'Courriel de la direction' });
  const answers = (
    await Promise.all(Array.from({ length: 25 }, () => deliver(local({ ...press, id: newId() }), 1)))
  ).flat();
  expect(await countOf(storage, sql`acquisitions`)).toBe(1);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test('the same form with another name makes another file', async () => {
  const nadia = {
    from: { id: '29:nadia', name: 'Nadia Benali', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000002' },
    conversation: { id: 'a:chat-2', conversationType: 'personal', tenantId: TENANT },
  };
  await deliver(local({ ...nadia, text: 'mon dossier' }), 1);
  const before = await countOf(storage, sql`acquisitions`);
  const presses = ['Premier dossier', 'Deuxième dossier'].map((name) =>
    pressOf('Créer le dossier', { name }),
  );
  for (const press of presses) await deliver(local({ ...nadia, ...press, id: newId() }), 1);
  expect(await countOf(storage, sql`acquisitions`)).toBe(before + 2);
});
