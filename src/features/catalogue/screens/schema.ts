import { z } from 'zod';
import { chosenOf, day, revision, several, sure, toggle } from '../../../core/cards/form.ts';
import { Id } from '../../../core/id.ts';
import { CATEGORIES } from '../fiche/rules/categories.ts';
import { MOST_UNITS } from '../fiche/rules/fiche.ts';
import { HOSTINGS } from '../texts.ts';

export const Nothing = z.object({});

const slug = z.string().min(1).max(80);
const Page = z.int().min(1).max(10_000);
export const AVAILABILITIES = ['99.5', '99.9', '99.95', '99.99'] as const;
export const SORTS = ['name', 'price', 'supplier'] as const;

/** What a list of offers is narrowed by. Travels in the cards: it gives no right. */
export const Criteria = z.object({
  category: z.enum(CATEGORIES).optional(),
  hosting: z.enum(HOSTINGS).optional(),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/))
    .max(20)
    .optional(),
  availability: z.enum(AVAILABILITIES).optional(),
  features: z.array(slug).max(20).optional(),
  status: z.enum(['qualified', 'under-review']).optional(),
  /** For how many units prices are shown. */
  units: z.int().min(1).max(MOST_UNITS).optional(),
  sort: z.enum(SORTS).optional(),
});
export type Criteria = z.output<typeof Criteria>;

/** Criteria as one short text, so that a card's buttons carry them as a plain value. */
export const writeCriteria = (criteria: Criteria): string => JSON.stringify(criteria);

const WrittenCriteria = z
  .string()
  .max(1_500)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(Criteria);

/** What a saved list is: what it is narrowed by, however it is shown, in an order of its own. */
export const listTopic = ({ sort: _sort, units: _units, ...narrowing }: Criteria): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(narrowing).sort(([one], [other]) => (one < other ? -1 : 1))),
  );

/** Whether a list is narrowed, so that following it is not following everything. */
export const canFollow = (criteria: Criteria): boolean => listTopic(criteria) !== '{}';

/** The criteria of a saved list; undefined for one that cannot be read any more. */
export function listOfTopic(topic: string): Criteria | undefined {
  return WrittenCriteria.safeParse(topic).data;
}

export const Browse = z.object({ criteria: WrittenCriteria, page: Page });
export const Filters = z.object({ criteria: WrittenCriteria });

/** The choice that narrows nothing. Clients do not show a choice whose value is empty. */
export const NO_CHOICE = 'any';

/** One choice. Several choices come joined with commas; none, as an empty text or not at all. */
const choice = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .enum([...values, NO_CHOICE, ''])
    .optional()
    .transform((value) => (!value || value === NO_CHOICE ? undefined : (value as T[number])));
const choices = z
  .string()
  .max(1_500)
  .optional()
  .transform((text) => (text ? chosenOf(text) : undefined));

const UNITS = `Donnez un nombre d’unités de 1 à ${MOST_UNITS.toLocaleString('fr-CA')}, ou rien.`;
/** A field that some clients send as text, and that may be empty. */
const Units = z.preprocess(
  (value) =>
    value === '' ? undefined : typeof value === 'string' ? Number(value.replace(/\s/g, '')) : value,
  z.int(UNITS).min(1, UNITS).max(MOST_UNITS, UNITS).optional(),
);

/** The filter form, as it is sent. */
export const FilterForm = z
  .object({
    category: choice(CATEGORIES),
    hosting: choice(HOSTINGS),
    languages: choices,
    availability: choice(AVAILABILITIES),
    features: choices,
    status: choice(['qualified', 'under-review']),
    units: Units,
    sort: choice(SORTS),
  })
  .transform((form) => Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)))
  .pipe(Criteria);

const MOST_COMPARED = 3;
const COMPARE = 'Cochez deux ou trois offres, puis « Comparer ».';
/** Offers of a list that were ticked. */
export const Compare = z.object({
  criteria: WrittenCriteria,
  compared: z.preprocess(
    (text) => (typeof text === 'string' ? chosenOf(text) : []),
    z.array(slug).min(2, COMPARE).max(MOST_COMPARED, COMPARE),
  ),
});
export const Follow = z.object({ criteria: WrittenCriteria.refine(canFollow) });

export const Suppliers = z.object({ criteria: WrittenCriteria.optional(), page: Page });
export const Search = z.object({ words: z.string().max(200).default('') });
export const Offer = z.object({ offer: slug });
export const SupplierPage = z.object({ supplier: slug, page: Page });
export const ListPage = z.object({ page: Page });
export const Difference = z.object({ supplier: slug, version: z.iso.date(), page: Page });

/** « all », « category:courriel », « supplier:nordet ». */
export const Topic = z
  .string()
  .max(100)
  .regex(/^(?:all|category:[a-z-]+|supplier:[a-z0-9-]+)$/, 'Choisissez ce que vous voulez suivre.')
  .transform((text) => {
    const [kind = 'all', id = ''] = text.split(':');
    return { kind: kind as 'all' | 'category' | 'supplier', id };
  });
export type Topic = z.output<typeof Topic>;
export const Subscribe = z.object({
  topic: z.preprocess((value) => value ?? '', Topic),
});
/** The form of all that is followed: what is ticked, beside what was when it was drawn. */
export const Choose = z.object({
  everything: toggle,
  categories: several(z.enum(CATEGORIES), CATEGORIES.length),
  suppliers: several(slug, 60, 'Choisissez au plus 60 fournisseurs.'),
  prices: toggle,
  seen: z.string().max(6_000).default('').transform(chosenOf),
});
export type Choose = z.output<typeof Choose>;
export const Unsubscribe = z.object({ subscription: Id });

