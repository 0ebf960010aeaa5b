import { frenchDay } from '../../core/clock.ts';
import { guide, withFacts } from '../../core/guide/index.ts';
import { ofName } from '../../core/text/text.ts';
import type { ContractRules } from './duties/rules/contract-rules.ts';
import type { Duty } from './duties/rules/duty.ts';
import { quarterOf } from './duties/rules/quarters.ts';
import type { Contract } from './tables.ts';

/** What to write in the fields of the SEAO (guide 4.1). */
export const publicationFields = () =>
  Object.values(guide().seao).map(({ field, value }) => ({ title: field, value }));

/** The values that a duty gives to copy, after what `detailOf` says. */
export const fieldsOf = ({ kind }: Pick<Duty, 'kind'>) => (kind === 'publication' ? publicationFields() : []);

/** Fees of the period in which a contract ends, or of those after. */
const isLast = ({ id }: Duty, { endsOn }: Contract): boolean => {
  const { end } = quarterOf(Temporal.PlainDate.from(id.slice('fees:'.length)));
  return Temporal.PlainDate.compare(end, Temporal.PlainDate.from(endsOn)) >= 0;
};

/** That the end of a contract does not end its fees (guide 4.3). */
export const lastFees = ({ endsOn, terminatedOn }: Contract): string =>
  `Le contrat ${terminatedOn ? 'est résilié' : 'se termine'} le ${frenchDay(endsOn)} : les frais de ce dernier trimestre, même partiel, restent dus. Les factures payées ensuite pour ce qui a été utilisé avant comptent aussi, dans le trimestre de leur paiement.`;

/** What a duty asks, in plain words. */
export function detailOf(duty: Duty, contract: Contract, { exitMonths }: ContractRules): string[] {
  switch (duty.kind) {
    case 'copy':
    case 'amendment':
      return [
        withFacts(
          'Envoyez la copie par courriel au Courtier, dans les {{copyDays}} qui suivent la dernière signature.',
        ),
      ];
    case 'publication':
      return [
        'Publiez les renseignements du contrat au Système électronique d’appels d’offres (SEAO). Les offres du Catalogue y sont des biens. Copiez ces valeurs :',
      ];
    case 'fees':
      return [
        ...(isLast(duty, contract) ? [lastFees(contract)] : []),
        withFacts(
          'Les frais de gestion se calculent sur les factures que vous avez payées dans la période, non sur la consommation. {{cspq|Le}} vous les facture d’après le rapport du fournisseur : noter vos paiements permet de vérifier.',
        ),
      ];
    case 'yearly':
      return [
        'Le Courtier vous demande chaque année comment le fournisseur s’acquitte de ses responsabilités envers vous.',
        'Notez les événements au fil de l’année : l’évaluation en sera plus juste.',
      ];
    case 'exit':
      return [
        contract.terminatedOn
          ? `La résiliation prend effet le ${frenchDay(contract.terminatedOn)} : la transition se termine avant.`
          : `Repère : commencez ${exitMonths} mois avant la fin. Il faut le temps de refaire une démarche d’acquisition, puis de passer chez un autre fournisseur s’il y a lieu.`,
        'Réévaluez d’abord votre choix d’offre. Si vous restez chez le même fournisseur, il se peut qu’aucune activité de transition ne soit nécessaire.',
        'Si vous en changez, prévoyez une période où les deux contrats se chevauchent : le nouveau commence avant la fin de l’ancien, le temps de passer de l’un à l’autre.',
        'Dans tous les cas, la transition se termine avant la fin du contrat. Les services professionnels (migration, gestion de projet) s’acquièrent par un autre processus.',
      ];
    case 'final':
      return [
        'L’article 79 du RCTI demande une évaluation du rendement à la fin du contrat, lorsqu’elle est requise. La grille et la fiche d’évaluation sont au Catalogue.',
        withFacts(
          'Notez ici la date où votre dirigeant la signe : la copie est due au Courtier dans les {{copyDays}}.',
        ),
      ];
    case 'termination':
      return [
        'Envoyez par courriel au Courtier la lettre de résiliation et tout document qui s’y rapporte, aussitôt la résiliation effective.',
        withFacts('Gardez-les {{keptYears}} après la fin du contrat.'),
      ];
    case 'finalCopy':
      return [
        `Envoyez par courriel au Courtier le rapport d’évaluation ${ofName(contract.supplierName)}, dans les ${withFacts('{{copyDays}}')} qui suivent la signature par le dirigeant.`,
      ];
  }
}
