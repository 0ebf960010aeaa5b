import { askedField, wrongField } from '../../../../core/cards/refused.ts';
import { markOf } from '../../../../core/cards/showed.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Authorization, authorizationFact } from '../../rules/facts.ts';
import { dateDoubt } from '../rules/standing.ts';
import { missingOf } from '../rules/standing-texts.ts';
import type { ChoosingPorts, Grounds } from './choice-ground.ts';

const SETTLED = 'Le contrat de ce dossier est noté : son autorisation ne change plus.';

/** What the form of an authorization showed: the one that counts then, if any did. */
export const authorizationMark = (counts: Authorization | undefined): string =>
  markOf(counts && { reference: counts.reference, date: counts.date });

/** Having a choice authorized by the head of the body (guide 3.4.3). */
export function buildAuthorizing({ db, clock, files }: ChoosingPorts, { groundOf }: Grounds) {
  return {
    /**
     * Notes the authorization of the head of the body, for the choice as it stands, or corrects it. Stale where the one
     * that counts is no longer that which the form showed, and other words were typed. `meant`: a date before that of the choice.
     */
    authorize: (
      person: Person,
      id: string,
      { reference, date, showed }: Pick<Authorization, 'reference' | 'date'> & { readonly showed: string },
      { meant = false }: { readonly meant?: boolean } = {},
    ): Promise<'done' | 'stale'> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        const { choice, standing, authorization: noted, settled } = await groundOf(tx, id);
        if (settled) throw new CourtierError('refused', SETTLED);
        if (!choice || !standing || standing.demand === 'nothing')
          throw new CourtierError('refused', 'Ce choix ne demande pas d’autorisation du dirigeant.');
        const [left] = missingOf({ ...standing, authorized: true });
        if (left) throw new CourtierError('refused', left);
        const counts = standing.authorized ? noted : undefined;
        if (counts?.reference === reference && counts.date === date) return 'done';
        if (showed !== authorizationMark(counts)) return 'stale';
        const wrong = dateDoubt(date, choice, brokerDate(clock.now()).toString());
        if (wrong === 'future') throw wrongField('date', FUTURE);
        if (wrong === 'before' && !meant) throw askedField('date', before(frenchDay(choice.on)));
        const { supplier, priceCents, seal } = choice;
        const authorization = { reference, date, supplier, priceCents, seal };
        const what = counts ? 'Autorisation du dirigeant corrigée' : 'Autorisation du dirigeant';
        if (await files.writeFact(tx, id, authorizationFact, authorization))
          await files.record(tx, id, person, `${what} : ${reference}, ${frenchDay(date)}.`);
        return 'done';
      }),
  };
}

const FUTURE =
  'La date de l’autorisation est dans l’avenir : donnez celle où le dirigeant l’a signée, au plus tard aujourd’hui.';

const before = (chosenOn: string): string =>
  `Cette date vient avant le choix, noté le ${chosenOn}. L’autorisation est-elle bien pour ce choix, à ce prix ?`;
