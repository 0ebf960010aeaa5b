import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { ROOT } from '../../test/support/process.ts';
import { row } from '../figures.ts';
import { type Findings, french, type Line } from './line.ts';

const MOST_MINUTES = 9;

/** Every test, as `npm test` runs it. It is no part of the others: it takes half as long as all of them. */
async function measure(): Promise<Findings> {
  const start = performance.now();
  const { status } = spawnSync('npm', ['test'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const minutes = (performance.now() - start) / 60_000;
  if (status !== 0) throw new Error('a test failed');
  row('npm test (min)', minutes);
  return {
    suite: {
      now: `${french(minutes)} min sur ${cpus().length} processeurs`,
      kept: minutes <= MOST_MINUTES,
    },
  };
}

export const suite: Line = {
  id: 'suite',
  minutes: 60,
  apart: true,
  rows: [
    {
      id: 'suite',
      what: 'Tous les essais, `npm test`',
      before: '12 min',
      goal: '≤ 9 min sur 2 processeurs, les mêmes essais',
      peer: 'rien',
    },
  ],
  measure,
};
