import { frenchDate } from '../../../core/clock.ts';
import { guide, withFacts } from '../../../core/guide/index.ts';
import type { Contract } from '../tables.ts';

/** What the termination of a contract entails, dated once it is noted (guide 4.3, 4.5, 4.10 to 4.12). */
export function followsFrom({ rcti }: Contract, effectiveOn: string | undefined): string[] {
  const end = effectiveOn === undefined ? undefined : Temporal.PlainDate.from(effectiveOn);
  const kept = end?.add({ years: guide().rules.keptYears.value });
  return [
    `La lettre de résiliation et tout document lié vont au Courtier, par courriel, aussitôt la résiliation effective${end ? `, le ${frenchDate(end)}` : ''} (section 4.12).`,
    'Les frais de gestion restent dus sur les factures que vous payez pour ce qui a été utilisé jusque-là, dernier trimestre compris (section 4.3).',
    ...(rcti
      ? [
          'L’évaluation du rendement de fin de contrat vient maintenant, lorsqu’elle est requise (section 4.10) ; les évaluations annuelles cessent.',
        ]
      : ['Les évaluations annuelles cessent.']),
    withFacts(
      `Les documents se gardent {{keptYears}} après la fin${kept ? `, jusqu’au ${frenchDate(kept)}` : ''} (section 4.12).`,
    ),
    'Les obligations qui n’ont plus d’objet disparaissent de vos rappels et de votre agenda.',
    'La transition vers une autre solution se termine avant la fin du contrat (section 4.11). Une plainte sur le fournisseur se transmet avec « commenter » (section 4.5).',
  ];
}
