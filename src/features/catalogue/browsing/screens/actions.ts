import { brokerDate } from '../../../../core/business-days.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { action, creating } from '../../../../core/feature.ts';
import type { ActionTurn, MessageTurn, Turn } from '../../../../core/turn.ts';
import { CATEGORIES } from '../../fiche/rules/categories.ts';
import { subscriptionsCard, topicName } from '../../following/screens/cards.ts';
import * as schema from '../../screens/schema.ts';
import type { CatalogueView } from '../rules/view.ts';
import * as cards from './cards.ts';
import { differenceCard, historyCard } from './change-cards.ts';
import { offerCard, supplierCard } from './offer-cards.ts';
import type { CatalogueServices } from './services.ts';

/** `catalogue`: its categories, to begin with. */
export async function openCatalogue(turn: MessageTurn, { catalogue }: CatalogueServices): Promise<void> {
  await turn.reply(cards.homeCard(await catalogue.current()));
}

type Show<I> = (turn: ActionTurn, view: CatalogueView, input: I, services: CatalogueServices) => unknown;

/** The handlers that only read: the card that was pressed becomes the one that was asked for. */
const showing =
  <I>(show: Show<I>) =>
  async (turn: ActionTurn, input: I, services: CatalogueServices): Promise<void> =>
    void (await show(turn, await services.catalogue.current(), input, services));

export const home = action(
  'catalogue.home',
  schema.Nothing,
  showing((turn, view) => turn.update(cards.homeCard(view))),
);

export const browse = action(
  'catalogue.browse',
  schema.Browse,
  showing((turn, view, { criteria, page }, { catalogue }) =>
    turn.update(cards.offersCard(view, criteria, page, catalogue.priceDays())),
  ),
);

export const filters = action(
  'catalogue.filters',
  schema.Filters,
  showing((turn, view, { criteria }) => turn.update(cards.filtersCard(view, criteria))),
);

export const filter = action(
  'catalogue.filter',
  schema.FilterForm,
  showing((turn, view, criteria, { catalogue }) =>
    turn.update(cards.offersCard(view, criteria, 1, catalogue.priceDays())),
  ),
);

export const search = action(
  'catalogue.search',
  schema.Search,
  showing((turn, view, { words }) => {
    if (!words.trim()) return turn.notify('Écrivez un nom, même approximatif.');
    const named = view.names.find(words);
    if (!named)
      return turn.notify('Aucun fournisseur ni aucune offre ne porte ce nom. Essayez « Toutes les offres ».');
    return turn.update(cards.namedCard(view, named));
  }),
);

export const offer = action(
  'catalogue.offer',
  schema.Offer,
  showing((turn, view, { offer: id }) => {
    const found = view.offer(id);
    if (!found) throw notFound();
    turn.update(offerCard(view, found));
  }),
);

export const supplier = action(
  'catalogue.supplier',
  schema.SupplierPage,
  showing((turn, view, { supplier: id, page }) => {
    const found = view.supplier(id);
    if (!found) throw notFound();
    turn.update(supplierCard(view, found, page));
  }),
);

export const suppliers = action(
  'catalogue.suppliers',
  schema.Suppliers,
  showing((turn, view, { page, criteria }) => turn.update(cards.suppliersCard(view, page, criteria))),
);

export const summary = action(
  'catalogue.summary',
  schema.ListPage,
  showing((turn, view, { page }) => turn.update(cards.summaryCard(view, page))),
);

/** The summary table as a file: a link that is good for a quarter of an hour. */
export const exportSummary = creating(
  'catalogue.export',
  {
    uncounted:
      'A link to a table that is the same for everybody; it is forgotten after a quarter of an hour.',
  },
  schema.Nothing,
  async (turn, _input, { links, clock }: CatalogueServices) => {
    const url = await links.issueOnce(turn.effect, 'catalogueSummary', {});
    await turn.reply(cards.exportLinkCard(url, brokerDate(clock.now()).toString()));
    turn.notify('Le lien est ci-dessous.');
  },
);

/** Versions to come are the staff's, among themselves: everyone learns them on their day (rule 3 of publication). */
const seesUpcoming = async (
  { person, conversation }: Turn,
  { people }: CatalogueServices,
): Promise<boolean> => conversation.kind === 'personal' && (await people.may(person, 'staff'));

export const history = action(
  'catalogue.history',
  schema.SupplierPage,
  showing(async (turn, view, { supplier: id, page }, services) => {
    const all = await seesUpcoming(turn, services);
    const lines = (await services.catalogue.history(id)).filter(({ state }) => all || state !== 'upcoming');
    const [newest] = lines;
    const fiche = newest && (await services.catalogue.difference(id, newest.version))?.fiche;
    if (!fiche) throw notFound();
    turn.update(historyCard(view.samples, fiche.supplier, lines, page));
  }),
);

export const difference = action(
  'catalogue.difference',
  schema.Difference,
  showing(async (turn, view, { supplier: id, version, page }, services) => {
    const found = await services.catalogue.difference(id, version);
    const toCome = version > brokerDate(services.clock.now()).toString();
    if (!found || (toCome && !(await seesUpcoming(turn, services)))) throw notFound();
    turn.update(differenceCard(view.samples, found.fiche, found.difference, page));
  }),
);

/** The card of what a person, or a channel, follows. */
async function followed(turn: Turn, { catalogue }: CatalogueServices, notice = '') {
  const [view, held] = await Promise.all([
    catalogue.current(),
    catalogue.subscriptions.subscriptionsOf(turn),
  ]);
  return subscriptionsCard(view, held, turn.conversation.kind, notice);
}

export async function listSubscriptions(turn: MessageTurn, services: CatalogueServices): Promise<void> {
  await turn.reply(await followed(turn, services));
}

export const subscriptions = action(
  'catalogue.subscriptions',
  schema.Nothing,
  async (turn, _input, services: CatalogueServices) => turn.update(await followed(turn, services)),
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

export const unsubscribe = action(
  'catalogue.unsubscribe',
  schema.Unsubscribe,
  async (turn, { subscription }, services: CatalogueServices) => {
    const ended = await services.catalogue.subscriptions.unsubscribe(turn, subscription);
    turn.update(await followed(turn, services, ended ? 'C’est retiré de la liste.' : 'C’était déjà retiré.'));
  },
);
