import type { Db } from '../../../core/ports/db.ts';
import { count } from '../../../core/text/text.ts';
import {
  type AcquisitionFile,
  type Eligibility,
  eligibilityFact,
  exclusionOf,
  type Files,
} from '../../acquisitions/index.ts';
import type { PersonKey } from '../../people/index.ts';
import { progressOf } from '../rules/answers.ts';
import { considerationsOf } from '../rules/considerations.ts';
import { type Needs, NO_NEEDS, needsFact } from '../rules/facts.ts';
import { type Asked, askedOf } from './asked.ts';

/** A file's needs as they stand. */
export interface FileNeeds {
  readonly file: AcquisitionFile;
  readonly needs: Needs;
  /** To be given back when an answer is saved. */
  readonly revision: number;
  readonly eligibility: Eligibility | undefined;
  /** Questions that wait for colleagues. */
  readonly asked: ReadonlyMap<string, Asked>;
}

/** What a file says of its needs, within a transaction or not. */
export async function needsFactsOf(files: Files, from: Db, id: string) {
  const { needs, eligibility } = await files.readFacts(from, id, {
    needs: needsFact,
    eligibility: eligibilityFact,
  });
  return { needs: needs.value ?? NO_NEEDS, revision: needs.revision, eligibility: eligibility.value };
}

/** Concludes of the first step: who may buy, and what. */
export function concludeNeeds(files: Files): void {
  files.concludes('needs', async (from, id) => {
    const { needs, eligibility } = await needsFactsOf(files, from, id);
    const { done, total } = progressOf(needs);
    const exclusion = exclusionOf(eligibility);
    const missing = [
      ...(eligibility ? [] : ['Dites quel genre d’organisation vous êtes.']),
      ...(exclusion ? [exclusion] : []),
      ...(done < total ? [`${count(total - done, 'question')} sur ${total} à répondre ou à revoir.`] : []),
    ];
    return {
      done: missing.length === 0,
      missing,
      considerations: considerationsOf(needs, eligibility),
      next: {
        title: 'Continuer : besoins',
        verb: exclusion && done === total ? 'needs.eligibility' : 'needs.continue',
      },
    };
  });
}

/** The needs of files, as their members see them. */
export function buildFileNeeds(db: Db, files: Files) {
  return {
    async needsOf(id: string, person: PersonKey): Promise<FileNeeds> {
      const file = await files.findFile(id, person);
      const known = await needsFactsOf(files, db, id);
      return { file, ...known, asked: await askedOf(db, id) };
    },

    /** The answers that a delegated question's form stands on; nothing else of the file. */
    answersOf: async (id: string): Promise<Needs> => (await needsFactsOf(files, db, id)).needs,
  };
}
