import type { Card } from '../../../../core/card.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import { dateIn } from '../../../../core/time/days.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import { asShown } from '../../answering/rules.ts';
import type { KnowledgeServices } from '../../answering/screens/actions.ts';
import { answerCard } from '../../answering/screens/cards.ts';
import {
  EntriesPage,
  type EntryFilter,
  EntryHistory,
  EntryRestoration,
  EntryRevision,
  EntryVersion,
  EntryVersions,
  LiveEntry,
  Nothing,
  Retirement,
} from '../../screens/schema.ts';
import type { EntryNow } from '../store/entries.ts';
import type { EntryOutcome, EntryText } from '../store/entry-writing.ts';
import * as cards from './cards.ts';

/** The date where the assistant is, ISO. */
export const todayOf = ({ clock, timeZone }: Pick<KnowledgeServices, 'clock' | 'timeZone'>): string =>
  dateIn(clock.now(), timeZone).toString();

export function refusePastReview(review: string, services: KnowledgeServices): void {
  if (review <= todayOf(services))
    throw new CourtierError('refused', 'La date de révision doit être à venir.');
}

const listCard = async (
  filter: EntryFilter,
  page: number,
  services: KnowledgeServices,
  word = '',
): Promise<Card> => {
  const { knowledge, timeZone } = services;
  const list = await knowledge.liveEntries.entriesPage(filter, page, todayOf(services));
  return cards.liveEntriesCard(filter, list, timeZone, word);
};

export async function listLiveEntries(turn: MessageTurn, services: KnowledgeServices): Promise<void> {
  await turn.reply(await listCard('live', 1, services));
}

export const entriesPage = action(
  'knowledge.entries',
  EntriesPage,
  draws((_turn, { filter, page }, services: KnowledgeServices) => listCard(filter, page, services)),
  'staff',
);

export const keepEntries = action(
  'knowledge.keepEntries',
  Nothing,
  draws((_turn, _input, services: KnowledgeServices) => listCard('live', 1, services)),
  'staff',
);

export const openEntry = action(
  'knowledge.entry',
  LiveEntry,
  draws(async (_turn, { entry }, { knowledge, timeZone }: KnowledgeServices) =>
    cards.entryCard(await knowledge.liveEntries.getEntry(entry), timeZone),
  ),
  'staff',
);

export const editEntry = action(
  'knowledge.editEntry',
  LiveEntry,
  draws(async (_turn, input, { knowledge }: KnowledgeServices) => {
    const entry = await knowledge.liveEntries.getEntry(input.entry);
    return cards.entryFormCard(entry, entry);
  }),
  'staff',
);

const textOf = ({ title, alternates, entryAnswer: answer, review }: EntryRevision): EntryText => ({
  title,
  alternates,
  answer,
  review,
});

/** The client's very card of what is typed, below; the form stays as it is. */
export const previewEntry = action(
  'knowledge.previewEntry',
  EntryRevision,
  async (turn, input, { knowledge }: KnowledgeServices) => {
    const entry = await knowledge.liveEntries.getEntry(input.entry);
    const typed = textOf(input);
    await showPreview(turn, { ...typed, id: entry.id }, knowledge);
    turn.update(cards.entryFormCard({ ...entry, number: input.version }, typed, 'L’aperçu est ci-dessous.'));
  },
  'staff',
);

/** Posts the card that a client would have of an entry; nothing on it can be pressed. */
export async function showPreview(
  turn: ActionTurn,
  entry: EntryText & { readonly id: string },
  { base, questions }: Pick<KnowledgeServices['knowledge'], 'base' | 'questions'>,
): Promise<void> {
  const found = { outcome: 'answer' as const, hits: [{ id: entry.id, score: 1 }] };
  const shown = asShown({ ...entry, owner: turn.person.name || 'Équipe du Courtier' });
  const question = questions.draftQuestion(turn, entry.title, { result: found });
  await turn.reply({ ...answerCard(question, shown, base), inert: true });
}

