import { z } from 'zod';
import { longestMonths } from '../../../../core/guide/index.ts';
import { writtenPath } from '../../../../core/text/path.ts';
import { CATEGORIES } from '../../../catalogue/index.ts';

const MOST_UNITS = 10_000_000;

const UNITS = 'Une quantité est un nombre entier d’unités, de 0 à 10 000 000.';
const MONTH = 'Un mois est un nombre entier, de 1 à la durée du contrat.';
const NEEDS = 'Il faut au moins un besoin.';
const STEPS = 'Il faut au moins une quantité.';
const CATEGORY = `Une catégorie est l’une de celles-ci : ${CATEGORIES.join(', ')}.`;
const PERCENT = 'La disponibilité est un pourcentage entre guillemets, de 0 à 100 : "99.9".';

const Step = z.strictObject({
  fromMonth: z.int(MONTH).min(1, MONTH),
  units: z.int(UNITS).min(0, UNITS).max(MOST_UNITS, UNITS),
});

const Need = z.strictObject({
  category: z.enum(CATEGORIES, CATEGORY),
  quantities: z.array(Step, STEPS).min(1, STEPS),
});

const Words = z.array(z.string('Cette liste contient des textes.'), 'On attend une liste de textes.');

const wholeMonths = () => `La durée est un nombre entier de mois, de 1 à ${longestMonths()}.`;

/** What a client needs, for how long: the input of a calculation (pricing rules, « Input: a request »). */
export const PricingRequest = z.strictObject({
  durationMonths: z
    .int({ error: wholeMonths })
    .refine((months) => months >= 1 && months <= longestMonths(), { error: wholeMonths }),
  needs: z.array(Need, NEEDS).min(1, NEEDS),
  requirements: z
    .strictObject({
      hosting: z.enum(['QC', 'CA'], 'L’hébergement exigé est « QC » ou « CA ».').optional(),
      minAvailability: z
        .string(PERCENT)
        .regex(/^(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,6})?)$/, PERCENT)
        .optional(),
      trainingLanguages: Words.optional(),
      features: Words.optional(),
    })
    .optional(),
});
export type PricingRequest = z.output<typeof PricingRequest>;
export type Requirements = NonNullable<PricingRequest['requirements']>;

export type ReadRequest =
  | { readonly kind: 'valid'; readonly request: PricingRequest }
  /** The first field, in the order of the document, that breaks a rule: « needs[2].quantities[0].fromMonth ». */
  | { readonly kind: 'refused'; readonly path: string; readonly message: string };

type Path = readonly PropertyKey[];
interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** The order of fields in a request, at every level. */
const ORDER =
  'durationMonths needs category quantities fromMonth units requirements hosting minAvailability trainingLanguages features'.split(
    ' ',
  );

export function readRequest(data: unknown): ReadRequest {
  const parsed = PricingRequest.safeParse(data);
  const problems = [...(parsed.success ? [] : shapeProblems(parsed.error)), ...ruleProblems(data)];
  const [first] = problems.sort((a, b) => inDocument(a.path, b.path));
  if (first) return { kind: 'refused', path: writtenPath(first.path), message: first.message };
  return parsed.success
    ? { kind: 'valid', request: parsed.data }
    : { kind: 'refused', path: '', message: 'Cette demande ne peut pas être lue.' };
}

const shapeProblems = ({ issues }: z.ZodError): Problem[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'Ce champ est inconnu.' }))
      : [
          {
            path: issue.path,
            message: issue.message.endsWith('.') ? issue.message : 'Ce champ n’est pas de la forme attendue.',
          },
        ],
  );

/** Rules that bind fields together, on whatever part of the data has the right shape. */
function ruleProblems(data: unknown): Problem[] {
  const { durationMonths, needs } = (data ?? {}) as { durationMonths?: unknown; needs?: unknown };
  if (!Array.isArray(needs)) return [];
  const seen = new Set<unknown>();
  return needs.flatMap((need: unknown, at) => {
    const { category, quantities } = (need ?? {}) as { category?: unknown; quantities?: unknown };
    const again = category !== undefined && seen.has(category);
    seen.add(category);
    return [
      ...(again
        ? [{ path: ['needs', at, 'category'], message: 'Cette catégorie est demandée deux fois.' }]
        : []),
      ...(Array.isArray(quantities)
        ? stepProblems(quantities, ['needs', at, 'quantities'], durationMonths)
        : []),
    ];
  });
}

function stepProblems(steps: readonly unknown[], path: Path, duration: unknown): Problem[] {
  const months = steps.map((step) => (step as { fromMonth?: unknown } | null)?.fromMonth);
  return months.flatMap((month, at) => {
    if (typeof month !== 'number') return [];
    const before = months[at - 1];
    const message =
      at === 0 && month !== 1
        ? 'La première quantité commence au mois 1.'
        : typeof before === 'number' && month <= before
          ? 'Les mois vont en montant.'
          : typeof duration === 'number' && month > duration
            ? 'Ce mois dépasse la durée du contrat.'
            : undefined;
    return message ? [{ path: [...path, at, 'fromMonth'], message }] : [];
  });
}

/** Parents before their parts, items in order, fields as the rules list them. */
function inDocument(a: Path, b: Path): number {
  const rank = (part: PropertyKey | undefined) =>
    part === undefined ? -1 : typeof part === 'number' ? part : ORDER.indexOf(String(part)) + 1 || 100;
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = rank(a[at]) - rank(b[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}
