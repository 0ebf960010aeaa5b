import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median, row } from '../figures.ts';
import { type Findings, french, type Line, times } from './line.ts';

const PAIRS = 5;
const MOST_MS = 300;
const BUILDER = join(import.meta.dirname, '../index-build.ts');

/** The processor's milliseconds to build an index in a fresh process, as a start does. */
const built = (whose: 'courtier' | 'minisearch'): number =>
  Number(execFileSync(process.execPath, [BUILDER, whose], { encoding: 'utf8' }));

/** The index of the knowledge, cold, beside MiniSearch's of the same entries, in turn. */
async function measure(): Promise<Findings> {
  const pairs = Array.from({ length: PAIRS }, () => ({
    ours: built('courtier'),
    theirs: built('minisearch'),
  }));
  const ours = median(pairs.map((pair) => pair.ours));
  const theirs = median(pairs.map((pair) => pair.theirs));
  const ratio = median(pairs.map((pair) => pair.ours / pair.theirs));
  row('', 'Courtier', 'MiniSearch', 'ratio');
  row('index of the knowledge, CPU (ms)', ours, theirs, ratio);
  return {
    index: {
      now: `${french(ours / 1_000, 2)} s (MiniSearch ${french(theirs / 1_000, 2)} s, ${times(ratio)})`,
      kept: ours < MOST_MS,
    },
  };
}

export const searching: Line = {
  id: 'index',
  minutes: 4,
  rows: [
    {
      id: 'index',
      what: 'Index des réponses, fait au démarrage (processeur)',
      before: '0,67 s (MiniSearch 0,53 s)',
      goal: '< 0,3 s',
      peer: 'MiniSearch, sur les mêmes entrées',
    },
  ],
  measure,
};
