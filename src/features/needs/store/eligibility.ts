import type { Db } from '../../../core/ports/db.ts';
import type { Person } from '../../../core/turn.ts';
import {
  boundOf,
  boundText,
  type Eligibility,
  eligibilityFact,
  type Files,
  KINDS_OF_BODY,
} from '../../acquisitions/index.ts';
import type { Belonging } from '../../people/index.ts';
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

/** Who may buy, and whether article 48 binds them (guide 2.4). */
export function buildEligibility(db: Db, files: Files, belonging: Belonging) {
  return {
    /** Keeps what the organization says of itself; for the body of the person as well, for their next files. */
    setEligibility: (person: Person, id: string, said: Answered): Promise<void> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const value = saidAfter((await needsFactsOf(files, tx, id)).eligibility, said);
        const { kind } = value;
        const bound = boundOf(value);
        // What is not known yet is no answer, rather than « no ».
        await belonging.setKind(tx, person, kind, bound === 'unknown' ? null : bound === 'yes');
        if (!(await files.writeFact(tx, id, eligibilityFact, value))) return;
        const sentence = `Admissibilité : ${KINDS_OF_BODY[kind].title} · ${boundText(bound)}.`;
        await files.record(tx, id, person, sentence, { about: 'body' });
      }),
  };
}
