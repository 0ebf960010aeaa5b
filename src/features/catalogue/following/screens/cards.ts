import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageAt, pagingRow } from '../../../../core/cards/paging.ts';
import { guideSource } from '../../../../core/guide/index.ts';
import { escapeMarkdown } from '../../../../core/text/text.ts';
import type { ConversationKind } from '../../../../core/turn.ts';
import type { CatalogueView } from '../../browsing/rules/view.ts';
import { listName } from '../../browsing/screens/cards.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../fiche/rules/categories.ts';
import { listOfTopic } from '../../screens/schema.ts';
import type { FollowedNow, Subscription } from '../store/subscriptions.ts';

/** « Tout le catalogue », « Catégorie : Courriel », « Fournisseur : Nordet Infonuagique inc. ». */
export function topicName(kind: Subscription['topicKind'], topic: string, view: CatalogueView): string {
  if (kind === 'all') return 'Tout le catalogue';
  if (kind === 'category') return `Catégorie : ${CATEGORY_NAMES[topic as Category] ?? topic}`;
  if (kind === 'list') return `Liste : ${listName(listOfTopic(topic) ?? {})}`;
  return `Fournisseur : ${view.supplier(topic)?.supplier.name ?? topic}`;
}

/** The subscriptions of a card. */
export const ROWS = 6;

export interface Followings {
  readonly view: CatalogueView;
  readonly place: ConversationKind;
  readonly now: FollowedNow;
  readonly rows: readonly Subscription[];
  readonly page: number;
}

const of = (kind: 'category' | 'supplier', keys: readonly string[]): string[] =>
  keys.flatMap((key) => (key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []));

/** What is followed now, and the form in which several things are chosen at once. */
export function subscriptionsCard({ view, place, now, rows, page }: Followings, notice = ''): Card {
  const here = place !== 'personal';
  const heading = here ? 'Ce que suit cette conversation' : 'Ce que vous suivez';
  const suppliers = of('supplier', now.keys);
  const offered = new Set(view.fiches.map(({ supplier }) => supplier.id));
  return {
    template: 'catalogue/subscriptions',
    summary: notice || heading,
    view: {
      heading,
      ...noticeView(notice),
      empty: now.total === 0,
      none: `${here ? 'Rien pour le moment.' : 'Vous ne suivez rien pour le moment.'} Choisissez ci-dessous ce que vous voulez suivre.`,
      subscriptions: rows.map(({ id, topicKind, topic, pricesOnly }) => {
        const label = `${topicName(topicKind, topic, view)}${pricesOnly ? ' (prix seulement)' : ''}`;
        return { id, label, topic: escapeMarkdown(label) };
      }),
      everything: String(now.keys.includes('all')),
      categories: of('category', now.keys).join(','),
      suppliers: suppliers.join(','),
      prices: String(now.pricesOnly),
      seen: now.keys.filter((key) => !key.startsWith('list:')).join(','),
      categoryChoices: CATEGORIES.map((value) => ({ title: CATEGORY_NAMES[value], value })),
      supplierChoices: [
        ...view.fiches.map(({ supplier }) => ({ title: supplier.name, value: supplier.id })),
        // Followed, and not in the catalogue any more.
        ...suppliers.filter((id) => !offered.has(id)).map((id) => ({ title: id, value: id })),
      ],
      help: `${here ? 'Seuls les membres de cette équipe changent cette liste. ' : ''}C’est la liste de diffusion du Courtier : elle dit qui est avisé quand une fiche change. Source : ${guideSource('3.2')}`,
      ...pagingRow(pageAt(rows, page, now.total, ROWS), 'abonnements'),
    },
  };
}
