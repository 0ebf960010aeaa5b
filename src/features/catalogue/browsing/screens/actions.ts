import { showBeside } from '../../../../core/cards/redraw.ts';
import { notFound } from '../../../../core/errors.ts';
import { action, type Choice, creating } from '../../../../core/routes/turns.ts';
import { fold } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { ActionTurn, MessageTurn, Turn } from '../../../../core/turn.ts';
import { comparisonCard } from '../../asking/screens/comparison-card.ts';
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
  schema.Beside,
  showing((turn, view, { beside }) => showBeside(turn, cards.homeCard(view), beside)),
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

/** Names that hold what was typed so far; otherwise those that it may have meant. */
export function namesLike(text: string, view: CatalogueView): readonly Choice[] {
  const typed = fold(text);
  const all = cards.namesOf(view);
  const holding = all.filter(({ title }) => fold(title).includes(typed));
  if (holding.length > 0) return holding.toSorted((a, b) => startOf(b) - startOf(a));
  const meant = view.names.find(text);
  const names = new Set([
    ...(meant?.suppliers ?? []).flatMap((id) => view.supplier(id)?.supplier.name ?? []),
    ...(meant?.offers ?? []).flatMap((id) => view.offer(id)?.offer.name ?? []),
  ]);
  return all.filter(({ value }) => names.has(value));

  function startOf({ title }: Choice): number {
    return Number(fold(title).startsWith(typed));
  }
}

/** Offers that were ticked in a list, side by side. */
export const compare = action(
  'catalogue.compare',
  schema.Compare,
  showing((turn, view, { criteria, compared }, { catalogue }) => {
    const offers = compared.flatMap((id) => view.offer(id) ?? []);
    if (offers.length < compared.length) throw notFound();
    const { category, units } = criteria;
    const priced = { ...(category && { category }), ...(units && { units }) };
    turn.update(comparisonCard(view, offers, priced, catalogue.priceDays(), '', criteria));
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
