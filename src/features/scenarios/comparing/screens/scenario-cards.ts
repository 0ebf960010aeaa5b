import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { guideSource } from '../../../../core/guide/index.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { detailOf } from '../../pricing/rules/detail.ts';
import { categoryList, money, obstacleText, requestText } from '../../texts.ts';
import { choiceMark, pricesSeen } from '../rules/seen-choice.ts';
import type { FileComparison } from '../store/comparing.ts';

export function scenarioCard(held: FileComparison, supplier: string): Card | undefined {
  const { file, request, comparison, fiches, samples, bound, choice } = held;
  const scenario = comparison.suppliers.find((each) => each.supplier === supplier);
  const fiche = fiches.find((each) => each.supplier.id === supplier);
  if (!scenario || !fiche) return undefined;
  const detail = detailOf(request, fiche, scenario.offers);
  const offerName = (id: string) => fiche.offers.find((offer) => offer.id === id)?.name ?? id;
  const componentName = (id: string, component: string) =>
    fiche.offers.find((offer) => offer.id === id)?.components.find((each) => each.id === component)?.name ??
    component;
  const rule = scenario.lowest
    ? 'Prix le plus bas : aucune autorisation du dirigeant n’est nécessaire.'
    : bound === 'no'
      ? 'Ce n’est pas le prix le plus bas.'
      : bound === 'yes'
        ? 'Ce n’est pas le prix le plus bas : l’autorisation du dirigeant sera nécessaire avant la signature (article 48 du RCTI).'
        : 'Ce n’est pas le prix le plus bas : si l’article 48 du RCTI s’applique à vous, l’autorisation du dirigeant sera nécessaire avant la signature.';
  return {
    template: 'scenarios/scenario',
    summary: `${fiche.supplier.name} : ${money(scenario.priceCents)}.`,
    view: {
      file: file.id,
      supplier,
      showed: choiceMark(choice),
      seen: pricesSeen(comparison, supplier),
      sample: samples,
      name: escapeMarkdown(fiche.supplier.name),
      price: money(scenario.priceCents),
      request: requestText(request),
      offers: detail.offers.map(
        ({ offer, categories, components, unitsByMonth, entryFeeCents, exitFeeCents }) => ({
          name: escapeMarkdown(offerName(offer)),
          covers: `Couvre ${categoryList(categories)}.`,
          billed: `${rangeText(unitsByMonth)} par mois, ${count(unitsByMonth.length, 'mois facturé', 'mois facturés')}.`,
          extras: [
            components.length > 0 &&
              `Composantes : ${components.map((id) => componentName(offer, id)).join(', ')}.`,
            entryFeeCents > 0n && `Frais d’entrée : ${money(entryFeeCents)}.`,
            exitFeeCents > 0n && `Frais de sortie : ${money(exitFeeCents)}.`,
          ]
            .filter(Boolean)
            .map((text) => escapeMarkdown(String(text)))
            .join(' '),
        }),
      ),
      years: detail.centsByYear.map((cents, at) => ({ year: `Année ${at + 1}`, cents: money(cents) })),
      unused: detail.unused.slice(0, 8).map(({ offer, obstacles }) => ({
        text: `• ${escapeMarkdown(offerName(offer))} : ${escapeMarkdown(
          obstacles.length > 0
            ? obstacles.map(obstacleText).join(' ; ')
            : 'une autre combinaison est moins chère',
        )}.`,
      })),
      hasUnused: detail.unused.length > 0,
      rule,
      version: `Fiche du ${frenchDay(scenario.version)} · ${guideSource('3.4.1', '3.4.3')}`,
      open: file.state === 'open',
    },
  };
}

/** « 120 unités facturées », « de 40 à 60 unités facturées ». */
function rangeText(units: readonly number[]): string {
  const [least, most] = [Math.min(...units), Math.max(...units)];
  return least === most
    ? count(most, 'unité facturée', 'unités facturées')
    : `De ${least.toLocaleString('fr-CA')} à ${count(most, 'unité facturée', 'unités facturées')}`;
}

const MONTHS_SHOWN = 12;

/** What a scenario bills month by month, a contract year a page. */
export function monthsCard(held: FileComparison, supplier: string, wanted: number): Card | undefined {
  const { file, request, comparison, fiches } = held;
  const scenario = comparison.suppliers.find((each) => each.supplier === supplier);
  const fiche = fiches.find((each) => each.supplier.id === supplier);
  if (!scenario || !fiche) return undefined;
  const { offers } = detailOf(request, fiche, scenario.offers);
  const months = Math.max(...offers.map(({ unitsByMonth }) => unitsByMonth.length));
  const pages = Math.ceil(months / MONTHS_SHOWN);
  const page = Math.min(Math.max(1, wanted), pages);
  const shown = Array.from(
    { length: Math.min(MONTHS_SHOWN, months - (page - 1) * MONTHS_SHOWN) },
    (_, at) => (page - 1) * MONTHS_SHOWN + at,
  );
  return {
    template: 'scenarios/months',
    summary: `${fiche.supplier.name}, année ${page} : ce qui est facturé chaque mois.`,
    view: {
      file: file.id,
      supplier,
      name: escapeMarkdown(fiche.supplier.name),
      year: `Année ${page} de ${pages}`,
      months: shown.map((month) => ({
        month: `Mois ${month + 1}`,
        units: offers
          .map(({ unitsByMonth }) => (unitsByMonth[month] ?? 0).toLocaleString('fr-CA'))
          .join(' + '),
        cents: money(offers.reduce((sum, { centsByMonth }) => sum + (centsByMonth[month] ?? 0n), 0n)),
      })),
      offers: `Unités, dans l’ordre : ${escapeMarkdown(offers.map(({ offer }) => fiche.offers.find(({ id }) => id === offer)?.name ?? offer).join(' + '))}. Sans les frais d’entrée et de sortie.`,
      paged: pages > 1,
      position: `Année ${page} de ${pages}`,
      hasPrevious: page > 1,
      hasNext: page < pages,
      previous: page - 1,
      next: page + 1,
    },
  };
}
