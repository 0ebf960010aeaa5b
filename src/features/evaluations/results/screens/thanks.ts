import type { Card } from '../../../../core/card.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import { OVERALL } from '../../answering/rules/form.ts';
import { decimal } from '../../answering/screens/documents.ts';
import { enough, type Result } from '../store/result-scores.ts';

/** Thanks to those who answered, with what all said together. */
export const thanksCard = (
  suppliers: readonly { readonly name: string; readonly year: number; readonly results: readonly Result[] }[],
): Card => ({
  template: 'evaluations/thanks',
  summary: 'Merci d’avoir évalué vos fournisseurs.',
  view: {
    suppliers: suppliers.map(({ name, year, results }) => {
      const overall = results.find((row) => row.criterion === OVERALL && row.year === year);
      return {
        name: escapeMarkdown(name),
        result:
          overall && enough(overall)
            ? `${decimal(overall.mean)} sur 5 dans l’ensemble, ${count(overall.n, 'réponse')}`
            : 'Moins de trois réponses : le résultat n’est pas montré.',
      };
    }),
  },
});
