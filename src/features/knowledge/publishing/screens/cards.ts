import type { Card } from '../../../../core/card.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDateTime, frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import type { EntryFilter } from '../../screens/schema.ts';
import { type Difference, differences, type Words } from '../rules/differences.ts';
import type { EntryNow, EntryVersion } from '../store/entries.ts';
import type { EntryText } from '../store/entry-writing.ts';

const HEADINGS: Record<EntryFilter, string> = {
  live: 'Réponses en vigueur',
  retired: 'Réponses retirées',
  review: 'Réponses à réviser',
};
const EMPTY: Record<EntryFilter, string> = {
  live: "Aucune pour l'instant. Elles naissent d’une réponse de l’équipe, ou de « à améliorer ».",
  retired: 'Aucune réponse n’est retirée.',
  review: 'Aucune n’est à réviser.',
};
const ACTS: Record<EntryVersion['act'], string> = {
  publish: 'Publiée',
  edit: 'Modifiée',
  restore: 'Rétablie',
  retire: 'Retirée',
  republish: 'Publiée de nouveau',
};
const FIELDS: Record<Difference['field'], string> = {
  title: 'La question',
  answer: 'La réponse',
  alternates: 'Les autres formulations',
  review: 'À réviser le',
};

const stateOf = ({ retired, number }: EntryNow, timeZone: string): string =>
  `${retired ? `Retirée le ${frenchDateTime(retired, timeZone)}` : 'En vigueur'} · version ${number}`;

const notice = (text: string) => ({ notice: escapeMarkdown(text), hasNotice: text !== '' });

/** The entries that the staff wrote: those in force, withdrawn or to be looked at again, a page of them. */
export function liveEntriesCard(
  filter: EntryFilter,
  list: Page<EntryNow>,
  timeZone: string,
  word = '',
): Card {
  return {
    template: 'knowledge/live-entries',
    summary: `${HEADINGS[filter]} : ${list.total}.`,
    view: {
      ...notice(word),
      heading: `${HEADINGS[filter]} · ${list.total.toLocaleString('fr-CA')}`,
      filter,
      empty: list.total === 0,
      nothing: EMPTY[filter],
      entries: list.items.map((entry) => ({
        entry: entry.id,
        title: escapeMarkdown(entry.title),
        line: `${entry.retired ? `${stateOf(entry, timeZone)} · ` : ''}${escapeMarkdown(entry.owner)} · à réviser le ${frenchDay(entry.review)}`,
      })),
      ...pagingRow(list, 'réponses'),
    },
  };
}

/** An entry as the staff see it: its words, where it stands, what may be done with it. */
export function entryCard(entry: EntryNow, timeZone: string, word = ''): Card {
  const { id, title, answer, alternates, retired, owner, review, number } = entry;
  return {
    template: 'knowledge/entry',
    summary: `${title} (${retired ? 'retirée' : 'en vigueur'}) : ${shorten(answer, 300)}`,
    view: {
      ...notice(word),
      entry: id,
      version: number,
      title: escapeMarkdown(title),
      state: stateOf(entry, timeZone),
      color: retired ? 'Attention' : 'Good',
      answer: escapeMarkdown(answer),
      wordings: alternates.map((text) => ({ text: `« ${escapeMarkdown(text)} »` })),
      hasWordings: alternates.length > 0,
      line: `${escapeMarkdown(owner)} · à réviser le ${frenchDay(review)}`,
      live: retired === null,
      retired: retired !== null,
    },
  };
}

/** The form of an entry, with its words or with what somebody typed. */
export function entryFormCard(entry: EntryNow, typed: EntryText, word = ''): Card {
  return {
    template: 'knowledge/entry-form',
    summary: `Modifier la réponse « ${entry.title} ».`,
    view: {
      ...notice(word),
      entry: entry.id,
      version: entry.number,
      heading: entry.retired ? 'Publier de nouveau cette réponse' : 'Modifier cette réponse',
      typedTitle: typed.title,
      typedAnswer: typed.answer,
      typedWordings: typed.alternates.join('\n'),
      typedReview: typed.review,
      republishes: entry.retired !== null,
      edits: entry.retired === null,
    },
  };
}

