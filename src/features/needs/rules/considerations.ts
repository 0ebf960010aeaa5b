import { type Eligibility, entitlementOf } from '../../acquisitions/index.ts';
import type { Needs } from './facts.ts';

const UNFIT =
  'Le Catalogue ne convient pas à vos besoins, d’après votre réponse à la question 13. Un processus d’acquisition standard reste possible. Transmettez aussi vos besoins au Courtier : il pourrait les considérer dans une prochaine qualification. Au-delà du seuil d’appel d’offres, le Service à la clientèle vous conseille (guide, section 3.1, FAQ 4 et section 6).';
const UNANALYSED =
  'L’analyse de risques n’est pas faite, d’après votre réponse à la question 4. Elle devrait l’être avant de décider de recourir à l’infonuagique et de déterminer le mode de déploiement, selon la sensibilité des données. Le Pôle d’expertise en infonuagique peut vous aider (guide, sections 3.1 et 6).';

/** What the answers give to think about, each with the way out that the guide gives (sections 2.4 and 3.1). */
export function considerationsOf({ answers }: Needs, eligibility: Eligibility | undefined): string[] {
  const found = eligibility && entitlementOf(eligibility);
  const analysis = answers.risks?.analysis;
  return [
    ...(found?.kind === 'unsure' ? [found.sentence] : []),
    ...(analysis === 'no' || analysis === 'unknown' ? [UNANALYSED] : []),
    ...(answers.vehicle?.suitable === 'no' ? [UNFIT] : []),
  ];
}
