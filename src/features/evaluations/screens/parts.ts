import type { Card } from '../../../core/card.ts';
import { escapeMarkdown } from '../../../core/text.ts';
import type { EvaluationState } from '../campaigns/rules/states.ts';

/** Rows of a list on one card. */
export const PAGE = 6;

/** A word on top of a card, where there is one. */
export const noticed = (notice: string) => ({ notice: escapeMarkdown(notice), noticed: notice !== '' });

export const STATES: Record<EvaluationState, string> = {
  open: 'À remplir',
  submitted: 'Soumise',
  excluded: 'Non demandée',
};

/** A link to a document of ours, good for a quarter of an hour. */
export const linkCard = (what: string, button: string, url: string): Card => ({
  template: 'evaluations/link',
  summary: `${what} est prêt.`,
  view: { what, button, url },
});
