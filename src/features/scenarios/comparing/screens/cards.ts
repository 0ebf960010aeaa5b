import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { markOf } from '../../../../core/cards/showed.ts';
import { managementFee } from '../../../../core/text/money.ts';
import { capital, count, escapeMarkdown } from '../../../../core/text/text.ts';
import { categoriesOf } from '../../../catalogue/index.ts';
import { obstaclesOf } from '../../pricing/rules/eligibility.ts';
import { categoryList, money, obstacleText, perMilleText, requestText, supplierName } from '../../texts.ts';
import { barOf } from '../rules/bars.ts';
import { gapOf } from '../rules/figures.ts';
import { meetingOffers } from '../rules/meeting-offers.ts';
import { choiceMark, pricesSeen } from '../rules/seen-choice.ts';
import { type OwnTrial, variantsOf } from '../rules/what-if.ts';
import type { FileComparison } from '../store/comparing.ts';

const PAGE = 5;
/** Bars of the chart: more are not told apart on a phone. */
const MOST_BARS = 10;

/** What put the first supplier first. */
function decidedBy({ comparison, fiches }: FileComparison): string {
  const [first, second] = comparison.suppliers;
  if (!first)
    return 'Aucun fournisseur ne couvre tous vos besoins. Voyez pourquoi, ou revoyez vos exigences.';
  const ties = comparison.suppliers.filter(({ lowest }) => lowest).length;
  if (ties > 1) return `${ties} fournisseurs sont au prix le plus bas.`;
  if (!second) return `${supplierName(fiches, first.supplier)} est le seul à couvrir tous vos besoins.`;
  const gap = gapOf(second.priceCents, first.priceCents);
  const percent = gap.perMille === undefined ? '' : ` (${perMilleText(gap.perMille)})`;
  return `${supplierName(fiches, first.supplier)} est le moins cher : le suivant coûte ${money(gap.cents)} de plus${percent}.`;
}

/** What the budget allows, in one line; nothing when it was not said. */
function budgetText({ comparison, budgetCents }: FileComparison): string {
  if (budgetCents === undefined) return '';
  const { length } = comparison.suppliers;
  const within = comparison.suppliers.filter(({ priceCents }) => priceCents <= budgetCents).length;
  const which =
    within === 0
      ? 'aucun scénario n’y tient'
      : within === length
        ? 'tous les scénarios y tiennent'
        : `${count(within, 'scénario')} sur ${length} y ${within === 1 ? 'tient' : 'tiennent'}`;
  return `Budget, le trait sur les barres : ${money(budgetCents)} ; ${which}.`;
}

/** How far from the budget a price is. */
function withinText(priceCents: bigint, budgetCents: bigint | undefined): string {
  if (budgetCents === undefined) return '';
  const left = budgetCents - priceCents;
  if (left === 0n) return 'Égal au budget';
  return left > 0n ? `${money(left)} sous le budget` : `Dépasse le budget de ${money(-left)}`;
}

export function comparisonCard(
  held: FileComparison,
  wanted: number,
  feePercent: string | undefined,
  notice = '',
): Card {
  const { file, request, comparison, fiches, samples, choice, budgetCents } = held;
  const page = pageOf(comparison.suppliers, wanted, PAGE);
  const lowest = comparison.suppliers[0]?.priceCents ?? 0n;
  const highest = comparison.suppliers.at(-1)?.priceCents ?? 0n;
  const longest = budgetCents !== undefined && budgetCents > highest ? budgetCents : highest;
  const across = comparison.acrossSuppliers;
  const cheaperAcross = across !== null && across.contracts > 1 && across.priceCents < lowest;
  return {
    template: 'scenarios/comparison',
    summary: `Comparaison : ${decidedBy(held)}`,
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      sample: samples,
      ...noticeView(notice),
      request: requestText(request),
      decided: escapeMarkdown(decidedBy(held)),
      budget: budgetText(held),
      budgeted: budgetCents !== undefined && comparison.suppliers.length > 0,
      showed: choiceMark(choice),
      seen: pricesSeen(comparison),
      all: comparison.suppliers.map(({ supplier, priceCents }) => ({
        title: `${supplierName(fiches, supplier)} – ${money(priceCents)}`,
        value: supplier,
      })),
      scenarios: page.items.map(({ supplier, priceCents, offers }, at) => {
        const gap = gapOf(priceCents, lowest);
        return {
          file: file.id,
          supplier,
          label: supplierName(fiches, supplier),
          title: `${(page.page - 1) * PAGE + at + 1} · ${escapeMarkdown(supplierName(fiches, supplier))}`,
          price: money(priceCents),
          gap:
            gap.cents === 0n
              ? 'Le plus bas'
              : `${money(gap.cents)} de plus${gap.perMille === undefined ? '' : ` (${perMilleText(gap.perMille)})`}`,
          offers: count(Object.keys(offers).length, 'offre'),
          segments: barOf(priceCents, longest, budgetCents),
          budgeted: budgetCents !== undefined,
          within: withinText(priceCents, budgetCents),
          chosen: choice?.supplier === supplier,
        };
      }),
      // In whole dollars: a chart writes decimals the English way, and the exact figures stand beside the bars.
      chart: comparison.suppliers.slice(0, MOST_BARS).map(({ supplier, priceCents }) => ({
        name: supplierName(fiches, supplier),
        dollars: Math.round(Number(priceCents) / 100),
      })),
      excluded: `${count(comparison.excluded.length, 'fournisseur')} sans scénario complet`,
      hasExcluded: comparison.excluded.length > 0,
      across: cheaperAcross
        ? `Pour information : en combinant ${across.contracts} fournisseurs, donc ${across.contracts} contrats, le prix serait de ${money(across.priceCents)}.`
        : '',
      hasAcross: cheaperAcross,
      fee:
        feePercent && comparison.suppliers.length > 0
          ? `À part, frais de gestion du Courtier (${feePercent.replace('.', ',')} %) : ${money(managementFee(lowest, feePercent))} sur le plus bas.`
          : '',
      hasFee: feePercent !== undefined && comparison.suppliers.length > 0,
      any: comparison.suppliers.length > 0,
      open: file.state === 'open',
      ...pagingRow(page, 'scénarios'),
    },
  };
}

