import type { Card } from '../../../../core/card.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import * as schema from '../../screens/schema.ts';
import type { Samples } from '../store/samples.ts';

/** Suppliers that are named. */
const NAMED = 12;

function namesOf({ leaving }: Samples): string {
  const left = leaving.length - NAMED;
  return [
    leaving
      .slice(0, NAMED)
      .map(({ name }) => name)
      .join(', '),
    left > 0 ? `et ${count(left, 'autre')}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function restingText({ resting }: Samples): string {
  const some = resting.filter(({ count: n }) => n > 0).map(({ noun, count: n }) => count(n, ...noun));
  return some.length === 0
    ? 'Aucun dossier ouvert ni contrat en cours ne s’appuie sur eux.'
    : `Ce qui s’appuie sur eux reste : ${some.join(' et ')}. Un dossier dira que son fournisseur n’est plus au Catalogue ; un contrat ne change pas.`;
}

function staysText({ real, beside }: Samples): string {
  if (real === 0) return 'Le catalogue sera vide jusqu’à la première vraie fiche.';
  const kept = `Les vraies fiches restent : ${count(real, 'fournisseur')}.`;
  return beside > 0
    ? `${kept} ${count(beside, 'fournisseur')} parmi eux ${beside > 1 ? 'perdent' : 'perd'} seulement des versions d’exemple.`
    : kept;
}

async function samplesCard(
  _turn: unknown,
  _input: unknown,
  { catalogue }: CatalogueServices,
  word: string,
): Promise<Card> {
  const samples = await catalogue.samples.read();
  const { leaving, beside } = samples;
  const any = leaving.length + beside > 0;
  const offers = leaving.reduce((sum, each) => sum + each.offers.length, 0);
  const heading = any ? 'Retirer les exemples du catalogue ?' : 'Aucun exemple au catalogue';
  return {
    template: 'catalogue/samples',
    summary: word === '' ? heading : word,
    view: {
      heading,
      word,
      hasWord: word !== '',
      any,
      named: leaving.length > 0,
      what:
        leaving.length === 0
          ? 'Aucun fournisseur ne quitte le catalogue.'
          : `${count(leaving.length, 'fournisseur fictif', 'fournisseurs fictifs')} et ${count(offers, 'offre')} quittent le catalogue pour tous, tout de suite.`,
      names: escapeMarkdown(namesOf(samples)),
      resting: restingText(samples),
      stays: staysText(samples),
      remove: `Retirer ${count(leaving.length + beside, 'exemple')}`,
    },
  };
}

/** Before the examples leave the catalogue: what goes, what rests on it, what stays. */
export const showSamples = action('catalogue.samples', schema.Nothing, draws(samplesCard), 'admin');

export const removeSamples = action(
  'catalogue.removeSamples',
  schema.Nothing,
  redraws(
    (turn, _input, { catalogue }: CatalogueServices) => catalogue.samples.remove(turn),
    samplesCard,
    (suppliers) =>
      suppliers === 0
        ? 'C’était déjà fait.'
        : `C’est fait : les exemples de ${count(suppliers, 'fournisseur')} sont retirés, et ne reviendront pas.`,
  ),
  'admin',
);
