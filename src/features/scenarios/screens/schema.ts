import { z } from 'zod';
import { day, sure, toggle, whole } from '../../../core/cards/form.ts';
import { SURE } from '../../../core/cards/refused.ts';
import { SHOWED, showed } from '../../../core/cards/showed.ts';
import { Id } from '../../../core/id.ts';
import { readPrices } from '../comparing/rules/seen-choice.ts';

const supplier = z.string().min(1).max(80);
const Page = z.int().min(1).max(10_000);
const REFERENCE = 'Écrivez la référence de l’autorisation, en 2 à 100 caractères.';

export const File = z.object({ file: Id });
/** The list of offers as its card showed it; cards of before say nothing of it. */
export const Shortlisted = z.object({ file: Id, [SHOWED]: z.string().max(64).optional() });
export const FilePage = z.object({ file: Id, page: Page.default(1) });
export const Compared = FilePage.extend({ beside: z.boolean().optional() });
const optionally = <T extends z.ZodType>(field: T) =>
  z.preprocess(
    (given) => (typeof given === 'string' && given.trim() === '' ? undefined : given),
    field.optional(),
  );
const MONTHS = 'Donnez une durée de 1 à 120 mois, ou rien.';
const PERCENT = 'Donnez un pourcentage de 1 à 1 000, ou rien.';
/** What somebody tries of their own; what is left empty does not change. */
export const OwnTrial = z.object({
  file: Id,
  months: optionally(whole(1, 120, MONTHS)),
  percent: optionally(whole(1, 1_000, PERCENT)),
});
export const FileSupplier = z.object({ file: Id, supplier });
/** The choice and the prices as a card showed them; cards of before say nothing of them. */
const seenChoice = {
  [SHOWED]: z.string().max(64).optional(),
  seen: z.string().max(40_000).transform(readPrices).optional(),
} as const;
export const Chosen = FileSupplier.extend({ ...sure, ...seenChoice });
/** A supplier from the list of a comparison, or of a choice to confirm. */
export const Another = z.object({
  ...sure,
  ...seenChoice,
  file: Id,
  another: z.string({ error: 'Choisissez un fournisseur.' }).min(1, 'Choisissez un fournisseur.').max(80),
});
export const FileSupplierPage = z.object({ file: Id, supplier, page: Page });
export const FileSeal = z.object({ file: Id, seal: Id });
export const Authorization = z.object({
  file: Id,
  reference: z
    .string({ error: REFERENCE })
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(2, REFERENCE).max(100, REFERENCE)),
  date: day('Donnez la date de l’autorisation.'),
  ...showed,
  ...sure,
});
/** Whose file a link gives. */
export const Subject = z.object({ file: Id, tenantId: z.string(), objectId: z.string() });

const sentence = (most: number, message: string) =>
  z
    .string({ error: message })
    .max(most, `Au plus ${most} caractères.`)
    .transform((text) => text.trim())
    .pipe(z.string().min(2, message));
export const Clarify = z.object({
  file: Id,
  supplier: z.string({ error: 'Choisissez un fournisseur.' }).min(1, 'Choisissez un fournisseur.').max(80),
  question: sentence(1_000, 'Écrivez votre question.'),
});
export const DropClarification = z.object({ file: Id, clarification: Id });
export const Clarified = z.object({
  file: Id,
  clarification: Id,
  answer: sentence(2_000, 'Écrivez la réponse du fournisseur.'),
  ...showed,
});
export const Trial = z.object({
  file: Id,
  offer: z.string({ error: 'Choisissez une offre.' }).min(1, 'Choisissez une offre.').max(80),
  units: whole(1, 10_000_000, 'Donnez un nombre d’unités.'),
  days: whole(1, 10_000, 'Donnez une durée en jours.'),
  start: day('Donnez la date de début.'),
  withoutPersonalData: toggle,
  ...sure,
});
export const TrialDates = Trial.pick({ file: true, days: true, start: true, [SURE]: true }).extend({
  trial: Id,
  ...showed,
});
export const TrialResult = z.object({
  file: Id,
  trial: Id,
  result: sentence(2_000, 'Écrivez le résultat.'),
  ...showed,
});
export const DropTrial = z.object({ file: Id, trial: Id });
export const Criterion = z.object({
  file: Id,
  name: sentence(120, 'Nommez le critère.'),
  weight: whole(1, 5, 'Donnez un poids de 1 à 5.'),
  note: z.string().max(2_000).default(''),
});
/** The criteria of a file, with the form of one of them open. */
export const Criteria = z.object({ file: Id, criterion: Id.optional() });
export const CriterionChange = Criterion.extend({ criterion: Id, ...showed });
export const DropCriterion = z.object({ file: Id, criterion: Id });
