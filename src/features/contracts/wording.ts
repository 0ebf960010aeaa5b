import type { ContractRules } from './contract-rules.ts';
import type { Duty } from './duties.ts';
import type { Contract } from './tables.ts';

/** What to write in the fields of the SEAO (guide 4.1). */
export const PUBLICATION_FIELDS: readonly (readonly [field: string, value: string])[] = [
  ['Règlement (nature du contrat)', 'Approvisionnement (biens)'],
  ['Classifications', '43233500 Logiciel d’échange d’information'],
  ['Catégorie', 'G8 Matériel et logiciel informatique'],
  [
    'Disposition de la loi ou du règlement',
    'Article 48 – Contrat concernant l’acquisition de biens ou de services infonuagiques conclu dans le cadre de l’entente-cadre du CSPQ (Décret no 923-2015 du 28 octobre 2015)',
  ],
];

/** What a duty asks, in plain words. */
export function detailOf(duty: Duty, contract: Contract, { exitMonths }: ContractRules): string[] {
  switch (duty.kind) {
    case 'copy':
    case 'amendment':
      return [
        'Envoyez la copie par courriel au Courtier, dans les cinq jours ouvrables qui suivent la dernière signature.',
      ];
    case 'publication':
      return [
        'Publiez les renseignements du contrat au Système électronique d’appels d’offres (SEAO). Les offres du Catalogue y sont des biens. Copiez ces valeurs :',
      ];
    case 'fees':
      return [
        'Les frais de gestion se calculent sur les factures que vous avez payées dans la période, non sur la consommation. Le CSPQ vous les facture d’après le rapport du fournisseur : noter vos paiements permet de vérifier.',
      ];
    case 'yearly':
      return [
        'Le Courtier vous demande chaque année comment le fournisseur s’acquitte de ses responsabilités envers vous.',
        'Notez les événements au fil de l’année : l’évaluation en sera plus juste.',
      ];
    case 'exit':
      return [
        `Commencez ${exitMonths} mois avant la fin : il faut le temps de refaire une démarche d’acquisition, puis de passer chez un autre fournisseur s’il y a lieu.`,
        'Réévaluez d’abord votre choix d’offre. Si vous restez chez le même fournisseur, il se peut qu’aucune activité de transition ne soit nécessaire.',
        'Si vous en changez, prévoyez une période où les deux contrats se chevauchent : le nouveau commence avant la fin de l’ancien, le temps de passer de l’un à l’autre.',
        'Dans tous les cas, la transition se termine avant la fin du contrat. Les services professionnels (migration, gestion de projet) s’acquièrent par un autre processus.',
      ];
    case 'final':
      return [
        'L’article 79 du RCTI demande une évaluation du rendement à la fin du contrat, lorsqu’elle est requise. La grille et la fiche d’évaluation sont au Catalogue.',
        'Notez ici la date où votre dirigeant la signe : la copie est due au Courtier dans les cinq jours ouvrables.',
      ];
    case 'finalCopy':
      return [
        `Envoyez par courriel au Courtier le rapport d’évaluation de ${contract.supplierName}, dans les cinq jours ouvrables qui suivent la signature par le dirigeant.`,
      ];
  }
}
