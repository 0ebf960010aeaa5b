import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Person } from '../../../src/core/turn.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { type Assistant, openAssistant } from '../../support/assistant.ts';
import { silent } from '../../support/delivery.ts';
import { alex, nadia } from '../../support/people.ts';
import { type Database, migratedPostgres } from '../../support/postgres.ts';
import { until } from '../../support/process.ts';
import { rowsOf } from '../../support/rows.ts';

// Teams shows its own thumbs beside an answer. What is pressed there comes in through the real door, and counts for
// whoever asked, where they asked.

const Opinion = z.object({
  activity_id: z.string().nullable(),
  rating: z.string().nullable(),
  reason: z.string().nullable(),
  comment: z.string().nullable(),
});

let server: Database;
let storage: Storage;
let assistant: Assistant;
let chat: string;
let asked = 0;

beforeAll(async () => {
  server = await migratedPostgres();
  storage = openPostgres(server.url, silent);
  assistant = await openAssistant(storage);
});
afterAll(async () => {
  await assistant.close();
  await server.stop();
});
beforeEach(async () => {
  await storage.db.execute(sql`delete from questions`);
  chat = `chat-${++asked}`;
  await assistant.says(alex, 'Quelle est la durée maximale d’un contrat ?', chat);
  await until(async () => (await opinion()) !== undefined);
});

async function opinion() {
  const [row] = await rowsOf(
    storage.db,
    sql`select activity_id, rating, reason, comment from questions`,
    Opinion,
  );
  return row;
}

const said = (row: z.infer<typeof Opinion> | undefined) =>
  row && { rating: row.rating, reason: row.reason, comment: row.comment };

/** Teams tells what somebody pressed beside the answer. */
async function thinks(actionValue: object, person: Person = alex, where = chat): Promise<number> {
  const replyToId = (await opinion())?.activity_id ?? '';
  const response = await assistant.deliver(person, where, {
    type: 'invoke',
    name: 'message/submitAction',
    text: undefined,
    replyToId,
    localTimestamp: new Date(++asked * 1_000).toISOString(),
    value: { actionName: 'feedback', actionValue },
  });
  await response.text();
  return response.status;
}

test('an answer asks Teams for its thumbs, and its message is known with the question', async () => {
  const posted = assistant.connector.calls.filter(({ path }) => path.includes(`/${chat}/`));
  expect(posted.map(({ body }) => body.channelData)).toContainEqual({ feedbackLoop: { type: 'default' } });
  expect((await opinion())?.activity_id).toMatch(/^activity-/);
});

test.each([
  ['as the text itself', 'Il manque les exceptions.'],
  ['as JSON in a text', JSON.stringify({ feedbackText: 'Il manque les exceptions.' })],
])('what is written beside a thumb is kept: %s', async (_what, feedback) => {
  expect(await thinks({ reaction: 'dislike', feedback })).toBe(200);
  expect(said(await opinion())).toEqual({
    rating: 'down',
    reason: 'other',
    comment: 'Il manque les exceptions.',
  });
});

test('a thumb alone is an opinion without a reason', async () => {
  await thinks({ reaction: 'like' });
  expect(said(await opinion())).toEqual({ rating: 'up', reason: null, comment: null });
});

test('a second opinion takes the place of the first', async () => {
  await thinks({ reaction: 'dislike', feedback: 'Non.' });
  await thinks({ reaction: 'like', feedback: JSON.stringify({ feedbackText: '' }) });
  expect(said(await opinion())).toEqual({ rating: 'up', reason: null, comment: null });
});

test.each<[string, () => Promise<number>]>([
  ['somebody else', () => thinks({ reaction: 'dislike' }, nadia)],
  ['another conversation', () => thinks({ reaction: 'dislike' }, alex, 'chat-elsewhere')],
  ['what is no opinion', () => thinks({ reaction: 'perhaps' })],
])('%s changes nothing, and is answered all the same', async (_what, press) => {
  expect(await press()).toBe(200);
  expect((await opinion())?.rating).toBeNull();
});
