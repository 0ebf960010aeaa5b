import { frenchDate } from '../../../core/clock.ts';
import { withFacts } from '../../../core/guide/index.ts';
import { latestEnd, type Term, tooLong } from '../recording/rules/term.ts';

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

type Bounds = Pick<Term, 'signedOn' | 'startsOn'>;

/** Why a contract cannot last until a day; undefined when it can (guide 4.4). */
function obstacleToEnd({ signedOn, startsOn }: Bounds, newEnd: Temporal.PlainDate): string | undefined {
  const refusal = tooLong({ signedOn, startsOn, endsOn: newEnd });
  if (refusal)
    return `Ce changement n’est pas possible. ${refusal} Pour continuer ensuite, il faut un nouveau contrat (section 4.11).`;
  if (Temporal.PlainDate.compare(newEnd, startsOn) < 0) return 'La nouvelle fin suit le début du contrat.';
  return undefined;
}

/** Why an amendment is not possible, whatever its kind where it moves the end; undefined when it is (guide 4.4). */
export function obstacleTo(
  kind: AmendmentKind,
  bounds: Bounds,
  newEnd: Temporal.PlainDate | undefined,
): string | undefined {
  switch (kind) {
    case 'terms':
      return 'Ce changement n’est pas possible par avenant : seul le Courtier peut modifier les conditions contractuelles, dont celles du fournisseur et l’annexe modificative (guide, section 4.4). Vous pouvez lui en faire la suggestion avec « commenter ».';
    case 'scope':
      return 'Ce changement n’est pas possible : un contrat ne porte que sur les composantes et les activités des offres du Catalogue (guide, section 4.4). Le reste s’acquiert par un autre processus (section 4.2).';
    default:
      if (newEnd) return obstacleToEnd(bounds, newEnd);
      return kind === 'end' ? 'Choisissez la nouvelle date de fin.' : undefined;
  }
}

/** What the change itself is held to, beside what holds for all. */
const OWN_CONDITIONS: Partial<Record<AmendmentKind, string>> = {
  quantities:
    'Les modalités de prix et de paiement du fournisseur permettent ce changement de quantités (section 3.4.1).',
  amount: 'Les offres et les prix sont ceux du Catalogue au moment de la signature (FAQ 14).',
};

/** What a client checks before an amendment is prepared and signed (guide 4.4, and 4.12, note 2). */
export const conditionsOf = (bounds: Bounds, kind?: AmendmentKind): string[] => [
  withFacts(
    `La durée totale reste d’au plus {{contractYears}}, soit jusqu’au ${frenchDate(latestEnd(bounds))} (section 4.4).`,
  ),
  'Les conditions contractuelles, celles du fournisseur et l’annexe modificative restent les mêmes : seul le Courtier peut les modifier (section 4.4).',
  'Ce qui s’ajoute est une composante ou une activité d’une offre du Catalogue (section 4.4).',
  ...(kind && OWN_CONDITIONS[kind] ? [OWN_CONDITIONS[kind]] : []),
  'Le Courtier prépare l’avenant et le valide avant que personne ne le signe (section 4.12, note 2).',
];

const NOT_VALIDATED =
  'Un avenant est validé par le Courtier avant d’être signé (guide, section 4.12, note 2).';

/** Why an amendment cannot have been signed on a day; undefined when it can. */
export function obstacleToSigning(signedOn: string, validatedOn: string | null): string | undefined {
  if (validatedOn === null) return `${NOT_VALIDATED} Notez d’abord sa validation : qui l’a donnée, et quand.`;
  if (signedOn < validatedOn)
    return `${NOT_VALIDATED} Celui-ci l’a été le ${frenchDate(Temporal.PlainDate.from(validatedOn))} : la signature est de ce jour-là ou plus tard.`;
  return undefined;
}
