import { frenchDate } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { guide, withFacts } from '../../../../core/guide/index.ts';

/** The last day that a contract may have, renewals included (guide 4.4, FAQ 9). */
export const latestEnd = (start: Temporal.PlainDate): Temporal.PlainDate =>
  start.add({ years: guide().rules.contractYears.value }).subtract({ days: 1 });

export interface Term {
  readonly signedOn: Temporal.PlainDate;
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
}

const before = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0;

/** Refuses, with a sentence, dates that the guide does not allow (4.2 and 4.4). */
export function checkTerm({ signedOn, startsOn, endsOn }: Term): void {
  if (before(startsOn, signedOn))
    throw new CourtierError(
      'refused',
      'Le contrat commence le jour de sa signature ou plus tard : rien ne commence avant elle (guide, section 4.2).',
    );
  if (before(endsOn, startsOn)) throw new CourtierError('refused', 'La fin du contrat suit son début.');
  const latest = latestEnd(startsOn);
  if (before(latest, endsOn))
    throw new CourtierError(
      'refused',
      `Un contrat dure au plus ${withFacts('{{contractYears}}')}, renouvellements compris : celui-ci se termine au plus tard le ${frenchDate(latest)} (guide, section 4.4).`,
    );
}
