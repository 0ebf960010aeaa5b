import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Followed, notedOn, type Records } from '../../recording/store/records.ts';
import { dutiesDone, dutiesWanted } from '../../tables.ts';
import { type Duty, isOlder } from '../rules/duty.ts';
import type { Completing } from './completing.ts';

/** What became of a duty that is older than its contract here. */
export const ENTRY_ANSWERS = ['done', 'wanted', 'none'] as const;
export type EntryAnswer = (typeof ENTRY_ANSWERS)[number];

const NO_OBJECT = 'Noté sans objet à l’entrée du contrat.';

/** The duties that were due before their contract was noted, with what was said of them. */
export const olderThanEntry = ({ contract, duties }: Followed): Duty[] =>
  duties.filter((duty) => duty.unsaid || isOlder({ due: duty.due }, notedOn(contract)));

/** What was said of one; undefined while nobody said anything. */
export function entryAnswer({ done }: Followed, { id, unsaid }: Duty): EntryAnswer | undefined {
  const row = done.get(id);
  if (row) return row.whyNot === null ? 'done' : 'none';
  return unsaid ? undefined : 'wanted';
}

/** What was due before a contract was noted here: it is asked once, all together, and never recalled unasked. */
export function buildEntering(
  { audit, today, changing, followed }: Records,
  { keepWanted, noteDone }: Completing,
) {
  const rowOf = (table: typeof dutiesDone | typeof dutiesWanted, id: string, duty: string) =>
    and(eq(table.contractId, id), eq(table.duty, duty));

  async function say(tx: Tx, person: Person, id: string, duty: string, answer: EntryAnswer): Promise<void> {
    await tx.delete(dutiesDone).where(rowOf(dutiesDone, id, duty));
    if (answer === 'wanted') {
      await keepWanted(tx, person, id, duty);
      await audit.record(tx, person, `contract.keepDuty.${duty.split(':')[0]}`, id);
      return;
    }
    await tx.delete(dutiesWanted).where(rowOf(dutiesWanted, id, duty));
    const said = answer === 'done' ? { undated: true } : { whyNot: NO_OBJECT };
    await noteDone(tx, person, id, duty, today().toString(), said);
  }

  return {
    /**
     * What became of duties older than the contract here; how many answers are new. The same again changes nothing,
     * what is no such duty is left out. Of `rest`, what nobody answered is done.
     */
    sayOfEntry: (
      person: Person,
      id: string,
      answers: ReadonlyMap<string, EntryAnswer>,
      rest: ReadonlySet<string> = new Set(),
    ): Promise<number> =>
      changing(person, id, async (tx, contract) => {
        const now = await followed(tx, contract);
        const changed = olderThanEntry(now).flatMap((duty) => {
          const before = entryAnswer(now, duty);
          const answer = answers.get(duty.id) ?? (!before && rest.has(duty.id) ? 'done' : undefined);
          return answer && answer !== before ? [{ duty: duty.id, answer }] : [];
        });
        for (const { duty, answer } of changed) await say(tx, person, id, duty, answer);
        return changed.length;
      }),
  };
}
