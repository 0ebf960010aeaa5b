import type { FirstStepRoute } from '../../../core/cards/first-steps.ts';
import { count } from '../../../core/text/text.ts';
import type { Broadcasts } from '../store/broadcasts.ts';

/** A new office sees one notice arrive before it writes to everybody. */
export const firstStep: FirstStepRoute<{ readonly broadcasts: Pick<Broadcasts, 'lastArrived'> }> = {
  rank: 7,
  title: 'Envoyer un avis d’essai',
  how: 'Écrivez un avis court à quelques personnes de confiance, et voyez qui l’a reçu.',
  ask: 'diffuser',
  async stands(_person, { broadcasts }) {
    const arrived = await broadcasts.lastArrived();
    return arrived > 0
      ? {
          stands: 'done',
          found: `Le dernier avis est arrivé à ${count(arrived, 'personne ou canal', 'personnes ou canaux')}.`,
        }
      : { stands: 'todo', found: 'Aucun avis n’est encore arrivé à personne.' };
  },
};
