import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from '../../test/support/bundle.ts';
import { median, row } from '../figures.ts';
import { type Findings, french, type Line, times } from './line.ts';

const PAIRS = 5;
const MOST_MS = 300;
const HELD_MS = 100;
const BUILDER = join(import.meta.dirname, '../index-build.ts');

/** The processor's milliseconds to have an index in a fresh process, as a start does. */
const taken = (...how: readonly string[]): number =>
  Number(execFileSync(process.execPath, [BUILDER, ...how], { encoding: 'utf8' }));

/** The index of the knowledge, cold: restored as a start from the bundle does, and built beside MiniSearch's of the same entries, in turn. */
async function measure(): Promise<Findings> {
  const folder = bundle();
  const rounds = Array.from({ length: PAIRS }, () => ({
    restored: taken('restored', folder),
    built: taken('built'),
    theirs: taken('minisearch'),
    held: taken('learned'),
  }));
  const restored = median(rounds.map((round) => round.restored));
  const built = median(rounds.map((round) => round.built));
  const theirs = median(rounds.map((round) => round.theirs));
  const ratio = median(rounds.map((round) => round.built / round.theirs));
  const held = median(rounds.map((round) => round.held));
  row('', 'Courtier', 'MiniSearch', 'ratio');
  row('index restored, CPU (ms)', restored);
  row('index built, CPU (ms)', built, theirs, ratio);
  row('the process held while a thread learns (ms)', held);
  const seconds = (milliseconds: number) => `${french(milliseconds / 1_000, 2)} s`;
  return {
    index: {
      now: `${seconds(restored)} lu de l’assemblage ; fait sans lui ${seconds(built)} (MiniSearch ${seconds(theirs)}, ${times(ratio)})`,
      kept: restored < MOST_MS,
    },
    learning: { now: `${french(held, 0)} ms`, kept: held < HELD_MS },
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
    {
      id: 'learning',
      what: 'Ce que l’équipe publie, appris par l’index : le plus long moment où le processus ne répond pas',
      before: '1,1 s',
      goal: '< 100 ms (le nôtre)',
      peer: 'rien',
    },
  ],
  measure,
};
