import { escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import type { AnyEntry, KnowledgeBase } from '../../answering/rules.ts';
import type { Asked } from '../store/own-requests.ts';
import type { Told } from '../store/staff-view.ts';

/** What was shown, in short. */
export const OUTCOMES: Record<NonNullable<Asked['outcome']>, string> = {
  answer: 'une réponse a été montrée',
  choice: 'des questions ont été proposées',
  none: "rien de sûr n'a été trouvé",
};
const SHOWN_WORDS = 500;

/** What somebody let the staff know of their question, a line each, in Markdown. */
export function contextLines(
  { asker, body, underWay }: Told,
  questionText: string,
  base: Pick<KnowledgeBase, 'entry'>,
): string[] {
  const quoted = (text: string) => `« ${escapeMarkdown(shorten(text, SHOWN_WORDS))} »`;
  return [
    body ? `Organisme : ${escapeMarkdown(body)}` : '',
    asker.text === questionText ? '' : `Ses mots : ${quoted(asker.text)}`,
    asker.question === null || asker.question === asker.text ? '' : `Sa question : ${quoted(asker.question)}`,
    asker.follows === null ? '' : `Juste avant : ${quoted(asker.follows)}`,
    shownLine(asker, base),
    underWay ? `Dossier : ${quoted(underWay.title)}, étape « ${escapeMarkdown(underWay.step)} »` : '',
  ].filter(Boolean);
}

/** « FAQ 9 », « section 3.4.3 »: where the staff find an entry. */
function placeOf({ reference }: Pick<AnyEntry, 'reference'>): string {
  if (reference === 'live') return "réponse de l'équipe";
  if (reference.startsWith('def:')) return 'glossaire';
  return /^\d/.test(reference) ? `section ${reference}` : reference;
}

/** « Réponse montrée : « Combien de temps dure un contrat ? » (FAQ 9) ». */
function shownLine(
  { outcome, shown }: Pick<Asked, 'outcome' | 'shown'>,
  base: Pick<KnowledgeBase, 'entry'>,
): string {
  const titles = (shown ?? []).map((id) => {
    const entry = base.entry(id);
    return entry ? `« ${escapeMarkdown(entry.title)} » (${placeOf(entry)})` : 'une réponse retirée depuis';
  });
  const list = titles.join(' ; ');
  switch (outcome) {
    case null:
      return '';
    case 'answer':
      return `Réponse montrée : ${list}`;
    case 'choice':
      return `Questions proposées : ${list}`;
    case 'none':
      return `Rien de sûr n'a été trouvé.${list ? ` Le plus proche : ${list}` : ''}`;
  }
}
