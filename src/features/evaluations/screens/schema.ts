import { z } from 'zod';
import { day, revision, several, sure, toggle } from '../../../core/cards/form.ts';
import { Id } from '../../../core/id.ts';
import { MOST_CRITERIA, PARTS } from '../answering/rules/parts.ts';
import { Scope } from '../campaigns/rules/scope.ts';
import { LISTS } from '../campaigns/store/participation.ts';

export const Nothing = z.object({});
const page = z.int().min(1).max(10_000);
export const Page = z.object({ page });
export const Reference = z.object({ evaluation: Id });
/** `whole`: where it stands, rather than the card on which it is answered. */
export const Opened = Reference.extend({ whole: z.boolean().default(false) });

const part = z.union([z.literal(PARTS[0]), z.literal(PARTS[1])]);
export const PartReference = z.object({ evaluation: Id, part });

const SCORE = 'Choisissez une note de 1 à 5.';
/** A step of the scale; nothing where none is chosen. */
const scale = z
  .enum(['', '1', '2', '3', '4', '5'], SCORE)
  .default('')
  .transform((text) => (text === '' ? undefined : (Number(text) as 1 | 2 | 3 | 4 | 5)));
const comment = z
  .string('Un commentaire est un texte.')
  .trim()
  .max(1_000, 'Un commentaire compte au plus 1 000 caractères.')
  .default('');

/** What is kept of a card of the form: by the place of each criterion on it, from 1. */
export interface Placed {
  readonly score: 1 | 2 | 3 | 4 | 5 | undefined;
  readonly comment: string;
}

/** The fields of a part of the form, as many as the largest form has. */
const PartFields = z.looseObject({
  evaluation: Id,
  part,
  revision: revision(0),
  seen: revision(0).default(0),
  /** The criterion whose score of the time before is taken; all those without one when it is absent. */
  criterion: z.string().max(40).optional(),
  /** What is shown afterwards: a card of the form, or where the evaluation stands. */
  go: z.union([part, z.literal('whole')]).default('whole'),
  /** The places of what is « sans objet ». */
  none: several(z.string().regex(/^\d{1,2}$/, 'Choisissez parmi les critères.'), MOST_CRITERIA),
  overall: scale,
  again: z
    .enum(['', 'yes', 'no', 'maybe'], 'Dites si vous choisiriez ce fournisseur de nouveau.')
    .default('')
    .transform((text) => (text === '' ? undefined : text)),
  comment: z.string().trim().max(2_000, 'Le commentaire compte au plus 2 000 caractères.').default(''),
  reference: toggle,
  contact: z.string().trim().max(200, 'Dites comment vous joindre, en au plus 200 caractères.').default(''),
  /** The contact that others had when the card was drawn, empty for none; cards of the release before send none. */
  consented: z.string().max(200).optional(),
});

/** The fields that have a number, `score1` to `score30`; the first that is wrong is told. */
function placed(given: Readonly<Record<string, unknown>>, context: z.RefinementCtx): Placed[] {
  return Array.from({ length: MOST_CRITERIA }, (_, n) => {
    const score = scale.safeParse(given[`score${n + 1}`]);
    const text = comment.safeParse(given[`comment${n + 1}`]);
    for (const { error } of [score, text])
      for (const { message } of error?.issues ?? []) context.addIssue({ code: 'custom', message });
    return { score: score.data, comment: text.data ?? '' };
  });
}

/** A card of the form: whatever is chosen on it so far, and nothing else of what a client sends. */
export const PartForm = PartFields.transform((given, context) => {
  const {
    evaluation,
    part,
    revision,
    seen,
    criterion,
    go,
    none,
    overall,
    again,
    comment,
    reference,
    contact,
    consented,
  } = given;
  if (reference && contact === '')
    context.addIssue({
      code: 'custom',
      message: 'Dites comment vous joindre, pour être une personne-référence.',
    });
  return {
    evaluation,
    part,
    revision,
    seen,
    criterion,
    go,
    none: new Set(none.map(Number)),
    places: placed(given, context),
    view: { overall, again, comment },
    contact: reference ? contact : '',
    consented,
  };
});
export type PartForm = z.output<typeof PartForm>;

/** What was reviewed, and is submitted as it stands. */
export const Submission = Reference.extend({ seen: revision(0) });

