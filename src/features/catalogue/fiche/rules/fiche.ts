import { z } from 'zod';
import { calendarDay } from '../../../../core/cards/form.ts';
import { guide, withFacts } from '../../../../core/guide/index.ts';
import { canonicalHash } from '../../../../core/rows/canonical-hash.ts';
import { cleanText, plainForms } from '../../../../core/text/intake.ts';
import { CATEGORIES } from './categories.ts';

export const MOST_UNITS = 10_000_000;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const slug = (most: number) =>
  z
    .string()
    .max(most)
    .regex(
      SLUG,
      'Un identifiant est en minuscules, sans accent, avec des traits d’union : « nordet-courriel ».',
    );

const UNSEEN =
  'Ce texte contient un caractère invisible, ou qui change le sens de la lecture : écrivez-le de nouveau.';
/** What Word writes for the quotation marks of a file: they would become a part of the name. */
export const IN_QUOTES =
  'Ce texte est entre guillemets typographiques : écrivez-le entre guillemets droits, ou sans guillemets.';
const CONTROLS = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const isClean = (text: string): boolean => cleanText(text) === plainForms(text).normalize('NFC');

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'Ce texte est vide.')
    .max(most)
    .regex(
      /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u,
      'Ce texte doit tenir sur une ligne, sans caractère de contrôle.',
    )
    .refine((text) => CONTROLS.test(text) || isClean(text), UNSEEN)
    .refine((text) => !/^[“”„‟][^“”„‟]*[“”„‟]$/.test(text), IN_QUOTES);

/** A real day of the calendar, « 2026-11-02 ». */
const Day = calendarDay('Une date s’écrit AAAA-MM-JJ et existe au calendrier : « 2026-11-02 ».');

/** Dollars in a decimal string with at most two decimals, kept with two: « 4.5 » becomes « 4.50 ». */
const Money = z
  .string()
  .regex(
    /^\d{1,7}(?:\.\d{1,2})?$/,
    'Un montant est un nombre de dollars entre guillemets, avec un point et au plus deux décimales : "4.25".',
  )
  .transform((text) => {
    const [whole = '0', decimals = ''] = text.split('.');
    return `${Number(whole)}.${decimals.padEnd(2, '0')}`;
  });

/** What each percentage of an offer may be. */
export const PERCENTAGES = {
  availability: (value: number) => value >= 0 && value <= 100,
  indexation: (value: number) => value > -100,
} as const;

/** A percentage in a decimal string, without useless zeros. */
const percent = (error: string, accepts: (value: number) => boolean) =>
  z
    .string()
    .regex(/^-?\d{1,3}(?:\.\d{1,4})?$/, { error, abort: true })
    .refine((text) => accepts(Number(text)), error)
    .transform((text) => String(Number(text)));

const Tiers = z
  .array(z.strictObject({ fromUnits: z.int().min(1).max(MOST_UNITS), unitPricePerMonth: Money }))
  .min(1)
  .max(20)
  .superRefine((tiers, context) => {
    const refuse = (at: number, message: string) =>
      context.addIssue({ code: 'custom', path: [at, 'fromUnits'], message });
    tiers.forEach(({ fromUnits }, at) => {
      const before = tiers[at - 1];
      if (!before && fromUnits !== 1) refuse(at, 'Le premier palier commence à 1 unité.');
      if (before && fromUnits <= before.fromUnits) refuse(at, 'Les paliers vont en montant.');
    });
  });

const once = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .superRefine((items, context) => {
      items.forEach((value, at) => {
        if (items.indexOf(value) < at)
          context.addIssue({ code: 'custom', path: [at], message: 'Cette valeur est déjà dans la liste.' });
      });
    });

const Component = z.strictObject({
  id: slug(80),
  name: line(120),
  category: z.enum(CATEGORIES),
  tiers: Tiers,
});

const STATUSES = ['qualified', 'under-review', 'withdrawn'] as const;
/** What a fiche says of an offer, or the broker decided of it since. */
export type Status = (typeof STATUSES)[number] | 'suspended';
const BILLINGS = ['monthly', 'annual', 'upfront'] as const;