/** The suppliers without a scenario, and why. */
export function excludedCard({ file, comparison, fiches }: FileComparison, wanted: number): Card {
  const page = pageOf(comparison.excluded, wanted, PAGE);
  return {
    template: 'scenarios/excluded',
    summary: 'Les fournisseurs sans scénario complet, et pourquoi.',
    view: {
      file: file.id,
      suppliers: page.items.map(({ supplier, missing, offers }) => {
        const fiche = fiches.find((each) => each.supplier.id === supplier);
        const telling = offers.filter(({ obstacles }) => obstacles.some(({ kind }) => kind !== 'categories'));
        return {
          name: escapeMarkdown(supplierName(fiches, supplier)),
          missing: `Il manque : ${categoryList(missing)}.`,
          reasons: telling.slice(0, 5).map(({ offer, obstacles }) => ({
            text: `• ${escapeMarkdown(fiche?.offers.find(({ id }) => id === offer)?.name ?? offer)} : ${escapeMarkdown(obstacles.map(obstacleText).join(' ; '))}.`,
          })),
        };
      }),
      ...pagingRow(page, 'fournisseurs'),
    },
  };
}

/** The offers that meet the needs, and for each other one, the reason and its value (guide 3.3). */
export function shortlistCard(
  { file, request, fiches, samples }: FileComparison,
  wanted: number,
  notice = '',
): Card {
  const wantedCategories = new Set(request.needs.map(({ category }) => category as string));
  const all = fiches
    .flatMap((fiche) =>
      fiche.offers.map((offer) => ({ fiche, offer, obstacles: obstaclesOf(offer, request) })),
    )
    .filter(
      ({ offer }) =>
        offer.status !== 'withdrawn' && categoriesOf(offer).some((id) => wantedCategories.has(id)),
    )
    .sort(
      (a, b) => a.obstacles.length - b.obstacles.length || a.offer.name.localeCompare(b.offer.name, 'fr'),
    );
  const meeting = all.filter(({ obstacles }) => obstacles.length === 0).length;
  const page = pageOf(all, wanted, PAGE);
  const heading = `${count(meeting, 'offre conforme', 'offres conformes')} sur ${all.length}`;
  return {
    template: 'scenarios/shortlist',
    summary: heading,
    view: {
      file: file.id,
      sample: samples,
      heading,
      ...noticeView(notice),
      showed: markOf(meetingOffers(request, fiches)),
      offers: page.items.map(({ fiche, offer, obstacles }) => ({
        offer: offer.id,
        label: offer.name,
        name: escapeMarkdown(offer.name),
        supplier: escapeMarkdown(fiche.supplier.name),
        verdict:
          obstacles.length === 0
            ? `Conforme. Couvre ${categoryList(categoriesOf(offer).filter((id) => wantedCategories.has(id)))}.`
            : `Écartée : ${escapeMarkdown(obstacles.map(obstacleText).join(' ; '))}.`,
      })),
      some: meeting > 0 && file.state === 'open',
      ...pagingRow(page, 'offres'),
    },
  };
}

/** « Et si » : one thing changed at a time. */
export function whatIfCard(
  { file, request, fiches, samples, comparison }: FileComparison,
  own: OwnTrial = {},
): Card {
  const variants = variantsOf(request, fiches, own);
  const [winner] = comparison.suppliers;
  const changing = variants.filter(({ changesWinner }) => changesWinner);
  return {
    template: 'scenarios/what-if',
    summary: `Et si ? ${count(changing.length, 'changement')} sur ${variants.length} ${changing.length < 2 ? 'donnerait' : 'donneraient'} un autre premier.`,
    view: {
      file: file.id,
      sample: samples,
      now: winner
        ? `Aujourd’hui : ${escapeMarkdown(supplierName(fiches, winner.supplier))}, ${money(winner.priceCents)}.`
        : 'Aujourd’hui : aucun scénario complet.',
      answer:
        changing.length === 0
          ? 'Aucun de ces changements, seul, ne donnerait un autre premier.'
          : `Un autre serait premier ${changing.map(({ label }) => label).join(', ')}.`,
      months: own.months === undefined ? '' : String(own.months),
      percent: own.percent === undefined ? '' : String(own.percent),
      variants: variants.map(({ label, supplier, priceCents, changesWinner }) => ({
        label: capital(label),
        winner: supplier ? escapeMarkdown(supplierName(fiches, supplier)) : 'Aucun',
        price: priceCents === undefined ? '–' : money(priceCents),
        changes: changesWinner,
      })),
    },
  };
}
