import type { Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Audit } from '../../../people/index.ts';
import { buildRedactions } from './redactions.ts';
import { buildReleases } from './releases.ts';
import { buildResultComments } from './result-comments.ts';
import { buildResultScores } from './result-scores.ts';

export type Results = ReturnType<typeof buildResults>;

/** What clients think of suppliers, and what of it the staff let suppliers read. */
export const buildResults = (db: Db, clock: Clock, audit: Audit) => ({
  ...buildResultScores(db),
  ...buildResultComments(db),
  ...buildRedactions(db, audit),
  ...buildReleases(db, clock, audit),
});
