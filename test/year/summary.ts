import type { Law } from './law.ts';
import type { Outcome } from './year.ts';

/** A year in figures. */
export function summary(seed: number, { hash, figures, counts, judged }: Outcome): string {
  const { happenings, turns, presses, notices, faults, jobs, checks, statements, seconds, lines, megabytes } =
    figures;
  const unjudged = Object.keys(judged).filter((id) => judged[id] === 0);
  return [
    `seed ${seed}: ${happenings} happenings, ${turns} turns (${presses} presses), ${notices} notices, ${faults} faults, ${jobs} jobs, ${lines} lines, in ${seconds} s, ${megabytes} MB at most`,
    `  ${checks} verdicts of ${Object.keys(judged).length} laws; ${statements} statements, ${figures.mostAsked} at most at once (${figures.mostAskedBy})`,
    `  ${listed(counts)}`,
    `  judged: ${listed(judged)}`,
    ...(unjudged.length > 0 ? [`  had nothing to judge: ${unjudged.join('; ')}`] : []),
    `  hash ${hash}`,
  ].join('\n');
}

/** Several years in figures: what they hold in all, and the laws that had nothing to judge in any of them. */
export function summaryOfAll(lives: readonly Outcome[], laws: readonly Law[]): string {
  const total = (of: (life: Outcome) => number): number => lives.reduce((sum, life) => sum + of(life), 0);
  const lines = laws.map(({ id }) => {
    const years = lives.filter(({ judged }) => (judged[id] ?? 0) > 0).length;
    return `  ${id}: ${total(({ judged }) => judged[id] ?? 0)} in ${years} of ${lives.length} years`;
  });
  return [
    `\n${lives.length} years, ${lives.filter(({ failure }) => failure).length} with a law broken, in ${total(({ figures }) => figures.seconds)} s`,
    `  ${total(({ figures }) => figures.turns)} turns, ${total(({ figures }) => figures.notices)} notices, ${total(({ figures }) => figures.faults)} faults, ${total(({ counts }) => counts.kickoffs ?? 0)} meetings, ${total(({ counts }) => counts.contracts ?? 0)} contracts`,
    'How many things each law had to judge:',
    ...lines,
  ].join('\n');
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ');
