import { frenchDate } from '../../../core/clock.ts';
import { withFacts } from '../../../core/guide/index.ts';
import { latestEnd, type Term } from '../recording/rules/term.ts';

export const AMENDMENT_KINDS = ['quantities', 'offers', 'amount', 'end', 'terms', 'scope'] as const;
export type AmendmentKind = (typeof AMENDMENT_KINDS)[number];

export const AMENDMENT_NAMES: Record<AmendmentKind, string> = {
  quantities: 'Changer les quantités',
  offers: 'Ajouter ou retirer des composantes du Catalogue',
  amount: 'Changer le montant',
  end: 'Changer la date de fin',
  terms: 'Changer les conditions du contrat, du fournisseur ou l’annexe modificative',
  scope: 'Ajouter des composantes ou des activités hors du Catalogue',
};

/** Why an amendment is not possible; undefined when it is (guide 4.4). */
export function obstacleTo(
  kind: AmendmentKind,
  { startsOn }: Pick<Term, 'startsOn'>,
  newEnd: Temporal.PlainDate | undefined,
): string | undefined {
  switch (kind) {
    case 'terms':
      return 'Ce changement n’est pas possible par avenant : seul le Courtier peut modifier les conditions contractuelles, dont celles du fournisseur et l’annexe modificative (guide, section 4.4). Vous pouvez lui en faire la suggestion avec « commenter ».';
    case 'scope':
      return 'Ce changement n’est pas possible : un contrat ne porte que sur les composantes et les activités des offres du Catalogue (guide, section 4.4). Le reste s’acquiert par un autre processus (section 4.2).';
    case 'end': {
      if (!newEnd) return 'Choisissez la nouvelle date de fin.';
      const latest = latestEnd(startsOn);
      if (Temporal.PlainDate.compare(newEnd, latest) > 0)
        return `Ce changement n’est pas possible : un contrat dure au plus ${withFacts('{{contractYears}}')}, renouvellements compris. Celui-ci se termine au plus tard le ${frenchDate(latest)} (guide, section 4.4). Pour continuer ensuite, il faut un nouveau contrat (section 4.11).`;
      if (Temporal.PlainDate.compare(newEnd, startsOn) < 0)
        return 'La nouvelle fin suit le début du contrat.';
      return undefined;
    }
    default:
      return undefined;
  }
}
