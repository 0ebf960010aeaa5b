import { isDeepStrictEqual } from 'node:util';
import { markOf } from '../../../core/cards/showed.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { Person } from '../../../core/turn.ts';
import { boundOf, type Eligibility, eligibilityFact, type Files } from '../../acquisitions/index.ts';
import type { Belonging } from '../../people/index.ts';
import { eligibilityText } from '../rules/eligibility.ts';
import { needsFactsOf } from './file-needs.ts';

/** What the form of eligibility says. */
export type Answered = Pick<Eligibility, 'kind' | 'bound' | 'condition'>;

/** What is said now; what is not said again stays said, of the same kind of organization. */
function saidAfter(before: Eligibility | undefined, { kind, ...said }: Answered): Eligibility {
  const kept = before?.kind === kind ? before : undefined;
  const bound = said.bound ?? (kept ? boundOf(kept) : 'unknown');
  const condition = said.condition ?? kept?.condition;
  return { kind, bound, rcti: bound === 'yes', ...(condition && { condition }) };
}

/** What somebody changed of what their form showed: the rest may be another file's, or the staff's, since. */
function changedOf(
  before: Eligibility | undefined,
  now: Eligibility,
  shownKind: string | undefined,
): { kind?: string; rcti?: boolean | null } {
  const bound = boundOf(now);
  const same = bound === (before ? boundOf(before) : 'unknown');
  return {
    ...(now.kind === (before?.kind ?? shownKind) ? {} : { kind: now.kind }),
    // What is not known yet is no answer, rather than « no ».
    ...(same ? {} : { rcti: bound === 'unknown' ? null : bound === 'yes' }),
  };
}

/** Who may buy, and whether article 48 binds them (guide 2.4). */
export function buildEligibility(db: Db, files: Files, belonging: Belonging) {
  return {
    /**
     * Keeps what the organization says of itself; what was changed, for the body of the person as well, for their next
     * files. `stale` where the file says something else than when its form was drawn, of which `seen` is the mark: nothing
     * is kept. `shownKind`: the kind that the form came filled in with, from the body, while the file said none.
     */
    setEligibility: (
      person: Person,
      id: string,
      said: Answered,
      seen?: string,
      shownKind?: string,
    ): Promise<{ readonly kind: 'done' | 'stale' }> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const { eligibility } = await needsFactsOf(files, tx, id);
        const value = saidAfter(eligibility, said);
        if (seen !== undefined && seen !== markOf(eligibility) && !isDeepStrictEqual(value, eligibility))
          return { kind: 'stale' };
        await belonging.setKind(tx, person, changedOf(eligibility, value, shownKind));
        if (await files.writeFact(tx, id, eligibilityFact, value)) {
          const sentence = `Admissibilité : ${eligibilityText(value)}.`;
          await files.record(tx, id, person, sentence, { about: 'body' });
        }
        return { kind: 'done' };
      }),
  };
}
