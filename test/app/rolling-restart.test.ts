import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { migratedPostgres } from '../support/postgres.ts';
import { print } from '../support/print.ts';
import { rollingRestart } from '../support/rolling-restart.ts';

let server: Awaited<ReturnType<typeof migratedPostgres>>;

beforeAll(async () => {
  server = await migratedPostgres();
});
afterAll(() => server.stop());

test('a rolling restart under load loses no turn', async () => {
  // The real figures are ten seconds and three: `npm run bench restart`.
  const counts = await rollingRestart({
    databaseUrl: server.url,
    probeMs: 300,
    drainSeconds: 6,
    paceMs: 100,
  });
  print(`rolling restart: ${JSON.stringify(counts)}`);
  expect(counts.sent).toBeGreaterThan(20);
  expect(counts).toMatchObject({ answered: counts.sent, lost: 0, refusals: [] });
});