export const Upload = z.object({ upload: Id, revision: revision(), ...sure });
export const UploadPage = Upload.extend({ page: Page.default(1) });
/** A supplier, or none for an empty model. */
export const Model = z.object({
  supplier: slug.or(z.literal('')).default(''),
  /** The one in force, under its own date: to put an error right. */
  correcting: z.literal(true).optional(),
});
export const UploadFile = z.object({
  upload: Id,
  revision: revision(),
  file: z.int().min(0).max(500),
  page: Page,
});

/** The event and the job of a version that took effect. */
export const InForce = z.object({
  supplier: slug,
  version: z.iso.date(),
  previous: z.iso.date().nullable(),
  /** Of a version that was corrected: which correction it is. */
  edition: z.int().min(1).optional(),
  /** What the broker decided of offers of the version in force. */
  act: z.object({ measure: Id, ended: z.boolean(), offers: z.array(slug).max(200) }).optional(),
});
export type InForce = z.output<typeof InForce>;
/** All that took effect together. Where the code of before left one alone in the queue, it is read too. */
export const TookEffect = z.union([
  z.object({ changes: z.array(InForce).min(1) }),
  InForce.transform((change) => ({ changes: [change] })),
]);
export const FicheVersion = z.strictObject({ supplier: slug, version: z.iso.date() });
export type FicheVersion = z.output<typeof FicheVersion>;
/** A version, as a button sends it. */
export const PressedVersion = z.object({ supplier: slug, version: z.iso.date() });
const WHY = 'Dites pourquoi, en au plus 500 caractères.';
export const CancelVersion = PressedVersion.extend({
  reason: z.string(WHY).trim().min(1, WHY).max(500, WHY),
});
/** A version, as a button of a notice sends it; `edition`: what a correction of it changed. */
export const Looked = z.object({
  supplier: slug,
  version: z.iso.date(),
  edition: z.int().min(0).max(10_000).optional(),
});
export type Looked = z.output<typeof Looked>;
/** A version, as a notice keeps it. */
export const LookedAt = FicheVersion.extend({ edition: z.int().min(0).optional() });

/** `beside`: what is shown comes below the card that was pressed, which stays. */
export const Beside = z.object({ beside: z.literal(true).optional() });
export const SubscriptionsPage = Beside.extend({ page: Page.default(1) });

const REASON = 'Dites ce qui était faux et pourquoi, en au plus 500 caractères.';
/** A correction, as it was seen. */
export const SeenCorrection = z.object({ correction: Id, revision: revision(), ...sure });
export const KnownCorrection = z.object({ correction: Id });
export const Correct = SeenCorrection.extend({
  reason: z.string(REASON).trim().min(1, REASON).max(500, REASON),
  /** Absent where no price is corrected. */
  mistake: toggle,
});
export const ReturnCorrection = SeenCorrection.extend({
  comment: z.string().trim().max(500, 'Écrivez au plus 500 caractères.').default(''),
});
export const OfCorrection = z.strictObject({ correction: Id });
export const Decision = z.strictObject({ correction: Id, revision: revision() });
export const KnownSupplier = z.object({ supplier: slug });
/** The choice that stands for all the offers of a supplier. */
export const ALL_OFFERS = 'all';
const DECIDED = 'Dites pourquoi, en au plus 500 caractères : les clients concernés le liront.';
export const DecideMeasure = z.object({
  supplier: slug,
  offer: z.preprocess((value) => value ?? '', slug.min(1, 'Choisissez ce qui est suspendu ou retiré.')),
  kind: z.enum(['suspended', 'withdrawn'], 'Choisissez de suspendre ou de retirer.'),
  reason: z.string(DECIDED).trim().min(1, DECIDED).max(500, DECIDED),
  /** Of a withdrawal. */
  from: z.preprocess(
    (value) => (value === '' ? undefined : value),
    day('Donnez la date du retrait.').optional(),
  ),
});
export const LiftMeasure = z.object({
  supplier: slug,
  measure: Id,
  endReason: z.string(DECIDED).trim().min(1, DECIDED).max(500, DECIDED),
});
/** A suspension or a withdrawal that waits for a second person. */
export const KnownMeasure = z.object({ proposal: Id });
export const SeenMeasure = KnownMeasure.extend({ revision: revision(), ...sure });
export const ReturnMeasure = SeenMeasure.extend({
  comment: z.string().trim().max(500, 'Écrivez au plus 500 caractères.').default(''),
});
export const AskMeasureAgain = SeenMeasure.extend({
  reason: z.string(DECIDED).trim().min(1, DECIDED).max(500, DECIDED),
});
export const OfMeasure = z.strictObject({ measure: Id });
export const MeasureDecision = OfMeasure.extend({ revision: revision() });

/** News that are told together to those who rely on them. */
export const Wave = z.strictObject({ wave: z.iso.datetime() });

/** A day of the broker's calendar. */
export const Day = z.strictObject({ day: z.iso.date() });

/** The correction of a day's notice that an announcement made. */
export const DigestCorrection = z.strictObject({ day: z.iso.date(), correction: Id });
