import type { Card } from '../../../../core/card.ts';
import { guideSource } from '../../../../core/guide/index.ts';
import { escapeMarkdown } from '../../../../core/text.ts';
import type { ConversationKind } from '../../../../core/turn.ts';
import type { CatalogueView } from '../../browsing/rules/view.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../fiche/rules/categories.ts';
import type { Subscription } from '../store/subscriptions.ts';

/** « Tout le catalogue », « Catégorie : Courriel », « Fournisseur : Nordet Infonuagique inc. ». */
export function topicName(kind: Subscription['topicKind'], topic: string, view: CatalogueView): string {
  if (kind === 'all') return 'Tout le catalogue';
  if (kind === 'category') return `Catégorie : ${CATEGORY_NAMES[topic as Category] ?? topic}`;
  return `Fournisseur : ${view.supplier(topic)?.supplier.name ?? topic}`;
}

const key = (kind: Subscription['topicKind'], topic: string) => (kind === 'all' ? 'all' : `${kind}:${topic}`);

export function subscriptionsCard(
  view: CatalogueView,
  held: readonly Subscription[],
  place: ConversationKind,
  notice = '',
): Card {
  const here = place !== 'personal';
  const followed = new Set(held.map(({ topicKind, topic }) => key(topicKind, topic)));
  const topics = [
    { title: 'Tout le catalogue', value: 'all' },
    ...CATEGORIES.map((id) => ({ title: `Catégorie : ${CATEGORY_NAMES[id]}`, value: `category:${id}` })),
    ...view.fiches.map(({ supplier }) => ({
      title: `Fournisseur : ${supplier.name}`,
      value: `supplier:${supplier.id}`,
    })),
  ];
  const heading = here ? 'Ce que suit cette conversation' : 'Ce que vous suivez';
  return {
    template: 'catalogue/subscriptions',
    summary: notice || heading,
    view: {
      heading,
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      empty: held.length === 0,
      none: here ? 'Rien pour le moment.' : 'Vous ne suivez rien pour le moment.',
      subscriptions: held.map(({ id, topicKind, topic }) => ({
        id,
        label: topicName(topicKind, topic, view),
        topic: escapeMarkdown(topicName(topicKind, topic, view)),
      })),
      topics: topics.filter(({ value }) => !followed.has(value)),
      help: `${here ? 'Seuls les membres de cette équipe changent cette liste. ' : ''}C’est la liste de diffusion du Courtier : elle dit qui est avisé quand une fiche change. Source : ${guideSource('3.2')}`,
    },
  };
}
