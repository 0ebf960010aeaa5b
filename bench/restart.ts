import { postgres } from '../test/support/postgres.ts';
import { rollingRestart } from '../test/support/rolling-restart.ts';
import { row } from './figures.ts';

/** A rolling restart of two processes, seen by a front end that asks every three seconds, beside one that refuses turns at once. */
export async function benchRestart(): Promise<void> {
  const server = await postgres();
  try {
    const measure = (drainSeconds: number) =>
      rollingRestart({ databaseUrl: server.url, probeMs: 3_000, drainSeconds, paceMs: 30 });
    const ours = await measure(10);
    const theirs = await measure(0);
    console.log('\nA rolling restart of two processes under load, seen by a front end that probes every 3 s');
    row('', 'Courtier', 'no draining', 'ratio');
    const compare = (label: string, key: 'sent' | 'answered' | 'lost') =>
      row(label, ours[key], theirs[key], ours[key] / theirs[key]);
    compare('turns sent', 'sent');
    compare('answered', 'answered');
    compare('lost', 'lost');
  } finally {
    await server.stop();
  }
}
