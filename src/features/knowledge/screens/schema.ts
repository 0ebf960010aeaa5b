import { z } from 'zod';
import { calendarDay, day, LARGEST, revision, sure, toggle, whole } from '../../../core/cards/form.ts';
import { CONTACT_IDS, RULE_IDS } from '../../../core/guide/index.ts';
import { Id } from '../../../core/id.ts';
import { MEASURES } from '../reading/quantities.ts';

export const Slug = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    "Un identifiant s'écrit en minuscules sans accents, avec des traits d'union.",
  )
  .max(64);

const label = z.string().min(3).max(40);
export const TITLE_IS_A_QUESTION = z
  .string()
  .min(8)
  .max(160)
  .regex(/\?$/, "Le titre est une question, avec un point d'interrogation.");

/**
 * What one may do after an answer: read another, write to the broker's staff here, start what the assistant does, or
 * open an e-mail that is prepared.
 */
export const NextStep = z.union([
  z.strictObject({ label, ask: Slug }),
  z.strictObject({ label, escalate: z.string().min(3).max(300) }),
  z.strictObject({ label, command: z.string().min(3).max(60) }),
  z.strictObject({
    label,
    mail: z.enum(CONTACT_IDS),
    subject: z.string().min(3).max(120),
    body: z.string().max(300).optional(),
  }),
]);
export type NextStep = z.infer<typeof NextStep>;

/**
 * A point of an answer, said before it when the message is about it: it names one of the words of `about` (an idea of
 * the search after `#`, a kind of question after `?`), or it counts what the point limits, and is then held against it.
 */
export const Point = z.strictObject({
  about: z.array(z.string().min(2).max(40)).max(30).default([]),
  /** Words of which the message has one, whatever it counts. */
  only: z.array(z.string().min(2).max(40)).max(30).default([]),
  counts: z.enum(MEASURES).optional(),
  /** The rule of the guide that is the limit; without one, what is counted changes nothing. */
  rule: z.enum(RULE_IDS).optional(),
  /** The limit is for each of these: of some of them in all, it is so many times as much. */
  each: z.array(z.string().min(2).max(40)).max(10).default([]),
  /** The rule is the least, not the most. */
  least: z.boolean().default(false),
  says: z.string().min(5).max(200),
  within: z.string().min(5).max(200).optional(),
  beyond: z.string().min(5).max(200).optional(),
});
export type Point = z.infer<typeof Point>;

/** The front matter of an entry of the guide. */
export const FrontMatter = z.strictObject({
  id: Slug,
  reference: z
    .string()
    .regex(
      /^(FAQ \d{1,2}|\d(\.\d{1,2}){0,2}|def: .+|historique)$/,
      'La référence est « FAQ n », un numéro de section, « def: terme » ou « historique ».',
    ),
  title: TITLE_IS_A_QUESTION,
  related: z.array(Slug).min(1).max(4),
  contact: z.enum(CONTACT_IDS),
  links: z
    .array(z.strictObject({ label: z.string().min(3).max(80), url: z.url({ protocol: /^https?$/ }) }))
    .max(3)
    .default([]),
  next: z.array(NextStep).max(2).default([]),
  owner: z.string().min(3).max(120),
  review: calendarDay('Écrivez la date sous la forme AAAA-MM-JJ.'),
  points: z.array(Point).max(6).default([]),
  /** What of the asker's body changes the answer: whether the RCTI applies to it, or its kind. */
  depends: z.enum(['rcti', 'kind']).optional(),
  /** Words that ask the contrary of the title, so that « Oui » or « Non » would mislead. */
  turned: z.array(z.string().min(2).max(40)).max(20).default([]),
  questions: z.array(z.string().min(3).max(300)),
});
export type FrontMatter = z.infer<typeof FrontMatter>;

export const Entry = z.object({ question: Id.optional(), entry: z.string().max(64) });
export const Question = z.object({ question: Id });
export const Rating = z.object({ question: Id, rating: z.enum(['up', 'down']) });

export const Reason = z.enum(['wrong', 'incomplete', 'unclear', 'outdated', 'other'], {
  error: 'Choisissez une raison.',
});
export type Reason = z.infer<typeof Reason>;
const TOO_LONG = 'Ce texte est trop long : résumez-le en 500 caractères.';
export const Dissatisfaction = z.object({
  question: Id,
  reason: Reason,
  comment: z.string().max(500, TOO_LONG).optional(),
});

const MESSAGE = 'Écrivez votre question en 5 à 2 000 caractères.';
export const AskPerson = z.object({ question: Id, step: z.int().min(0).max(1).optional() });
/** What a form is about, where it is about something. */
const some = Id.or(z.literal(''))
  .default('')
  .transform((id) => id || undefined);
export const Message = z.object({
  question: some,
  /** The request that is made again. */
  again: some,
  /** The form said what goes along with the message: that of the release before did not. */
  told: z.literal('yes').optional(),
  file: some,
  withFile: toggle,
  message: z.string({ error: MESSAGE }).trim().min(5, MESSAGE).max(2_000, MESSAGE),
});
export type Message = z.output<typeof Message>;

export const Show = z.enum(['waiting', 'answered', 'ended']);
export type Show = z.infer<typeof Show>;
export const RequestsPage = z.object({ show: Show, page: z.int().min(1).max(10_000) });
export type RequestsPage = z.infer<typeof RequestsPage>;

