import { wrongField } from '../../../../core/cards/refused.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { guide, withFacts } from '../../../../core/guide/index.ts';
import { isBefore } from '../../../../core/time/days.ts';

export interface Term {
  readonly signedOn: Temporal.PlainDate;
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
}

/**
 * The last day that a contract may have, renewals and amendments included (guide 4.4, FAQ 9). It binds from its
 * signature, or from its start if that were earlier.
 */
export function latestEnd({ signedOn, startsOn }: Omit<Term, 'endsOn'>): Temporal.PlainDate {
  const first = isBefore(startsOn, signedOn) ? startsOn : signedOn;
  return first.add({ years: guide().rules.contractYears.value }).subtract({ days: 1 });
}

/** Why a contract may not last until a day; undefined when it may (guide 4.4, FAQ 9). */
export function tooLong(term: Term): string | undefined {
  const latest = latestEnd(term);
  return isBefore(latest, term.endsOn)
    ? `Un contrat dure au plus ${withFacts('{{contractYears}}')}, de sa signature à sa fin, renouvellements et avenants compris : celui-ci se termine au plus tard le ${frenchDate(latest)} (guide, section 4.4 et FAQ 9).`
    : undefined;
}

/** Refuses, with a sentence, dates that the guide does not allow (4.2, 4.4 and FAQ 9). */
export function checkTerm(term: Term): void {
  const { signedOn, startsOn, endsOn } = term;
  if (isBefore(startsOn, signedOn))
    throw wrongField(
      'startsOn',
      'Le contrat commence le jour de sa signature ou plus tard : rien ne commence avant elle (guide, section 4.2).',
    );
  if (isBefore(endsOn, startsOn)) throw wrongField('endsOn', 'La fin du contrat suit son début.');
  const refusal = tooLong(term);
  if (refusal) throw wrongField('endsOn', refusal);
}

/** Refuses, with a sentence, the dates of a contract that both signed already. */
export function checkSigned(term: Term, today: Temporal.PlainDate): void {
  checkTerm(term);
  if (isBefore(today, term.signedOn))
    throw wrongField('signedOn', 'La signature a déjà eu lieu : choisissez sa date.');
}
