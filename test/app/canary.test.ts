import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { features } from '../../src/features/registry.ts';
import { activity } from '../support/channel.ts';
import { alex } from '../support/people.ts';
import { type Database, migratedPostgres } from '../support/postgres.ts';
import { ROOT, until } from '../support/process.ts';
import { CANARY, sampleOf } from '../support/samples.ts';

// A word that nobody else writes is typed wherever somebody can type, into a process that says all that it can say:
// forms, messages, names, files, addresses, in order and out of order, with a database and a connector that throw it
// back. It is then in Teams and in the tables of the features; nowhere else.

const VERBS = features.flatMap(({ actions }) => actions);
const COMMANDS = features.flatMap(({ messages }) => messages).map(({ command }) => command);
/** Alex, administrator of this installation, whose name is the word too. */
const person = { ...alex, name: `Alex ${CANARY}` };
/** What the connector answers when it refuses: each with the words that it was given. */
const REFUSALS = [400, 401, 403, 404, 412, 413, 500, 502, 503] as const;

let database: Database;
let client: pg.Client;
let child: ChildProcess;
let connector: Server;
let address = '';
let port = 0;
let output = '';
let refusing: (() => number) | undefined;

/** Teams: it accepts what it is told, or refuses it and quotes it; it knows members, and has the files that people drop. */
function openTeams(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const said = Buffer.concat(chunks).toString();
    if (request.url?.startsWith('/file')) return void response.end(`supplier: ${CANARY}\noffers: [${CANARY}`);
    response.setHeader('content-type', 'application/json');
    const status = refusing?.();
    if (status) {
      response.writeHead(status);
      return void response.end(
        JSON.stringify({ error: { code: CANARY, message: `${CANARY} : ${said.slice(0, 2_000)}` } }),
      );
    }
    const member = {
      id: '29:alex',
      name: person.name,
      aadObjectId: person.objectId,
      email: `alex@${CANARY}.example`,
    };
    response.writeHead(201);
    response.end(
      JSON.stringify(request.url?.includes('members') ? { members: [member] } : { id: 'activity' }),
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function start(): Promise<void> {
  child = spawn(process.execPath, [join(ROOT, 'src/main.ts')], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DRAIN_SECONDS: '0',
      DATABASE_URL: database.url,
      BROKER_ADMINS: person.objectId,
      MEMBERSHIP_DOMAINS: 'true',
      LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  child.once('exit', () => (output += '\nended'));
  await until(() => /"port":\d+|ended/.test(output));
  port = Number(/"port":(\d+)/.exec(output)?.[1]);
  if (!port) throw new Error(output);
}

beforeAll(async () => {
  [database, connector] = await Promise.all([migratedPostgres(), openTeams()]);
  address = `http://127.0.0.1:${(connector.address() as AddressInfo).port}`;
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await start();
});
afterAll(async () => {
  child.kill('SIGKILL');
  connector.closeAllConnections();
  connector.close();
  await client.end();
  await database.stop();
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return response.text();
};

const sends = (what: object): Promise<string> =>
  post(
    '/api/messages',
    activity({
      serviceUrl: `${address}/`,
      from: { id: '29:alex', name: person.name, aadObjectId: person.objectId },
      conversation: { id: 'chat', conversationType: 'personal', tenantId: person.tenantId, name: CANARY },
      channelData: { tenant: { id: person.tenantId } },
      ...what,
    }),
  );
const says = (text: string, more: object = {}) => sends({ text, ...more });
const presses = (verb: string, data: unknown) =>
  sends({
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    value: { action: { type: 'Action.Execute', verb, data } },
  });

const STAFF_ROOM = { id: '19:equipe@thread.tacv2', conversationType: 'channel', tenantId: person.tenantId };
/** The channel of the staff, which is told of what clients send. */
async function designate(): Promise<void> {
  const team = {
    tenant: { id: person.tenantId },
    team: { id: '19:team', name: CANARY },
    channel: { name: CANARY },
  };
  const mentioned = { id: '28:bot', name: 'Courtier' };
  const inRoom = { conversation: STAFF_ROOM, channelData: team };
  await sends({ type: 'conversationUpdate', text: undefined, membersAdded: [mentioned], ...inRoom });
  const entities = [{ type: 'mention', text: '<at>Courtier</at>', mentioned }];
  await says('<at>Courtier</at> désigner ce canal', { entities, ...inRoom });
}

/** A few at a time, as one person's are worked on. */
async function all<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const hand = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all([hand(), hand(), hand()]);
}

/** What there is to name in a form: one of each kind. */
const THINGS = {
  file: 'acquisitions',
  contract: 'contracts',
  comment: 'contract_comments',
  broadcast: 'broadcasts',
  escalation: 'escalations',
  question: 'questions',
  membership: 'memberships',
  body: 'organizations',
} as const;

async function ids(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, table] of Object.entries(THINGS)) {
    const { rows } = await client.query<{ id: string }>(`select id from ${table} limit 1`);
    if (rows[0]) found[name] = rows[0].id;
  }
  return found;
}

/** Every button there is, each of its fields filled with the word wherever words go. */
async function pressEverything(): Promise<void> {
  const known = await ids();
  await all(VERBS, ({ verb, input }) =>
    presses(verb, { ...(sampleOf(input, known) as object), intruder: CANARY }),
  );
}

async function sayEverything(): Promise<void> {
  await says(`Où est la ${CANARY} de notre tante ?`);
  await all(COMMANDS, (command) => says(`${command} ${CANARY}`));
  const file = (name: string) => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    name,
    content: { downloadUrl: `${address}/file/${CANARY}`, uniqueId: CANARY, fileType: 'yaml' },
  });
  await says('', { attachments: [file(`${CANARY}.yaml`), file(`${CANARY}.exe`)] });
  await says(CANARY, { attachments: [{ contentType: 'image/png', contentUrl: `${address}/${CANARY}.png` }] });
}