const Offer = z.strictObject({
  id: slug(80),
  name: line(120),
  /** A file never says « suspended »: the broker decides it beside the fiche. */
  status: z.enum(STATUSES).transform((status): Status => status),
  categories: once(z.enum(CATEGORIES), 10).min(1),
  unit: line(40),
  tiers: Tiers,
  components: z.array(Component).max(30).default([]),
  minimumUnits: z.int().min(1).max(MOST_UNITS),
  minimumTermMonths: z.int().min(1).max(120),
  decreaseAllowed: z.boolean(),
  billing: z.enum(BILLINGS),
  indexation: percent(
    'L’indexation est un pourcentage entre guillemets, au-dessus de -100 : "2.5", ou "0" quand le prix est fixe.',
    PERCENTAGES.indexation,
  ),
  entryFee: Money,
  exitFee: Money,
  hosting: z
    .array(
      z.strictObject({
        country: z.string().regex(/^[A-Z]{2}$/, 'Un pays a un code de deux majuscules : « CA ».'),
        region: z
          .string()
          .regex(/^[A-Z0-9]{1,3}$/, 'Une région a un code : « QC » pour le Québec, « ON » pour l’Ontario.'),
        place: line(80),
      }),
    )
    .min(1)
    .max(20),
  availability: percent(
    'La disponibilité est un pourcentage entre guillemets, de 0 à 100 : "99.9".',
    PERCENTAGES.availability,
  ),
  trainingLanguages: once(
    z.string().regex(/^[a-z]{2}$/, 'Une langue a un code de deux minuscules : « fr ».'),
    20,
  ),
  features: once(slug(60), 60).default([]),
  security: z
    .strictObject({ certifications: once(line(80), 20).default([]), notes: line(600).optional() })
    .default({ certifications: [] }),
  get trial() {
    return trial().optional();
  },
});

/** A trial, within the guide's maxima (section 3.3.2): they are read with the first fiche. */
function trial() {
  const { trialUnits, trialDays } = guide().rules;
  return z.strictObject({
    units: z
      .int()
      .min(1)
      .max(
        trialUnits.value,
        withFacts('Le guide limite un banc d’essai à {{trialUnits}} de chaque offre (section 3.3.2).'),
      ),
    days: z
      .int()
      .min(1)
      .max(trialDays.value, withFacts('Le guide limite un banc d’essai à {{trialDays}} (section 3.3.2).')),
  });
}

const Link = z
  .string()
  .max(400)
  .refine(isClean, UNSEEN)
  .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', {
    message: 'Un lien commence par « https:// ».',
  });

/**
 * A supplier's fiche: the file that staff publish (guide 3.2 and 3.3.1). The single definition; the JSON
 * Schema for editors is generated from it. Money in dollars, prices per unit and month.
 */
export const Fiche = z.strictObject({
  supplier: z.strictObject({
    id: slug(60),
    name: line(120),
    contacts: z
      .array(
        z.strictObject({
          role: z.enum(['commercial', 'technical']),
          name: line(120),
          email: z.email('Une adresse de courriel s’écrit « nom@exemple.ca ».').max(200),
          phone: line(40).optional(),
        }),
      )
      .min(1)
      .max(20),
  }),
  version: Day,
  frameworkAgreement: z
    .strictObject({ number: line(60), start: Day, end: Day })
    .refine(({ start, end }) => start <= end, {
      path: ['end'],
      message: 'L’entente-cadre finit avant de commencer.',
    }),
  documents: z.strictObject({ frameworkAgreement: Link, amendingAnnex: Link, supplierConditions: Link }),
  offers: z.array(Offer).min(1).max(200),
  changes: z.array(line(400)).max(100).default([]),
});

export type Fiche = z.output<typeof Fiche>;
export type Offer = z.output<typeof Offer>;
export type Component = z.output<typeof Component>;
export type Tier = z.output<typeof Tiers>[number];
export type Billing = Offer['billing'];
export type Contact = Fiche['supplier']['contacts'][number];

/** The JSON Schema that editors read, draft 2020-12. */
export const ficheJsonSchema = (): object => ({
  ...z.toJSONSchema(Fiche, { io: 'input' }),
  title: 'Fiche de fournisseur du Catalogue d’offres infonuagiques',
});

const fingerprints = new WeakMap<Fiche, string>();

/** What identifies a fiche's content, however its file was laid out: SHA-256 of its canonical JSON (RFC 8785). */
export function fingerprint(fiche: Fiche): string {
  const known = fingerprints.get(fiche);
  if (known) return known;
  const made = canonicalHash(fiche);
  fingerprints.set(fiche, made);
  return made;
}
