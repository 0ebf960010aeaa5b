import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { type Assistant, openAssistant } from '../support/assistant.ts';
import { silent } from '../support/delivery.ts';
import { sampleOf, samplesOf } from '../support/exposition.ts';
import { alex } from '../support/people.ts';
import { type Database, migratedPostgres } from '../support/postgres.ts';

// The whole assistant, on a real database: what whoever is on call reads of it.

const CANARY = 'zibelinotte';
let server: Database;
let assistant: Assistant;
let text: string;

beforeAll(async () => {
  server = await migratedPostgres();
  assistant = await openAssistant(openPostgres(server.url, silent));
  await assistant.says(alex, `Quels documents faut-il conserver, ${CANARY} ?`, 'one');
  await assistant.answerIn('one');
  await assistant.says(alex, 'aide', 'two');
  await assistant.answerIn('two');
  await assistant.presses(alex, `${CANARY}.verb`, { [CANARY]: CANARY });
  text = await (await fetch(`${assistant.url}/metrics`)).text();
});
afterAll(async () => {
  await assistant.close();
  await server.stop();
});

test('a question, a command and a button are counted by kind, verb and outcome', () => {
  expect(sampleOf(text, 'courtier_turns_total', { kind: 'message', verb: 'text' })).toBe(1);
  expect(sampleOf(text, 'courtier_turns_total', { kind: 'message', verb: 'aide', outcome: 'done' })).toBe(1);
  expect(
    sampleOf(text, 'courtier_turns_total', { kind: 'action', verb: 'unknown', outcome: 'refused' }),
  ).toBe(1);
  expect(sampleOf(text, 'courtier_apologies_total', { kind: 'message' })).toBe(0);
});

test('nothing of what people write or send is in them, nor who they are', () => {
  expect(text).not.toContain(CANARY);
  expect(text).not.toContain(alex.objectId);
  expect(text).not.toContain(alex.name);
});

test('Teams’ answers are counted by their status', () => {
  const posted = samplesOf(text).filter(
    ({ name, labels }) => name === 'courtier_connector_answers_total' && labels.code?.startsWith('2'),
  );
  expect(posted.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThanOrEqual(2);
});

test('the database was asked, and what it holds is told', () => {
  for (const what of ['ready', 'jobs', 'deliveries', 'schema'])
    expect(sampleOf(text, 'courtier_watch_up', { what })).toBe(1);
  expect(sampleOf(text, 'courtier_ready')).toBe(1);
  expect(sampleOf(text, 'courtier_jobs', { job: 'inbox.purge', state: 'failed' })).toBe(0);
  expect(sampleOf(text, 'courtier_deliveries', { state: 'dead' })).toBe(0);
  expect(sampleOf(text, 'courtier_pool_most', { pool: 'turns' })).toBe(20);
  const newest = sampleOf(text, 'courtier_schema_newest');
  expect(newest).toBeGreaterThan(0);
  expect(sampleOf(text, 'courtier_schema_known')).toBe(newest);
});

test('every label has few values: all of it stays small', () => {
  expect(samplesOf(text).length).toBeLessThan(1_500);
});
