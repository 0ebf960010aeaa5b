import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { pagingRow } from '../../../../core/cards/paging.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { notFound } from '../../../../core/errors.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import * as schema from '../../screens/schema.ts';
import { decidedText } from '../rules/measure.ts';
import { proposedText } from './proposal-card.ts';

/** On a card. */
const ROWS = 5;

/** What is decided of a supplier's offers, and the form that decides. */
async function measuresCard(
  _turn: ActionTurn,
  { supplier, page: wanted }: { readonly supplier: string; readonly page: number },
  { catalogue }: CatalogueServices,
  word: string,
): Promise<Card> {
  const fiche = await catalogue.publishedInForce(supplier);
  if (!fiche) throw notFound();
  const page = await catalogue.measuring.page(supplier, wanted, ROWS);
  const waiting = await catalogue.measureProposals.openOf(supplier);
  const { needsApproval } = catalogue.measureProposals;
  const heading = `${fiche.supplier.name} : suspendre ou retirer`;
  return {
    template: 'catalogue/measures',
    summary: heading,
    view: {
      supplier,
      heading: escapeMarkdown(heading),
      word: escapeMarkdown(word),
      hasWord: word !== '',
      none: page.total === 0 && waiting.length === 0,
      waiting: waiting.map((row) => ({
        proposal: row.id,
        label: proposedText(row, fiche),
        text: escapeMarkdown(proposedText(row, fiche)),
        state:
          row.state === 'proposed'
            ? 'Attend l’approbation d’une autre personne.'
            : 'À revoir par son auteur.',
      })),
      press: needsApproval ? 'Demander l’approbation' : 'Décider',
      rule: needsApproval ? 'Une autre personne de l’équipe doit l’approuver : rien ne change avant.' : '',
      measures: page.items.map((row) => ({
        measure: row.id,
        supplier,
        text: escapeMarkdown(decidedText(row, fiche, false)),
        lift: row.kind === 'suspended' ? 'Lever la suspension' : 'Annuler le retrait',
      })),
      offers: [
        { title: 'Toutes les offres du fournisseur', value: schema.ALL_OFFERS },
        ...fiche.offers
          .filter(({ status }) => status !== 'withdrawn')
          .map(({ id, name }) => ({ title: name, value: id })),
      ],
      today: catalogue.priceDays().today.toString(),
      ...pagingRow(page, 'décisions'),
    },
  };
}

export const showMeasures = action('catalogue.measures', schema.SupplierPage, draws(measuresCard), 'staff');

const first = (
  turn: ActionTurn,
  { supplier }: { readonly supplier: string },
  services: CatalogueServices,
  word: string,
) => measuresCard(turn, { supplier, page: 1 }, services, word);

export const decideMeasure = forgiving(
  comesBack(schema.KnownSupplier, first),
  creating(
    'catalogue.measure',
    { uncounted: 'Each offer is suspended or withdrawn once; there are as many as were published.' },
    schema.DecideMeasure,
    redraws(
      async (turn, { supplier, offer, kind, reason, from }, { catalogue }: CatalogueServices) => {
        const decision = {
          ...{ supplier, kind, reason, from },
          offer: offer === schema.ALL_OFFERS ? undefined : offer,
        };
        const { measuring, measureProposals } = catalogue;
        if (!measureProposals.needsApproval) return measuring.decide(turn, decision);
        return measureProposals.propose(turn, decision);
      },
      first,
      (row) =>
        'state' in row
          ? 'L’approbation est demandée dans le canal de l’équipe. Rien n’a encore changé.'
          : 'C’est décidé. Ceux qui suivent ces offres, ou s’appuient sur elles, en sont avisés.',
    ),
    'staff',
  ),
);

export const liftMeasure = forgiving(
  comesBack(schema.KnownSupplier, first),
  action(
    'catalogue.liftMeasure',
    schema.LiftMeasure,
    redraws(
      (turn, { measure, endReason }, { catalogue }: CatalogueServices) =>
        catalogue.measuring.lift(turn, measure, endReason),
      first,
      ({ done, held }) => {
        if (!done) return 'Quelqu’un l’a déjà fait.';
        return held
          ? 'C’est fait. Une autre décision vaut encore pour ces offres, ou pour certaines : voyez la liste. Les mêmes en sont avisés.'
          : 'Les offres sont de nouveau ce que dit leur fiche. Les mêmes en sont avisés.';
      },
    ),
    'staff',
  ),
);
