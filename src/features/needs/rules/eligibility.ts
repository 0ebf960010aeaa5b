import { boundOf, boundText, type Eligibility, KINDS_OF_BODY } from '../../acquisitions/index.ts';

/** What an organization said of itself, in a line. */
export const eligibilityText = (said: Eligibility): string =>
  `${KINDS_OF_BODY[said.kind].title} · ${boundText(boundOf(said))}`;

/** Said to whoever changes what somebody else changed meanwhile, with what they said. */
export const changedMeanwhile = (now: Eligibility | undefined): string =>
  `Quelqu’un a changé cette réponse entre-temps${now ? ` : ${eligibilityText(now)}` : ''}. Ce que vous aviez choisi est resté : enregistrez-le de nouveau pour remplacer sa réponse.`;
