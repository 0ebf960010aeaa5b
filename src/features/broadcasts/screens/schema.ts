import { z } from 'zod';
import { day, hour, revision, several, severalIfAsked, sure, toggle } from '../../../core/cards/form.ts';
import { Id } from '../../../core/id.ts';
import { CATEGORIES } from '../../catalogue/index.ts';
import { GROUPS } from '../rules/audience.ts';

export const Nothing = z.object({});
export const Reference = z.object({ broadcast: Id });
/** The same, from a card on which things are chosen for it. */
export const Aimed = z.union([
  Reference,
  z.object({ about: Id }).transform(({ about: broadcast }) => ({ broadcast })),
]);
export const Seen = z.object({ broadcast: Id, revision: revision(), ...sure });
/** Which notice a form is of, as it was when it was drawn; a new one has none. */
export const Drafted = z.object({ broadcast: Id.optional(), revision: revision().optional() });
export const Sent = z.object({ broadcast: Id, revision: revision().optional() });

/** When the card says that it leaves. */
const Departs = z.union([
  z.literal('now'),
  z.templateLiteral([z.string().max(40), 'Z']).refine((text) => z.iso.datetime().safeParse(text).success),
]);
/** What was confirmed: what was seen, and when it leaves. */
export const Confirmed = Seen.extend({ departs: Departs.optional() });
/** A sending that goes on at the hour that was chosen. */
export const Resumed = Seen.extend({ departs: Departs });
/** A notice, with the hour that was chosen on a card that leads back. */
export const Opened = z.object({ broadcast: Id, kept: Departs.optional() });
export const ListPage = z.object({ page: z.int().min(1).max(10_000) });
export const ResultsPage = z.object({ broadcast: Id, page: z.int().min(1).max(100_000) });
export const Resend = z.object({ broadcast: Id, which: z.enum(['failed', 'unknown']) });

const COMMENT = 'Votre commentaire compte au plus 500 caractères.';
export const Returned = Seen.extend({ comment: z.string(COMMENT).trim().max(500, COMMENT).default('') });

/** As many as four thousand characters of ids hold; a notice of more concerns everybody. */
const MOST_SUPPLIERS = 100;
const TITLE = 'Donnez un titre, d’au plus 120 caractères.';
const TEXT = 'Écrivez un texte, d’au plus 4 000 caractères.';

export const Draft = z.object({
  broadcast: Id.optional(),
  revision: revision().optional(),
  /** The notice that it is a copy of. */
  from: Id.optional(),
  /** The template that it begins with. */
  template: Id.optional(),
  /** The list of people that it is for. */
  list: Id.optional(),
  title: z.string(TITLE).trim().min(1, TITLE).max(120, TITLE),
  text: z.string(TEXT).trim().min(1, TEXT).max(4_000, TEXT),
  link: z.string().trim().max(500, 'L’adresse du lien est trop longue.').default(''),
  linkTitle: z.string().trim().max(40, 'Le texte du bouton compte au plus 40 caractères.').default(''),
  image: z.string().trim().max(500, 'L’adresse de l’image est trop longue.').default(''),
  imageAlt: z
    .string()
    .trim()
    .max(200, 'La description de l’image compte au plus 200 caractères.')
    .default(''),
  importance: z.enum(['normal', 'urgent']).default('normal'),
  acknowledge: toggle,
  categories: several(z.enum(CATEGORIES), CATEGORIES.length),
  /** Cards of the release before ask it there; where it is not asked, it stays. */
  suppliers: severalIfAsked(z.string().max(100), MOST_SUPPLIERS),
});
export type Draft = z.output<typeof Draft>;

export const Choice = z.object({
  broadcast: Id,
  revision: revision(),
  groups: several(z.enum(GROUPS), GROUPS.length),
  /** The three below: on cards of the release before. Where they are not asked, they stay. */
  lists: severalIfAsked(Id, 20),
  organizations: severalIfAsked(Id, 300),
  /** Names, a line each. */
  bodies: z.string().max(20_000, 'Cette liste d’organisations est trop longue.').optional(),
});
export type Choice = z.output<typeof Choice>;

const DATE = 'Choisissez une date.';
const TIME = 'Choisissez une heure, comme 14:30.';
export const When = z.object({
  broadcast: Id,
  revision: revision(),
  date: day(DATE).or(z.literal('')).default(''),
  time: hour(TIME).or(z.literal('')).default(''),
});
export type When = z.output<typeof When>;
