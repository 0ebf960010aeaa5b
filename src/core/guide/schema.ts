import { z } from 'zod';

/** The codes of the fiches' categories: they stand in published fiches, so the guide only names them. */
export const CATEGORY_IDS = [
  'courriel',
  'reseau-social',
  'visioconference',
  'traitement-de-texte',
  'tableur',
  'presentation',
  'plateforme-collaborative',
  'messagerie-instantanee',
  'partage-de-fichiers',
  'sondage',
] as const;
/** The codes of the kinds of organization and of the subjects of comments: they stand in the database. */
export const ORGANIZATION_IDS = ['lcop4', 'lcop7', 'municipal', 'cspq8'] as const;
export const COMMENT_IDS = [
  'documents',
  'catalogue',
  'terms',
  'security',
  'offers',
  'supplierComplaint',
  'offerComplaint',
] as const;
export const CONTACT_IDS = ['courtier', 'acquisitions', 'pole', 'service-clientele'] as const;
export const RULE_IDS = [
  'priceDay',
  'trialDays',
  'trialUnits',
  'answerDays',
  'contractYears',
  'copyDays',
  'keptYears',
] as const;
const BODY_IDS = ['cspq', 'dgsgc', 'sct', 'ssdpi'] as const;
const LAW_IDS = [
  'lcop',
  'rcti',
  'cspqAct',
  'access',
  'mo',
  'seao',
  'negotiation',
  'evaluation',
  'decree',
] as const;
const SEAO_IDS = ['nature', 'classification', 'category', 'law'] as const;

const words = z.string().trim().min(1);
const section = z
  .string()
  .regex(/^(FAQ \d{1,2}|\d(\.\d{1,2}){0,2})$/, 'La section est « 3.3.2 » ou « FAQ 9 ».');

const Edition = z.strictObject({
  title: words,
  subject: words,
  date: z.iso.date(),
  /** Where this edition is read, when it is on the web. */
  address: z.url({ protocol: /^https?$/, error: 'Une adresse commence par https://.' }).optional(),
  /** The page of each section that the edition's contents name. */
  pages: z.record(z.string().regex(/^\d(\.\d{1,2})?$/), z.int().min(1).max(999)).default({}),
  history: z.array(z.strictObject({ date: z.iso.date(), changes: z.array(words).min(1) })).min(1),
});

const Body = z.strictObject({ acronym: words, name: words, gender: z.enum(['m', 'f']) });
const Contact = z.strictObject({
  name: words,
  /** From the smallest body to the one that holds it. */
  unit: z.array(z.enum(BODY_IDS)).min(1),
  email: z.email(),
  phones: z.array(z.strictObject({ label: words, number: words })),
  topics: z.array(words).min(1),
});
const Institutions = z.strictObject({
  bodies: z.record(z.enum(BODY_IDS), Body),
  contacts: z.record(z.enum(CONTACT_IDS), Contact),
  links: z.strictObject({
    portal: z.url({ protocol: /^https?$/ }),
    saasAccounting: z.url({ protocol: /^https?$/ }),
  }),
  mailingSubject: words,
});

const Law = z.strictObject({ acronym: words, name: words, where: words.optional(), section });
const Rule = z.strictObject({
  value: z.int().min(1).max(1_000),
  unit: z.enum(['jour', 'jour ouvrable', 'an', 'unité', 'rang']),
  section,
});
const Category = z.strictObject({ name: words, short: words });
const Organization = z.strictObject({ title: words, condition: words, says: words });
const SeaoField = z.strictObject({ field: words, value: words });

const monthDay = z.string().regex(/^\d{2}-\d{2}$/, 'Un jour est écrit « 04-01 », le mois puis le jour.');
const Quarter = z.strictObject({ from: monthDay, to: monthDay });

const KeptDocument = z.strictObject({
  id: words,
  name: words,
  examples: words.optional(),
  kept: z.enum(['contract', 'after']),
  sent: z.enum(['request', 'copy', 'atOnce']),
  /** What the days of `copy` are counted from. */
  after: words.optional(),
  note: words.optional(),
  uses: z.array(words).min(1),
  rctiOnly: z.boolean().default(false),
});

const Step = z.strictObject({
  title: words,
  says: words,
  tasks: z.strictObject({
    client: words.optional(),
    broker: words.optional(),
    supplier: words.optional(),
  }),
  inOrder: z.boolean().default(false),
});

const Comment = z.strictObject({ title: words, says: words });

/** Each file of the guide's folder, and what it holds. */
export const FILES = {
  edition: { file: 'edition.yaml', schema: Edition },
  institutions: { file: 'institutions.yaml', schema: Institutions },
  laws: { file: 'lois.yaml', schema: z.record(z.enum(LAW_IDS), Law) },
  rules: { file: 'regles.yaml', schema: z.record(z.enum(RULE_IDS), Rule) },
  categories: { file: 'categories.yaml', schema: z.record(z.enum(CATEGORY_IDS), Category) },
  organizations: { file: 'organisations.yaml', schema: z.record(z.enum(ORGANIZATION_IDS), Organization) },
  seao: { file: 'seao.yaml', schema: z.record(z.enum(SEAO_IDS), SeaoField) },
  quarters: { file: 'trimestres.yaml', schema: z.array(Quarter).min(1) },
  documents: { file: 'documents.yaml', schema: z.array(KeptDocument).min(1) },
  steps: { file: 'etapes.yaml', schema: z.array(Step).length(11) },
  agenda: { file: 'ordre-du-jour.yaml', schema: z.array(words).min(1) },
  comments: { file: 'commentaires.yaml', schema: z.record(z.enum(COMMENT_IDS), Comment) },
} as const;

/** What the guide says, as data: the single source of the code, of the answers and of the cards. */
export type Guide = { readonly [K in keyof typeof FILES]: z.output<(typeof FILES)[K]['schema']> };
export type GuideDocument = z.output<typeof KeptDocument>;
export type GuideContact = z.output<typeof Contact>;
export type ContactId = (typeof CONTACT_IDS)[number];

/** What is wrong in a file of the guide's folder, in French, for the person who edits it. */
export interface GuideProblem {
  readonly file: string;
  readonly sentence: string;
}
