import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { redraws, showBeside } from '../../../../core/cards/redraw.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn, MessageTurn, Turn } from '../../../../core/turn.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import { CATEGORIES } from '../../fiche/rules/categories.ts';
import * as schema from '../../screens/schema.ts';
import type { Followed } from '../store/subscriptions.ts';
import { ROWS, subscriptionsCard, topicName } from './cards.ts';

/** The card of what a person, or a channel, follows. */
async function followed(turn: Turn, { catalogue }: CatalogueServices, notice = '', wanted = 1) {
  const { subscriptions } = catalogue;
  const [view, now] = await Promise.all([catalogue.current(), subscriptions.followedNow(turn)]);
  const page = nearestPage(wanted, now.total, ROWS);
  const rows = await subscriptions.subscriptionsPage(turn, page, ROWS);
  return subscriptionsCard({ view, place: turn.conversation.kind, now, rows, page }, notice);
}

export async function listSubscriptions(turn: MessageTurn, services: CatalogueServices): Promise<void> {
  await turn.reply(await followed(turn, services));
}

export const subscriptions = action(
  'catalogue.subscriptions',
  schema.SubscriptionsPage,
  async (turn, { beside, page }, services: CatalogueServices) =>
    showBeside(turn, await followed(turn, services, '', page), beside),
);

const topicsOf = ({ everything, categories, suppliers }: schema.Choose): Followed[] => [
  ...(everything ? [{ kind: 'all' as const, id: 'all' }] : []),
  ...categories.map((id) => ({ kind: 'category' as const, id })),
  ...suppliers.map((id) => ({ kind: 'supplier' as const, id })),
];

/** What was ticked when the form was drawn. */
const seenIn = (keys: readonly string[]): Followed[] =>
  keys.flatMap((key) => {
    const { data } = schema.Topic.safeParse(key);
    return data ? [{ kind: data.kind, id: data.kind === 'all' ? 'all' : data.id }] : [];
  });

const without = (these: readonly Followed[], others: readonly Followed[]): Followed[] =>
  these.filter(({ kind, id }) => !others.some((other) => other.kind === kind && other.id === id));

async function choose(turn: ActionTurn, form: schema.Choose, { catalogue }: CatalogueServices) {
  const [ticked, seen] = [topicsOf(form), seenIn(form.seen)];
  const add = without(ticked, seen);
  const view = await catalogue.current();
  if (add.some(({ kind, id }) => kind === 'supplier' && !view.supplier(id)))
    throw new CourtierError('invalid', 'Choisissez dans la liste ce que vous voulez suivre.');
  await catalogue.subscriptions.choose(turn, {
    add,
    end: without(seen, ticked),
    pricesOnly: form.prices,
  });
}

const asItStands = (turn: ActionTurn, _input: unknown, services: CatalogueServices, word: string) =>
  followed(turn, services, word);

/** All that is followed, chosen in one form. */
export const chooseFollowed = forgiving(
  comesBack(schema.Nothing, asItStands),
  action('catalogue.chooseFollowed', schema.Choose, redraws(choose, asItStands, 'C’est noté.')),
);

export const subscribe = action(
  'catalogue.subscribe',
  schema.Subscribe,
  async (turn, { topic }, services: CatalogueServices) => {
    const view = await services.catalogue.current();
    const known =
      topic.kind === 'all' ||
      (topic.kind === 'category'
        ? CATEGORIES.some((id) => id === topic.id)
        : view.supplier(topic.id) !== undefined);
    if (!known) throw new CourtierError('invalid', 'Choisissez dans la liste ce que vous voulez suivre.');
    await services.catalogue.subscriptions.subscribe(turn, topic);
    turn.update(await followed(turn, services, `C’est noté : ${topicName(topic.kind, topic.id, view)}`));
  },
);

/** A list of offers is followed as it is narrowed: one of a category alone, as its category. */
export const follow = action(
  'catalogue.follow',
  schema.Follow,
  async (turn, { criteria }, services: CatalogueServices) => {
    const view = await services.catalogue.current();
    const { category } = criteria;
    const topic =
      category && schema.listTopic(criteria) === schema.listTopic({ category })
        ? { kind: 'category' as const, id: category }
        : { kind: 'list' as const, id: schema.listTopic(criteria) };
    await services.catalogue.subscriptions.subscribe(turn, topic);
    turn.update(await followed(turn, services, `C’est noté : ${topicName(topic.kind, topic.id, view)}`));
  },
);

export const unsubscribe = action(
  'catalogue.unsubscribe',
  schema.Unsubscribe,
  async (turn, { subscription }, services: CatalogueServices) => {
    const ended = await services.catalogue.subscriptions.unsubscribe(turn, subscription);
    turn.update(await followed(turn, services, ended ? 'C’est retiré de la liste.' : 'C’était déjà retiré.'));
  },
);
