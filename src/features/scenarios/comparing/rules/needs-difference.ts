import { CATEGORY_NAMES } from '../../../catalogue/index.ts';
import type { PricingRequest, Requirements } from '../../pricing/rules/request.ts';

type Need = PricingRequest['needs'][number];

/** « 100 unités, puis 150 au mois 13 ». */
const quantitiesText = ({ quantities }: Need): string =>
  quantities
    .map(({ fromMonth, units }) => {
      const amount = units.toLocaleString('fr-CA');
      return fromMonth === 1 ? amount : `${amount} au mois ${fromMonth}`;
    })
    .join(', puis ');

const HOSTED = { QC: 'au Québec', CA: 'au Canada' } as const;
const requirementTexts = ({
  hosting,
  minAvailability,
  trainingLanguages,
  features,
}: Requirements = {}): string =>
  [
    hosting && HOSTED[hosting],
    minAvailability && `${minAvailability} %`,
    trainingLanguages?.join(', '),
    features?.join(', '),
  ]
    .filter(Boolean)
    .join(' · ');

/** What the needs of a price calculation have become, a sentence for each part that is another one. */
export function needsDifference(before: PricingRequest, now: PricingRequest): string[] {
  const said: string[] = [];
  if (before.durationMonths !== now.durationMonths)
    said.push(`Durée : ${before.durationMonths} → ${now.durationMonths} mois.`);
  for (const { category } of [...before.needs, ...now.needs.filter((need) => !find(before, need.category))]) {
    const [old, next] = [find(before, category), find(now, category)];
    const name = CATEGORY_NAMES[category];
    if (!old) said.push(`${name} : ajouté.`);
    else if (!next) said.push(`${name} : retiré.`);
    else if (quantitiesText(old) !== quantitiesText(next))
      said.push(`${name} : ${quantitiesText(old)} → ${quantitiesText(next)} unités.`);
  }
  if (requirementTexts(before.requirements) !== requirementTexts(now.requirements))
    said.push('Vos exigences ont changé.');
  return said;
}

const find = ({ needs }: PricingRequest, category: Need['category']): Need | undefined =>
  needs.find((need) => need.category === category);
