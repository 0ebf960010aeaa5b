import { z } from 'zod';
import { day, revision, toggle } from '../../../core/form.ts';
import { Id } from '../../../core/id.ts';
import { LISTS } from '../campaigns/store/participation.ts';

export const Nothing = z.object({});
const page = z.int().min(1).max(10_000);
export const Page = z.object({ page });
export const Reference = z.object({ evaluation: Id });
/** What somebody confirms: the answers of the summary that they saw. */
export const Submission = Reference.extend({ seen: revision(0) });
export const Section = z.object({ evaluation: Id, section: z.string().max(40) });

const SCORE = 'Choisissez une note de 1 à 5, ou « sans objet ».';
export const Score = z
  .enum(['1', '2', '3', '4', '5', 'na'], SCORE)
  .transform((text) => (text === 'na' ? text : (Number(text) as 1 | 2 | 3 | 4 | 5)));
export const Comment = z
  .string()
  .trim()
  .max(1_000, 'Un commentaire compte au plus 1 000 caractères.')
  .default('');

/** A group's form: the criteria in the order of its version, five at most. */
export const Answers = z.object({
  evaluation: Id,
  section: z.string().max(40),
  revision: revision(0),
  score1: Score,
  score2: Score.optional(),
  score3: Score.optional(),
  score4: Score.optional(),
  score5: Score.optional(),
  comment1: Comment,
  comment2: Comment,
  comment3: Comment,
  comment4: Comment,
  comment5: Comment,
});
export type Answers = z.output<typeof Answers>;

const AGAIN = 'Dites si vous choisiriez ce fournisseur de nouveau.';
export const OverallForm = z
  .object({
    evaluation: Id,
    revision: revision(0),
    overall: z
      .enum(['1', '2', '3', '4', '5'], 'Choisissez une note de 1 à 5.')
      .transform((text) => Number(text) as 1 | 2 | 3 | 4 | 5),
    again: z.enum(['yes', 'no', 'maybe'], AGAIN),
    comment: z.string().trim().max(2_000, 'Le commentaire compte au plus 2 000 caractères.').default(''),
    reference: toggle,
    contact: z.string().trim().max(200, 'Dites comment vous joindre, en au plus 200 caractères.').default(''),
  })
  .refine(({ reference, contact }) => !reference || contact !== '', {
    error: 'Dites comment vous joindre, pour être une personne-référence.',
    path: ['contact'],
  });

const EVENT = 'Décrivez l’événement, en au plus 500 caractères.';
export const Events = z.object({ contract: Id, page: page.default(1) });
export const Event = z.object({
  contract: Id,
  on: day('Choisissez une date.'),
  good: z.enum(['true', 'false'], 'Dites si c’est bon ou mauvais.').transform((value) => value === 'true'),
  text: z.string(EVENT).trim().min(1, EVENT).max(500, EVENT),
});
export const DropEvent = z.object({ contract: Id, event: Id });

const NAME = 'Donnez un nom à la campagne.';
const DATE = 'Choisissez une date.';
export const Start = z.object({
  kind: z.enum(['window', 'anniversary'], 'Choisissez quand les contrats sont évalués.'),
  name: z.string(NAME).trim().min(1, NAME).max(100, NAME),
  opensOn: day(DATE),
  closesOn: day(DATE),
});
/**
 * The campaign as it was confirmed, under names of its own: some clients send the fields of the same card, with what
 * was begun there, along with any button.
 */
export const Agreed = z.union([
  z
    .object({
      agreedName: Start.shape.name,
      agreedKind: Start.shape.kind,
      agreedOpensOn: Start.shape.opensOn,
      agreedClosesOn: Start.shape.closesOn,
    })
    .transform(
      ({ agreedName: name, agreedKind: kind, agreedOpensOn: opensOn, agreedClosesOn: closesOn }) => ({
        name,
        kind,
        opensOn,
        closesOn,
      }),
    ),
  Start,
]);
export const Campaign = z.object({
  campaign: Id,
  list: z.enum(LISTS).default('all'),
  page: page.default(1),
});
export const Seen = z.object({ campaign: Id, revision: revision() });
export const Extend = Seen.extend({ closesOn: day(DATE) });
const WHY = 'Donnez la raison, en au plus 300 caractères.';
export const Exclude = z.object({
  evaluation: Id,
  why: z.string(WHY).trim().min(1, WHY).max(300, WHY),
});

export const SignedByHead = z.object({
  evaluation: Id,
  signedOn: day('Choisissez la date de la signature.'),
});

const supplier = z.string().min(1).max(100);
const year = z.int().min(2000).max(9999);
export const Results = z.object({ supplier, year: year.optional() });
export const OfYear = z.object({ supplier, year });
/** `seen`: the number of the release that was seen, 0 for none; cards of before this said nothing of it. */
const SUMMARY = 'Ce résumé compte au plus 2 000 caractères.';
export const Release = OfYear.extend({
  seen: z.int().min(0).optional(),
  /** What staff say, in their words, of the comments that are held back. */
  summary: z.string(SUMMARY).trim().max(2_000, SUMMARY).default(''),
});
export const Comments = OfYear.extend({ page });
