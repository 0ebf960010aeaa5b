import type { Card } from '../../../../core/card.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { Entry } from '../../audit/store/search.ts';
import { figuresInWords, REGISTER_ACTS } from '../rules/trail.ts';

/** What was done with the registers of bodies, a page of it; `names` by object id. */
export const registersCard = (
  trail: Page<Entry>,
  names: ReadonlyMap<string, string>,
  timeZone: string,
): Card => ({
  template: 'people/registers',
  summary: `Registres déposés : ${count(trail.total, 'action')}.`,
  view: {
    headline:
      trail.total === 0
        ? 'Aucun registre n’a été déposé'
        : `${count(trail.total, 'action')}, la plus récente d’abord`,
    entries: trail.items.map(({ at, objectId, action, object }) => {
      const who = objectId === '' ? 'L’assistant' : (names.get(objectId) ?? 'Une personne effacée');
      const did = REGISTER_ACTS[action.slice(action.indexOf('.') + 1)] ?? '';
      return {
        text: escapeMarkdown(`${who} ${did}`),
        facts: escapeMarkdown(
          [frenchDateTime(at, timeZone), figuresInWords(object)].filter(Boolean).join(' · '),
        ),
      };
    }),
    ...pagingRow(trail, 'actions'),
  },
});