const fasterBy = ({ owner, number }: EntryNow): string =>
  `${owner} a changé cette réponse pendant ce temps : elle en est à la version ${number}.`;

export const saveEntry = action(
  'knowledge.saveEntry',
  EntryRevision,
  redraws(
    (turn, input, services: KnowledgeServices) => {
      refusePastReview(input.review, services);
      return services.knowledge.liveEntries.rewriteEntry(
        turn.person,
        input.entry,
        input.version,
        textOf(input),
      );
    },
    (_turn, input, { timeZone }, _word, { kind, entry }) =>
      kind === 'done'
        ? cards.entryCard(entry, timeZone, `La version ${entry.number} est en vigueur.`)
        : cards.entryFormCard(
            entry,
            textOf(input),
            `${fasterBy(entry)} Vos mots sont encore ici : publiés, ils remplaceront les siens.`,
          ),
  ),
  'staff',
);

export const entryHistory = action(
  'knowledge.entryHistory',
  EntryHistory,
  draws(async (_turn, { entry: id, page }, { knowledge: { liveEntries }, timeZone }: KnowledgeServices) =>
    cards.historyCard(await liveEntries.getEntry(id), await liveEntries.historyPage(id, page), timeZone),
  ),
  'staff',
);

async function comparison(
  id: string,
  from: number,
  to: number,
  { knowledge }: KnowledgeServices,
): Promise<Card> {
  const { liveEntries } = knowledge;
  const [before, after] = [await liveEntries.getVersion(id, from), await liveEntries.getVersion(id, to)];
  return cards.comparisonCard(await liveEntries.getEntry(id), before, after);
}

/** What an earlier version would change of the one that is newest. */
export const entryVersion = action(
  'knowledge.entryVersion',
  EntryVersion,
  draws((_turn, { entry, number, version }, services: KnowledgeServices) =>
    comparison(entry, number, version, services),
  ),
  'staff',
);

export const compareEntry = action(
  'knowledge.compareEntry',
  EntryVersions,
  draws((_turn, { entry, older, newer }, services: KnowledgeServices) =>
    comparison(entry, older, newer, services),
  ),
  'staff',
);

/** The entry after a step, or as a colleague left it. */
const stepped =
  (done: (entry: EntryNow) => string) =>
  (
    _turn: unknown,
    _input: unknown,
    { timeZone }: KnowledgeServices,
    _word: string,
    outcome: EntryOutcome,
  ): Card =>
    cards.entryCard(
      outcome.entry,
      timeZone,
      outcome.kind === 'done' ? done(outcome.entry) : `${fasterBy(outcome.entry)} Rien n’a été fait.`,
    );

export const restoreEntry = action(
  'knowledge.restoreEntry',
  EntryRestoration,
  redraws(
    ({ person }, { entry, version, number }, services: KnowledgeServices) =>
      services.knowledge.liveEntries.restoreEntry(person, entry, version, number, todayOf(services)),
    stepped(({ number }) => `La version ${number} est en vigueur, d’après une version d’avant.`),
  ),
  'staff',
);

export const askRetire = action(
  'knowledge.askRetire',
  LiveEntry,
  draws(async (_turn, { entry: id }, { knowledge, timeZone }: KnowledgeServices) => {
    const entry = await knowledge.liveEntries.getEntry(id);
    if (entry.retired) return cards.entryCard(entry, timeZone);
    const [times, added] = [
      await knowledge.questions.answeredTimes(id),
      await knowledge.improvements.wordingsOf(id),
    ];
    return cards.retireConfirmCard(entry, times, added.length);
  }),
  'staff',
);

export const retire = action(
  'knowledge.retire',
  Retirement,
  redraws(
    ({ person }, { entry, version }, { knowledge }: KnowledgeServices) =>
      knowledge.liveEntries.retireEntry(person, entry, version ?? 'any'),
    async (turn, input, services, word, { entry, kind }) =>
      entry.retired
        ? listCard('live', 1, services, word)
        : stepped(() => '')(turn, input, services, word, { entry, kind }),
    'La réponse est retirée.',
  ),
  'staff',
);
