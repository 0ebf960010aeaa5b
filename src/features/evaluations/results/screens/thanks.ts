import type { Card } from '../../../../core/card.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import { decimal } from '../../answering/screens/documents.ts';
import { enough, type Result } from '../store/result-scores.ts';

/** Thanks to those who answered, with what all said together. */
export const thanksCard = (
  suppliers: readonly { readonly name: string; readonly overall: Result | undefined }[],
): Card => ({
  template: 'evaluations/thanks',
  summary: 'Merci d’avoir évalué vos fournisseurs.',
  view: {
    suppliers: suppliers.map(({ name, overall }) => ({
      name: escapeMarkdown(name),
      result:
        overall && enough(overall)
          ? `${decimal(overall.mean)} sur 5 dans l’ensemble, ${count(overall.n, 'réponse')}`
          : 'Un résultat se montre dès que trois organismes ont répondu. D’ici là, vos réponses comptent dans le suivi que le Courtier fait de ce fournisseur.',
    })),
  },
});
