import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { type Assistant, openAssistant } from '../support/assistant.ts';
import { silent } from '../support/delivery.ts';
import { alex, nadia } from '../support/people.ts';
import { type Database, migratedPostgres } from '../support/postgres.ts';
import { print } from '../support/print.ts';

// One person sends a thousand forms as fast as they can. Whoever asks something meanwhile waits for a few of them at
// the most, however many are on their way.

const QUESTION = 'Quels documents faut-il conserver ?';
const ACTS = 1_000;
/** On their way at once: more than there are connections to the database. */
const AT_ONCE = 80;
const TAKEN = 60;
/** What of the flood is done while somebody else is answered: what was being worked on, and what took its place meanwhile. */
const FEW = 25;

let server: Database;
let assistant: Assistant;

beforeAll(async () => {
  server = await migratedPostgres();
  assistant = await openAssistant(openPostgres(server.url, silent));
  // What the first turn loads is not what is measured.
  await assistant.says(alex, QUESTION, 'warm');
  await assistant.answerIn('warm');
});
afterAll(async () => {
  await assistant.close();
  await server.stop();
});

test('a thousand acts of one person leave everybody else’s turns as they are', async () => {
  let sent = 0;
  let done = 0;
  const answers: string[] = [];
  const hand = async () => {
    while (sent < ACTS) {
      const text = `Commentaire ${sent++}`;
      const { status, answer } = await assistant.presses(nadia, 'contracts.comment', {
        kind: 'documents',
        text,
      });
      expect(status).toBe(200);
      answers.push(answer);
      done++;
    }
  };
  const flood = Promise.all(Array.from({ length: AT_ONCE }, hand));
  const overtakers: number[] = [];
  for (let n = 0; done < ACTS - AT_ONCE; n++) {
    const before = done;
    await assistant.says(alex, QUESTION, `chat-${n}`);
    overtakers.push(done - before);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await flood;
  overtakers.sort((a, b) => a - b);
  print(`${overtakers.length} questions beside the flood; acts done meanwhile: ${overtakers.join(', ')}`);
  expect(overtakers.length).toBeGreaterThan(5);
  expect(overtakers[Math.floor(overtakers.length / 2)]).toBeLessThan(FEW);
  expect(answers.filter((answer) => answer.includes('La limite'))).toHaveLength(ACTS - TAKEN);
}, 120_000);

test('what waits beyond reason is refused at the door, and nobody else is', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 250 }, (_, n) => assistant.says(nadia, `Question ${n} ?`, 'crowd')),
  );
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  expect(await assistant.says(alex, QUESTION, 'after')).toBe(200);
}, 60_000);
