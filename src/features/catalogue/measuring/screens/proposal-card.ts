import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { escapeMarkdown, ofName } from '../../../../core/text/text.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import type { MeasureProposal } from '../store/proposing.ts';

const HEADINGS: Record<MeasureProposal['state'], string> = {
  proposed: 'à approuver',
  returned: 'à revoir',
  approved: 'approuvé',
  dropped: 'abandonné',
};
const NAMES: Record<MeasureProposal['kind'], string> = { suspended: 'Suspension', withdrawn: 'Retrait' };

const WHOM =
  'Avisés, une fois : les abonnés que ces offres concernent, les membres des dossiers ouverts et les personnes qui suivent un contrat en cours, quand ils s’appuient sur elles.';

/** « Suspendre Bleuet Courriel (Bleuet inc.), dès l’approbation. » */
export function proposedText({ offerId, kind, from }: MeasureProposal, { supplier, offers }: Fiche): string {
  const what =
    offerId === null
      ? `toutes les offres ${ofName(supplier.name)}`
      : `${offers.find(({ id }) => id === offerId)?.name ?? offerId} (${supplier.name})`;
  if (kind === 'suspended') return `Suspendre ${what}, dès l’approbation et jusqu’à nouvel ordre.`;
  return `Retirer ${what} du catalogue, ${from ? `à compter du ${frenchDay(from)}` : 'dès l’approbation'}.`;
}

const saidBy = ({ reviewerName, comment }: MeasureProposal): string => {
  const who = reviewerName === '' ? 'Quelqu’un' : reviewerName;
  return comment === '' ? `${who} demande de le revoir.` : `${who} demande de le revoir : « ${comment} »`;
};

/** A suspension or a withdrawal that a second person is to approve, as it stands. */
export function proposalCard(row: MeasureProposal, fiche: Fiche, mine: boolean, word = ''): Card {
  const { state, kind } = row;
  const ending = kind === 'suspended' && (state === 'approved' || state === 'dropped') ? 'e' : '';
  const heading = `${NAMES[kind]} ${HEADINGS[state]}${ending}`;
  const said = [word, state === 'returned' ? saidBy(row) : ''].filter(Boolean).join(' ');
  const open = state === 'proposed' || state === 'returned';
  return {
    template: 'catalogue/measure-proposal',
    summary: `${heading} : ${proposedText(row, fiche)}`,
    view: {
      proposal: row.id,
      revision: row.revision,
      supplier: row.supplierId,
      heading,
      word: escapeMarkdown(said),
      hasWord: said !== '',
      what: escapeMarkdown(proposedText(row, fiche)),
      reason: escapeMarkdown(`La raison : ${row.reason}`),
      typed: row.reason,
      whom: open ? WHOM : '',
      author: escapeMarkdown(
        [
          ...(row.name === '' ? [] : [`Demandé par ${row.name}.`]),
          ...(state === 'approved' && row.reviewerName !== '' ? [`Approuvé par ${row.reviewerName}.`] : []),
        ].join(' '),
      ),
      waits: state === 'proposed',
      again: state === 'returned' && mine,
      open,
    },
  };
}
