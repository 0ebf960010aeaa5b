import type { FirstStepRoute } from '../../../core/cards/first-steps.ts';
import { count } from '../../../core/text/text.ts';
import type { Knowledge } from '../build.ts';

/** A new office sees one question go to a person and come back before it opens. */
export const firstStep: FirstStepRoute<{ readonly knowledge: Pick<Knowledge, 'escalations'> }> = {
  rank: 6,
  title: 'Poser une question d’essai',
  how: 'Demandez à parler à une personne, comme le ferait un client, puis répondez : « questions » montre à l’équipe ce qui attend.',
  ask: 'parler à une personne',
  async stands(_person, { knowledge: { escalations } }) {
    const answered = await escalations.howMany('answered');
    if (answered > 0)
      return {
        stands: 'done',
        found: `${count(answered, 'question a reçu sa réponse', 'questions ont reçu leur réponse')}.`,
      };
    const live = await escalations.howMany('live');
    return {
      stands: 'todo',
      found:
        live > 0
          ? `${count(live, 'question transmise attend sa réponse', 'questions transmises attendent leur réponse')}.`
          : 'Aucune question n’a encore été transmise.',
    };
  },
};