export const Escalation = z.object({ escalation: Id });
export type Escalation = z.infer<typeof Escalation>;
/** `beside`: pressed on an answer, which stays. */
export const Insisted = Escalation.extend({ beside: z.literal(true).optional() });
const COMPLEMENT = 'Écrivez votre précision en 3 à 1 000 caractères.';
export const Complement = Escalation.extend({
  complement: z.string({ error: COMPLEMENT }).trim().min(3, COMPLEMENT).max(1_000, COMPLEMENT),
});
export const Revision = z.object({ escalation: Id, revision: revision(), ...sure });
const ANSWER = 'Écrivez la réponse en 5 à 3 000 caractères.';
const answer = z.string({ error: ANSWER }).trim().min(5, ANSWER).max(3_000, ANSWER);
export const Answer = Revision.extend({ answer });

/** One wording a line, for the search to learn from. */
const wordings = z
  .string()
  .max(2_000, 'Les formulations sont trop longues : gardez les plus utiles.')
  .optional()
  .transform((text) =>
    (text ?? '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line.length > 2)
      .slice(0, 20),
  );
const TITLE = 'Écrivez la question en 8 à 160 caractères.';
const REVIEW = 'Choisissez une date de révision.';
const title = z.string({ error: TITLE }).trim().min(8, TITLE).max(160, TITLE);
const entryText = { title, alternates: wordings, entryAnswer: answer, review: day(REVIEW) };
export const Publication = Revision.extend(entryText);

export const Status = z.enum(['live', 'answered', 'closed']);
export type Status = z.infer<typeof Status>;
export const QuestionsPage = z.object({ status: Status, page: z.int().min(1).max(10_000) });
export const TopicsPage = z.object({ group: z.int().min(0).max(20), page: z.int().min(1).max(100) });
const entryId = z.string().max(64);
export const LiveEntry = z.object({ entry: entryId });
/** A card drawn before entries had versions carries none. */
export const Retirement = LiveEntry.extend({ version: revision().optional() });

export const EntryFilter = z.enum(['live', 'retired', 'review']);
export type EntryFilter = z.infer<typeof EntryFilter>;
const page = z.int().min(1).max(10_000);
export const EntriesPage = z.object({ filter: EntryFilter, page });
export const EntryHistory = LiveEntry.extend({ page });
const VERSION = 'Choisissez deux versions.';
const version = whole(1, LARGEST, VERSION);
export const EntryVersion = LiveEntry.extend({ version: revision(), number: revision() });
export const EntryVersions = LiveEntry.extend({ older: version, newer: version });
export const EntryRestoration = EntryVersion;
export const EntryRevision = LiveEntry.extend({ version: revision(), ...entryText });
export type EntryRevision = z.infer<typeof EntryRevision>;
export const Nothing = z.object({});

const WORDING = 'Écrivez la formulation en 3 à 300 caractères.';
const wording = z.string({ error: WORDING }).trim().min(3, WORDING).max(300, WORDING);
const TARGET = 'Choisissez une réponse.';
const target = z.string({ error: TARGET }).min(1, TARGET).max(64, TARGET);
/** A group of questions, as far as it was seen: those that were asked until an instant, in milliseconds. */
const ofGroup = { group: Id, until: z.int().min(0) };
export const GroupsPage = z.object({ page });
export const GroupWords = z.object({
  ...ofGroup,
  said: z.string().max(300).default(''),
  goal: z.string().max(64).default(''),
});
export const GroupEntry = z.object({
  ...ofGroup,
  said: z.string().max(160).default(''),
  others: z.string().max(2_000).default(''),
  reply: z.string().max(3_000).default(''),
  reviewOn: z.string().max(40).default(''),
});
export const NewEntry = z.object({ ...ofGroup, ...entryText });
/** What somebody would make of a group, as a form sends it… */
export const ImprovementForm = z.discriminatedUnion('act', [
  z.object({ ...ofGroup, act: z.literal('wording'), wording, target }),
  z.object({ ...ofGroup, act: z.literal('offTopic'), wording }),
  NewEntry.extend({ act: z.literal('entry') }),
]);
export type ImprovementForm = z.infer<typeof ImprovementForm>;
/** …and as a card carries it on. */
export const Improvement = z.discriminatedUnion('act', [
  z.object({ ...ofGroup, act: z.literal('wording'), said: wording, goal: target }),
  z.object({ ...ofGroup, act: z.literal('offTopic'), said: wording }),
  z.object({
    ...ofGroup,
    act: z.literal('entry'),
    said: title,
    others: wordings,
    reply: answer,
    reviewOn: day(REVIEW),
  }),
]);
export type Improvement = z.infer<typeof Improvement>;
export const ImprovementPage = z.intersection(Improvement, z.object({ page }));
export const ImprovementId = z.object({ improvement: Id });

const ASKED = 'Écrivez la question.';
const asked = z.string({ error: ASKED }).trim().min(1, ASKED).max(1_000, ASKED);
export const Tried = z.object({ wording: asked });
export const BenchAddition = z.object({ asked, expected: target });
export const BenchFilter = z.enum(['all', 'bad', 'good']);
export type BenchFilter = z.infer<typeof BenchFilter>;
export const BenchPage = z.object({ filter: BenchFilter, page });
export const BenchQuestion = z.object({ question: Id });