const byWhom = (name: string): string => (name === '' ? '' : ` par ${escapeMarkdown(name)}`);

/** What was done with an entry, by whom and when; each version can be compared and taken up again. */
export function historyCard(entry: EntryNow, list: Page<EntryVersion>, timeZone: string): Card {
  const numbers = Array.from({ length: entry.number }, (_, n) => String(entry.number - n));
  return {
    template: 'knowledge/entry-history',
    summary: `Versions de « ${entry.title} » : ${entry.number}.`,
    view: {
      entry: entry.id,
      version: entry.number,
      title: escapeMarkdown(entry.title),
      state: stateOf(entry, timeZone),
      versions: list.items.map(({ number, act, authorName, at, restoredFrom }) => ({
        number,
        line: `**Version ${number}** · ${ACTS[act]}${byWhom(authorName)}`,
        when: `${frenchDateTime(at, timeZone)}${restoredFrom ? ` · d’après la version ${restoredFrom}` : ''}`,
        past: number !== entry.number,
      })),
      comparable: entry.number > 1,
      choices: numbers.map((value) => ({ title: `Version ${value}`, value })),
      oldest: String(Math.max(1, entry.number - 1)),
      newest: String(entry.number),
      ...pagingRow(list, 'versions'),
    },
  };
}

const shownField = (field: Difference['field'], text: string): string => {
  if (text === '') return '–';
  return field === 'review' ? frenchDay(text) : escapeMarkdown(shorten(text, 1_500));
};

/** Two versions of an entry, field by field: what was, and what is. */
export function comparisonCard(
  entry: EntryNow,
  before: Pick<EntryVersion, 'number'> & Words,
  after: Pick<EntryVersion, 'number'> & Words,
): Card {
  const changed = differences(before, after);
  return {
    template: 'knowledge/entry-compare',
    summary: `De la version ${before.number} à la version ${after.number} : ${count(changed.length, 'différence')}.`,
    view: {
      entry: entry.id,
      version: entry.number,
      number: before.number,
      heading: `De la version ${before.number} à la version ${after.number}`,
      title: escapeMarkdown(entry.title),
      same: changed.length === 0,
      fields: changed.map(({ field, before: was, after: is }) => ({
        name: FIELDS[field],
        was: shownField(field, was),
        is: shownField(field, is),
      })),
      restorable: before.number !== entry.number || entry.retired !== null,
      restore: `Rétablir la version ${before.number}`,
    },
  };
}

/** What goes with an entry that is withdrawn, to be confirmed. */
export function retireConfirmCard(entry: EntryNow, times: number, added: number): Card {
  const wordings = entry.alternates.length + added;
  return {
    template: 'knowledge/retire',
    summary: 'Retirer cette réponse ? Confirmez ou annulez.',
    view: {
      entry: entry.id,
      version: entry.number,
      title: escapeMarkdown(entry.title),
      goes: [
        wordings === 0
          ? 'Elle ne sera plus proposée à personne.'
          : `Elle ne sera plus proposée à personne, et ${count(wordings, 'formulation ne mènera', 'formulations ne mèneront')} plus à rien.`,
        times === 0
          ? 'Elle n’a répondu à aucune question gardée.'
          : `Elle a répondu à ${count(times, 'question gardée', 'questions gardées')} : les cartes déjà reçues, pressées de nouveau, diront qu’elle est retirée.`,
        'Vous pourrez la relire et la publier de nouveau pendant un an.',
      ].map((text) => ({ text })),
    },
  };
}

/** In place of an answer that is in force no more. */
export function withdrawnCard(question: string): Card {
  return {
    template: 'knowledge/withdrawn',
    summary:
      'Cette réponse n’est plus en vigueur : elle a été retirée. Cherchez de nouveau, ou demandez à une personne.',
    view: { question },
  };
}