/** What no client of Teams sends, and what people open in a browser. */
async function sendNonsense(): Promise<void> {
  await post('/api/messages', `{"${CANARY}": ${CANARY}`, { authorization: `Bearer ${CANARY}` });
  await post('/api/messages', { type: CANARY });
  await sends({ type: CANARY, text: CANARY });
  await sends({ type: 'invoke', name: CANARY, value: CANARY });
  await sends({ type: 'conversationUpdate', membersAdded: [{ id: CANARY, name: CANARY }] });
  await sends({ type: 'installationUpdate', action: `add-${CANARY}` });
  await presses(CANARY, { [CANARY]: CANARY });
  for (const path of ['/liens/', '/telechargements/', '/', '/api/messages/'])
    await fetch(`http://127.0.0.1:${port}${path}${CANARY}?${CANARY}=${CANARY}`).then((answer) =>
      answer.text(),
    );
  await post(`/liens/${CANARY}`, `what=${CANARY}`, { 'content-type': 'application/x-www-form-urlencoded' });
}

/** The same on each table, by itself: what holds several at once and wants another could wait for the assistant, which waits for it. */
async function onEachTable(statement: (table: string) => string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'inbox'",
  );
  for (const { name } of rows) await client.query(statement(name));
}

/** From now on the database refuses what is written for people, and quotes it; jobs work on what is there. */
async function refuseWrites(): Promise<void> {
  await client.query(`
    create function refuse_row() returns trigger language plpgsql as $$
    begin raise exception 'refused: %', to_jsonb(new) using detail = to_jsonb(new)::text; end $$`);
  await onEachTable(
    (table) =>
      `create trigger refuse_row before insert or update on ${table} for each row execute function refuse_row()`,
  );
}
const acceptWrites = () => onEachTable((table) => `drop trigger refuse_row on ${table}`);

/** Jobs that cannot succeed: one whose payload is words, which no schema of ours takes, and one that has to write. */
async function breakJobs(): Promise<void> {
  const payloads: [string, object][] = [
    ['knowledge.post', { escalation: CANARY }],
    ['reminders.gather', {}],
    ['people.purge', {}],
  ];
  for (const [name, data] of payloads)
    await client.query('insert into pgboss.job (name, data, retry_limit) values ($1, $2, 0)', [name, data]);
  await until(async () => {
    const { rows } = await client.query(
      "select from pgboss.job where state = 'failed' and name = 'knowledge.post'",
    );
    return rows.length > 0;
  });
}

test('a word that people type is in no log, no metric, no job and no dead letter', async () => {
  await designate();
  await sayEverything();
  await pressEverything();
  await pressEverything();
  await sendNonsense();
  const counted = await client.query('select from contract_comments where text like $1', [`%${CANARY}%`]);
  expect(counted.rows.length).toBeGreaterThan(0);

  let n = 0;
  refusing = () => REFUSALS[n++ % REFUSALS.length] ?? 500;
  await says(CANARY);
  await all(COMMANDS, (command) => says(command));
  for (const _ of REFUSALS) {
    await says(`Que fait la ${CANARY} ?`);
    await presses('contracts.comment', { kind: 'documents', text: `${CANARY} ${n}` });
  }
  await until(() => output.includes('delivery not made'));
  refusing = undefined;

  await refuseWrites();
  await breakJobs();
  await sayEverything();
  await pressEverything();
  await acceptWrites();

  const metrics = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text());
  expect(metrics).toContain('courtier_turn_seconds');
  expect(metrics.toLowerCase()).not.toContain(CANARY);
  const jobs = await client.query<{ row: string }>(
    "select concat(name, ' ', state, ' ', data, ' ', output) as row from pgboss.job",
  );
  const written = jobs.rows.map(({ row }) => row).filter((row) => !row.startsWith('knowledge.post '));
  const outputs = await client.query<{ row: string }>(
    'select output::text as row from pgboss.job where output is not null',
  );
  expect(outputs.rows.map(({ row }) => row).join()).toContain('job knowledge.post failed');
  for (const row of [...written, ...outputs.rows.map(({ row }) => row)])
    expect(row.toLowerCase()).not.toContain(CANARY);
  const ledger = await client.query<{ row: string }>('select to_jsonb(d)::text as row from deliveries d');
  expect(ledger.rows.length).toBeGreaterThan(0);
  for (const { row } of ledger.rows) expect(row.toLowerCase()).not.toContain(CANARY);

  for (const what of ['turn failed', 'turn refused', 'job failed', 'not written after the answer'])
    expect(output).toContain(what);
  expect(output.split('\n').filter((line) => line.toLowerCase().includes(CANARY))).toEqual([]);
}, 120_000);
