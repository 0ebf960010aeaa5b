import type { Card } from '../../../../core/card.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { decimal } from '../../answering/screens/documents.ts';
import { enough, type Result } from '../store/result-scores.ts';

/** What is done with the answers of fewer than three bodies, and when results come. */
const TOO_FEW =
  'Moins de trois organismes ont répondu : pour que personne ne soit reconnu, aucune moyenne n’est montrée. Le Courtier tient compte de vos réponses dans son suivi du fournisseur ; une moyenne paraîtra à la prochaine campagne, si trois organismes y répondent.';

/** Thanks to those who answered, with what all said together. */
export function thanksCard(
  suppliers: readonly { readonly name: string; readonly overall: Result | undefined }[],
): Card {
  const shown = suppliers.some(({ overall }) => overall && enough(overall));
  return {
    template: 'evaluations/thanks',
    summary: 'Merci d’avoir évalué vos fournisseurs.',
    view: {
      use: `Vos réponses aident le Courtier à améliorer les offres, et les autres organisations à choisir. ${shown ? 'Voici ce que tous ont répondu.' : 'Voici ce qu’elles deviennent.'}`,
      suppliers: suppliers.map(({ name, overall }) => ({
        name: escapeMarkdown(name),
        result:
          overall && enough(overall)
            ? `${decimal(overall.mean)} sur 5 dans l’ensemble, ${count(overall.n, 'réponse')}`
            : TOO_FEW,
      })),
    },
  };
}
