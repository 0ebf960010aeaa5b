import {
  boundOf,
  type ChoiceConclusion,
  exclusionOf,
  type Files,
  KINDS_OF_BODY,
  type Next,
} from '../../../acquisitions/index.ts';
import { categoryList } from '../../texts.ts';
import { mayMeet, mayNote, onlyCatalogueChanged } from '../rules/standing.ts';
import { CHOOSE, missingOf, noteRefusal } from '../rules/standing-texts.ts';
import { authorizedOf, type Ground, type Grounds } from './choice-ground.ts';

/** Why the meeting cannot be held now, or a contract that was signed on a day cannot be noted (guide 2.4, 3.4.3, 3.5). */
function refusalOf(
  { standing, settled, eligibility, authorization }: Ground,
  missing: readonly string[],
  signedOn: string | undefined,
): string | undefined {
  if (!standing) return CHOOSE;
  // A contract is noted: its signature is still held to its day, unless its file says something else since.
  if (settled && !(signedOn && onlyCatalogueChanged(standing))) return undefined;
  const excluded = exclusionOf(eligibility);
  if (excluded) return excluded;
  const given = authorizedOf(authorization);
  if (signedOn)
    return mayNote(standing, given, signedOn) ? undefined : noteRefusal(standing, given, signedOn);
  return mayMeet(standing) ? undefined : missing[0];
}

/** What there is to do now: the form of what is missing is one press away. */
function nextOf({ choice, standing }: Ground): Next {
  if (!choice || !standing) return { title: 'Continuer : comparer', verb: 'scenarios.compare' };
  if (standing.changes.length > 0) return { title: 'Confirmer le choix', verb: 'scenarios.choice' };
  if (standing.demand === 'answer')
    return { title: 'Dire si l’article 48 s’applique', verb: 'needs.eligibility' };
  return standing.demand === 'authorization' && !standing.authorized
    ? { title: 'Noter l’autorisation', verb: 'scenarios.choice' }
    : { title: 'Voir le choix', verb: 'scenarios.choice' };
}

/** « airelle – courriel : courriel, visioconférence ». */
const offersOf = ({ standing, present }: Ground): string[] =>
  Object.entries(standing?.figures?.offers ?? {}).map(([id, categories]) => {
    const offers = present.fiches.flatMap((fiche) => fiche.offers);
    const name = offers.find((offer) => offer.id === id)?.name ?? id;
    return `${name} : ${categoryList(categories)}`;
  });

/** Concludes of the fourth step, for the file's card and for what waits for the choice. */
export function concludeChoices(files: Files, { groundOf, textsOf, moversOf, alertOf }: Grounds): void {
  files.concludes('choice', async (from, id, signedOn): Promise<ChoiceConclusion> => {
    const ground = await groundOf(from, id, signedOn);
    const { choice, standing, settled, eligibility, authorization } = ground;
    const missing = !choice || !standing ? [CHOOSE] : settled ? [] : missingOf(standing);
    const figures = standing?.figures;
    return {
      done: missing.length === 0,
      missing,
      next: nextOf(ground),
      alert: await alertOf(from, id, ground),
      choice,
      changes: textsOf(ground),
      movers: await moversOf(from, id, ground),
      figures: figures && { priceCents: String(figures.priceCents), gapCents: String(figures.gapCents) },
      offers: offersOf(ground),
      authorization: standing?.authorized ? authorization : undefined,
      body: eligibility && { title: KINDS_OF_BODY[eligibility.kind].title, bound: boundOf(eligibility) },
      refusal: refusalOf(ground, missing, signedOn),
    };
  });
}