const EVENT = 'Décrivez l’événement, en au plus 500 caractères.';
export const Events = z.object({ contract: Id, page: page.default(1) });
export const Event = z.object({
  contract: Id,
  on: day('Choisissez une date.'),
  good: z.enum(['true', 'false'], 'Dites si c’est bon ou mauvais.').transform((value) => value === 'true'),
  text: z.string(EVENT).trim().min(1, EVENT).max(500, EVENT),
  /** What it is about; empty for the contract as a whole. */
  criterion: z.string().max(40).default(''),
});
export const DropEvent = z.object({ contract: Id, event: Id });

const NAME = 'Donnez un nom à la campagne.';
const DATE = 'Choisissez une date.';
export const Start = z.object({
  kind: z.enum(['window', 'anniversary'], 'Choisissez quand les contrats sont évalués.'),
  name: z.string(NAME).trim().min(1, NAME).max(100, NAME),
  opensOn: day(DATE),
  closesOn: day(DATE),
  suppliers: several(z.string().min(1).max(100), 100),
  bodies: z.string().trim().max(4_000, 'Écrivez les noms en au plus 4 000 caractères.').default(''),
  endsFrom: day(DATE).or(z.literal('')).default(''),
  endsTo: day(DATE).or(z.literal('')).default(''),
});

const ScopeWord = z
  .string()
  .max(30_000)
  .default('{}')
  .transform((text, context) => {
    const read = Scope.safeParse(parsed(text));
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'La portée de cette campagne ne se lit pas.' });
    return z.NEVER;
  });
/** What a text holds; undefined for one that is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
      agreedScope: ScopeWord,
    })
    .transform(
      ({
        agreedName: name,
        agreedKind: kind,
        agreedOpensOn: opensOn,
        agreedClosesOn: closesOn,
        agreedScope: scope,
      }) => ({
        name,
        kind,
        opensOn,
        closesOn,
        scope,
      }),
    ),
  // Cards of the release before, which know of no scope.
  Start.pick({ kind: true, name: true, opensOn: true, closesOn: true }).transform((wanted) => ({
    ...wanted,
    scope: {},
  })),
]);
/** Where somebody is in a campaign: which list of it, and which page; cards of the release before say neither. */
const InCampaign = z.object({ list: z.enum(LISTS).default('all'), page: page.default(1) });
export const Campaign = InCampaign.extend({ campaign: Id });
export type Campaign = z.output<typeof Campaign>;
export const Seen = Campaign.extend({ revision: revision() });
/** A new last day: earlier or later. */
export const MovedEnd = Seen.extend({ closesOn: day(DATE), ...sure });
const WHY = 'Donnez la raison, en au plus 300 caractères.';
export const Exclude = InCampaign.extend({
  /** The evaluations that are set apart. */
  apart: several(Id, 30).refine((ids) => ids.length > 0, 'Choisissez un contrat.'),
  why: z.string(WHY).trim().min(1, WHY).max(300, WHY),
});

/** One that is taken back. */
export const Include = InCampaign.extend({ evaluation: Id });

const NONE_CHOSEN = 'Choisissez des contrats, ou tous les organismes silencieux.';
/** What is recalled: what was ticked, or all of the bodies that answered nothing. */
export const Remind = Campaign.extend({ recalled: several(Id, 30), allSilent: toggle })
  .transform(({ recalled, allSilent, ...where }) => ({
    ...where,
    which: allSilent ? ('silent' as const) : recalled,
  }))
  .refine(({ which }) => which.length > 0, { message: NONE_CHOSEN, path: ['recalled'] });
export const IncludeMany = Campaign.extend({
  back: several(Id, 30).refine((ids) => ids.length > 0, 'Choisissez un contrat.'),
});
const WAIVED = 'Dites pourquoi elle n’est pas requise, en au plus 300 caractères.';
export const Waived = Reference.extend({ why: z.string(WAIVED).trim().min(1, WAIVED).max(300, WAIVED) });
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
/** One of them, by its mark. */
export const OneComment = OfYear.extend({
  comment: z.string().regex(/^[0-9a-f]{32}$/),
  page: page.default(1),
});
const WORDS = 'Écrivez ce que le fournisseur lira, en au plus 1 000 caractères.';
/** Other words, none at all, or the comment again as it was written. */
export const Redaction = OneComment.extend({
  seen: revision(0),
  how: z.enum(['words', 'hide', 'restore']).default('words'),
  words: z.string(WORDS).trim().max(1_000, WORDS).default(''),
})
  .refine(({ how, words }) => how !== 'words' || words !== '', { message: WORDS, path: ['words'] })
  // Some clients send what is typed along with any button.
  .transform((given) => (given.how === 'words' ? given : { ...given, words: '' }));
