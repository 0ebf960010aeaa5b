import { z } from 'zod';
import { Cents } from '../../../core/cards/amount.ts';
import { day, revision, sure, toggle } from '../../../core/cards/form.ts';
import { Id } from '../../../core/id.ts';
import { AMENDMENT_KINDS } from '../amending/rules.ts';
import { CLOSINGS, COMMENT_KINDS } from '../commenting/rules.ts';
import { TERMINATION_SIDES } from '../terminating/rules.ts';

export const Nothing = z.object({});
export const Reference = z.object({ contract: Id });
/** `link`: which calendar link was seen; cards of the release before say nothing of it. */
export const Feed = Reference.extend({ link: Id.optional() });
export const Page = z.object({ page: z.int().min(1).max(10_000) });
export const ContractPage = z.object({ contract: Id, page: z.int().min(1).max(10_000).default(1) });

const TITLE = 'Donnez un nom au contrat.';
const LONG_TITLE = 'Donnez au contrat un nom d’au plus 120 caractères.';
const SUPPLIER = 'Choisissez le fournisseur.';
const OFFERS = 'Dites quelles offres le contrat couvre.';
const LONG_OFFERS = 'Dites en au plus 1 000 caractères quelles offres le contrat couvre.';

/** The facts of a signed contract. */
export const Signed = z.object({
  signedOn: day('Choisissez la date de la dernière signature.'),
  startsOn: day('Choisissez la date de début.'),
  endsOn: day('Choisissez la date de fin.'),
  amount: Cents,
});

export const New = Signed.extend({
  title: z.string(TITLE).trim().min(1, TITLE).max(120, LONG_TITLE),
  supplier: z.string(SUPPLIER).min(1, SUPPLIER).max(100, SUPPLIER),
  offers: z.string(OFFERS).trim().min(1, OFFERS).max(1_000, LONG_OFFERS),
  rcti: z.enum(['true', 'false'], 'Dites si le RCTI s’applique.').transform((value) => value === 'true'),
});
export type New = z.output<typeof New>;

/** The file that the form was filled in from, where there was one; cards of the release before say nothing of it. */
export const FromFile = z.object({ file: Id.or(z.literal('')).default('') });
/** `ofFile`: the contract is the one of that file; `sure`: it is another than the one that looks the same. */
export const Create = New.extend({ ...FromFile.shape, ofFile: toggle, ...sure });

/** What was noted of a contract, put right. `ofFile`: whether it is the contract of its file, where that is asked. */
export const Correct = New.extend({
  contract: Id,
  revision: revision(),
  ofFile: z.enum(['true', 'false']).optional(),
});
/** Which form of it: as the contract was when it was drawn. */
export const CorrectionSeen = Reference.extend({ revision: revision().optional() });

/** A contract as it was seen, to be taken away. */
export const Seen = Reference.extend({ revision: revision() });

export const Done = z.object({
  contract: Id,
  duty: z.string().max(80),
  on: day('Choisissez la date.'),
});
export const Duty = z.object({ contract: Id, duty: z.string().max(80) });

export const Invoice = z.object({
  contract: Id,
  paidOn: day('Choisissez la date du paiement.'),
  amount: Cents,
  note: z.string().trim().max(100, 'La note compte au plus 100 caractères.').default(''),
});
export const DropInvoice = z.object({ contract: Id, invoice: Id });

const TEXT = 'Décrivez le changement en quelques mots.';
/** What an amendment makes of the end and of the amount, where it changes them. */
const Changed = z.object({
  newEnd: day('Choisissez une date.').or(z.literal('')).default(''),
  newAmount: Cents.or(z.literal('')).default(''),
});
export const Amendment = z.object({
  contract: Id,
  kind: z.enum(AMENDMENT_KINDS, 'Choisissez ce qui change.'),
  text: z.string(TEXT).trim().min(1, TEXT).max(1_000, TEXT),
  ...Changed.shape,
});
export const SignAmendment = z.object({
  contract: Id,
  amendment: Id,
  signedOn: day('Choisissez la date de la dernière signature.'),
});
export const AskAmendment = z.object({
  contract: Id,
  amendment: Id,
  askedOn: day('Choisissez la date de la demande.'),
});
const VALIDATED_BY = 'Dites qui, chez le Courtier, a validé l’avenant.';
export const ValidateAmendment = z.object({
  contract: Id,
  amendment: Id,
  validatedOn: day('Choisissez la date de la validation.'),
  validatedBy: z.string(VALIDATED_BY).trim().min(1, VALIDATED_BY).max(120, VALIDATED_BY),
});
/** `seen`: what was noted of it when its card was drawn; cards of the release before say nothing of it. */
export const DropAmendment = z.object({ contract: Id, amendment: Id, seen: z.string().max(40).default('/') });

/** `seen`: what was noted of its signature when its card was drawn. */
export const UnsignAmendment = z.object({ contract: Id, amendment: Id, seen: z.string().max(60) });
export const CorrectAmendment = SignAmendment.extend({ ...UnsignAmendment.shape, ...Changed.shape });

const REASON = 'Dites la raison en quelques mots, en au plus 500 caractères.';
export const Termination = z.object({
  contract: Id,
  noticeOn: day('Choisissez la date de la lettre ou de l’avis.'),
  effectiveOn: day('Choisissez la date où la résiliation prend effet.'),
  by: z.enum(TERMINATION_SIDES, 'Dites qui résilie le contrat.'),
  reason: z.string(REASON).trim().min(1, REASON).max(500, REASON),
});
export const CorrectTermination = Termination.extend({ revision: revision() });
export const UndoTermination = z.object({ contract: Id, revision: revision() });

const COMMENT = 'Écrivez votre commentaire, en au plus 2 000 caractères.';
export const Comment = z.object({
  kind: z.enum(COMMENT_KINDS, 'Choisissez de quoi il s’agit.'),
  supplier: z.string().max(100).default(''),
  text: z.string(COMMENT).trim().min(1, COMMENT).max(2_000, COMMENT),
});
export type Comment = z.output<typeof Comment>;
export const CommentReference = z.object({ comment: Id });
/** What the staff do with a comment, as they saw it. */
export const CommentStep = CommentReference.extend({ revision: revision(), ...sure });
const ANSWER = 'Écrivez la réponse, en au plus 2 000 caractères.';
export const Answer = CommentStep.extend({
  answer: z.string(ANSWER).trim().min(1, ANSWER).max(2_000, ANSWER),
});
export const Closing = CommentStep.extend({
  closing: z.enum(CLOSINGS, 'Choisissez pourquoi c’est fermé.'),
  lastAnswer: z.string(ANSWER).trim().max(2_000, ANSWER).default(''),
});
export const CommentDue = CommentStep.extend({ due: day('Choisissez un jour à venir.') });
const WORD = 'Écrivez votre message, en au plus 2 000 caractères.';
export const Added = CommentReference.extend({ word: z.string(WORD).trim().min(1, WORD).max(2_000, WORD) });
/** A page of comments: open or all, of a supplier where one is named. */
export const Comments = z.object({
  page: z.int().min(1).max(10_000),
  open: z.boolean(),
  supplier: z.string().max(100).default(''),
});
export const Complaints = z.object({
  page: z.int().min(1).max(10_000),
  year: z.int().min(2000).max(2099).optional(),
});

const CONTACT = 'Dites comment vous joindre, en au plus 200 caractères.';
export const Consent = z.object({
  contract: Id,
  contact: z.string(CONTACT).trim().min(1, CONTACT).max(200, CONTACT),
});
