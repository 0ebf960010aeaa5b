import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../../core/ports/db.ts';
import { listed } from '../../../core/text/text.ts';
import type { Files } from '../../acquisitions/index.ts';
import { needsDelegations } from '../tables.ts';

/** Of those who have one question, how many it is taken back from at once. */
export const MOST_ASKED = 60;

/** With whom a question waits. */
export interface Asked {
  /** « Nadia Benali et Samuel Roy ». */
  readonly names: string;
  /** What was put to each of them. */
  readonly ids: readonly string[];
}

/** Those who have a question, by name, once each. */
export const namesOf = (rows: readonly { readonly name: string }[]): string =>
  listed(new Set(rows.map(({ name }) => name)));

const waitingOf = (from: Db, file: string) =>
  from
    .select()
    .from(needsDelegations)
    .where(and(eq(needsDelegations.acquisitionId, file), eq(needsDelegations.state, 'waiting')))
    .orderBy(asc(needsDelegations.createdAt), asc(needsDelegations.id));

/** What archiving a file does to the questions that wait for colleagues: they stay, and nobody can answer them meanwhile. */
export function endWithFiles(files: Files): void {
  files.goesOn(async (tx, file) => {
    const rows = await waitingOf(tx, file);
    if (rows.length === 0) return undefined;
    const names = namesOf(rows);
    const one = new Set(rows.map(({ question }) => question)).size === 1;
    return {
      sentence: one
        ? `Une question posée à ${names} attend encore : elle reste sans réponse tant que le dossier est archivé.`
        : `Des questions posées à ${names} attendent encore : elles restent sans réponse tant que le dossier est archivé.`,
    };
  });
}

/** The questions of a file that wait for colleagues. */
export async function askedOf(from: Db, file: string): Promise<ReadonlyMap<string, Asked>> {
  const rows = await waitingOf(from, file);
  return new Map(
    [...Map.groupBy(rows, ({ question }) => question)].map(([question, each]) => [
      question,
      { names: namesOf(each), ids: each.map(({ id }) => id) },
    ]),
  );
}
