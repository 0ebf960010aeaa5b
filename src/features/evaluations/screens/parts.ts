import type { Card } from '../../../core/card.ts';

/** Rows of a list on one card. */
export const PAGE = 6;
/** Evaluations on one card: those of a person who has nine contracts are all there. */
export const LIST_PAGE = 10;

/** A link to a document of ours, good for a quarter of an hour; `ready` says which, « Le classeur est prêt ». */
export const linkCard = (ready: string, button: string, url: string): Card => ({
  template: 'evaluations/link',
  summary: `${ready}.`,
  view: { ready, button, url },
});
