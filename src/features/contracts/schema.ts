import { z } from 'zod';
import { Cents } from '../../core/amount.ts';
import { day } from '../../core/form.ts';
import { Id } from '../../core/id.ts';
import { AMENDMENT_KINDS } from './amendments.ts';
import { COMMENT_KINDS } from './comment-kinds.ts';

export const Nothing = z.strictObject({});
export const Reference = z.strictObject({ contract: Id });
export const Page = z.strictObject({ page: z.int().min(1).max(10_000) });
export const ContractPage = z.strictObject({ contract: Id, page: z.int().min(1).max(10_000).default(1) });

const TITLE = 'Donnez un nom au contrat.';
const SUPPLIER = 'Choisissez le fournisseur.';
const OFFERS = 'Dites quelles offres le contrat couvre.';

/** The facts of a signed contract. */
export const Signed = z.strictObject({
  signedOn: day('Choisissez la date de la dernière signature.'),
  startsOn: day('Choisissez la date de début.'),
  endsOn: day('Choisissez la date de fin.'),
  amount: Cents,
});

export const New = Signed.extend({
  title: z.string(TITLE).trim().min(1, TITLE).max(120, TITLE),
  supplier: z.string(SUPPLIER).min(1, SUPPLIER).max(100, SUPPLIER),
  offers: z.string(OFFERS).trim().min(1, OFFERS).max(1_000, OFFERS),
  rcti: z.enum(['true', 'false'], 'Dites si le RCTI s’applique.').transform((value) => value === 'true'),
});
export type New = z.output<typeof New>;

export const Done = z.strictObject({
  contract: Id,
  duty: z.string().max(80),
  on: day('Choisissez la date.'),
});
export const Duty = z.strictObject({ contract: Id, duty: z.string().max(80) });

export const Invoice = z.strictObject({
  contract: Id,
  paidOn: day('Choisissez la date du paiement.'),
  amount: Cents,
  note: z.string().trim().max(100, 'La note compte au plus 100 caractères.').default(''),
});
export const DropInvoice = z.strictObject({ contract: Id, invoice: Id });

const TEXT = 'Décrivez le changement en quelques mots.';
export const Amendment = z.strictObject({
  contract: Id,
  kind: z.enum(AMENDMENT_KINDS, 'Choisissez ce qui change.'),
  text: z.string(TEXT).trim().min(1, TEXT).max(1_000, TEXT),
  newEnd: day('Choisissez une date.').or(z.literal('')).default(''),
  newAmount: Cents.or(z.literal('')).default(''),
});
export const SignAmendment = z.strictObject({
  contract: Id,
  amendment: Id,
  signedOn: day('Choisissez la date de la dernière signature.'),
});
export const DropAmendment = z.strictObject({ contract: Id, amendment: Id });

const COMMENT = 'Écrivez votre commentaire, en au plus 2 000 caractères.';
export const Comment = z.strictObject({
  kind: z.enum(COMMENT_KINDS, 'Choisissez de quoi il s’agit.'),
  supplier: z.string().max(100).default(''),
  text: z.string(COMMENT).trim().min(1, COMMENT).max(2_000, COMMENT),
});
export type Comment = z.output<typeof Comment>;
const ANSWER = 'Écrivez la réponse, en au plus 2 000 caractères.';
export const Answer = z.strictObject({
  comment: Id,
  revision: z.int().min(1),
  answer: z.string(ANSWER).trim().min(1, ANSWER).max(2_000, ANSWER),
});
export const CommentReference = z.strictObject({ comment: Id });

const CONTACT = 'Dites comment vous joindre, en au plus 200 caractères.';
export const Consent = z.strictObject({
  contract: Id,
  contact: z.string(CONTACT).trim().min(1, CONTACT).max(200, CONTACT),
});
