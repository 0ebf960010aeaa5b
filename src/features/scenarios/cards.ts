import type { Card } from '../../core/card.ts';
import { frenchDay } from '../../core/clock.ts';
import { pageOf, pagingRow } from '../../core/paging.ts';
import { count, escapeMarkdown } from '../../core/text.ts';
import { CATEGORIES, CATEGORY_NAMES, categoriesOf, type Fiche } from '../catalogue/index.ts';
import { detailOf } from './detail.ts';
import { obstaclesOf } from './eligibility.ts';
import { gapOf, managementFee } from './figures.ts';
import type { PricingRequest } from './request.ts';
import { type FileComparison, needsAuthorization, type SealRow } from './service.ts';
import { variantsOf } from './what-if.ts';
import { categoryList, money, obstacleText, perMilleText } from './wording.ts';

const PAGE = 5;

const nameOf = (fiches: readonly Fiche[], supplier: string): string =>
  fiches.find((fiche) => fiche.supplier.id === supplier)?.supplier.name ?? supplier;

const requestText = ({ durationMonths, needs }: PricingRequest): string =>
  `${durationMonths} mois · ${categoryList(CATEGORIES.filter((id) => needs.some(({ category }) => category === id)))}`;

/** What put the first supplier first. */
function decidedBy({ comparison, fiches }: FileComparison): string {
  const [first, second] = comparison.suppliers;
  if (!first)
    return 'Aucun fournisseur ne couvre tous vos besoins. Voyez pourquoi, ou revoyez vos exigences.';
  const ties = comparison.suppliers.filter(({ lowest }) => lowest).length;
  if (ties > 1) return `${ties} fournisseurs sont au prix le plus bas.`;
  if (!second) return `${nameOf(fiches, first.supplier)} est le seul à couvrir tous vos besoins.`;
  const gap = gapOf(second.priceCents, first.priceCents);
  const percent = gap.perMille === undefined ? '' : ` (${perMilleText(gap.perMille)})`;
  return `${nameOf(fiches, first.supplier)} est le moins cher : le suivant coûte ${money(gap.cents)} de plus${percent}.`;
}

export function comparisonCard(
  held: FileComparison,
  wanted: number,
  feePercent: string | undefined,
  notice = '',
): Card {
  const { file, request, comparison, fiches, samples, choice } = held;
  const page = pageOf(comparison.suppliers, wanted, PAGE);
  const lowest = comparison.suppliers[0]?.priceCents ?? 0n;
  const highest = comparison.suppliers.at(-1)?.priceCents ?? 0n;
  const across = comparison.acrossSuppliers;
  const cheaperAcross = across !== null && across.contracts > 1 && across.priceCents < lowest;
  return {
    template: 'scenarios/comparison',
    summary: `Comparaison : ${decidedBy(held)}`,
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      sample: samples,
      notice: escapeMarkdown(notice),
      noticed: notice !== '',
      request: requestText(request),
      decided: escapeMarkdown(decidedBy(held)),
      scenarios: page.items.map(({ supplier, priceCents, offers }, at) => {
        const gap = gapOf(priceCents, lowest);
        const width = highest === 0n ? 100 : Math.max(1, Number((priceCents * 100n) / highest));
        return {
          file: file.id,
          supplier,
          label: nameOf(fiches, supplier),
          title: `${(page.page - 1) * PAGE + at + 1} · ${escapeMarkdown(nameOf(fiches, supplier))}`,
          price: money(priceCents),
          gap:
            gap.cents === 0n
              ? 'Le plus bas'
              : `${money(gap.cents)} de plus${gap.perMille === undefined ? '' : ` (${perMilleText(gap.perMille)})`}`,
          offers: count(Object.keys(offers).length, 'offre'),
          width,
          rest: Math.max(1, 100 - width),
          partial: width < 100,
          chosen: choice?.supplier === supplier,
        };
      }),
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

export function scenarioCard(held: FileComparison, supplier: string): Card | undefined {
  const { file, request, comparison, fiches, samples, rcti } = held;
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
    : rcti === true
      ? 'Ce n’est pas le prix le plus bas : l’autorisation du dirigeant sera nécessaire avant la signature (article 48 du RCTI).'
      : 'Ce n’est pas le prix le plus bas.';
  return {
    template: 'scenarios/scenario',
    summary: `${fiche.supplier.name} : ${money(scenario.priceCents)}.`,
    view: {
      file: file.id,
      supplier,
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
              `Composants : ${components.map((id) => componentName(offer, id)).join(', ')}.`,
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
      version: `Fiche du ${frenchDay(scenario.version)} · Guide, sections 3.4.1 et 3.4.3`,
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
          name: escapeMarkdown(nameOf(fiches, supplier)),
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
export function shortlistCard({ file, request, fiches, samples }: FileComparison, wanted: number): Card {
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
export function whatIfCard({ file, request, fiches, samples, comparison }: FileComparison): Card {
  const variants = variantsOf(request, fiches);
  const [winner] = comparison.suppliers;
  const changing = variants.filter(({ changesWinner }) => changesWinner);
  return {
    template: 'scenarios/what-if',
    summary: `Et si ? ${changing.length} changement(s) sur ${variants.length} donneraient un autre premier.`,
    view: {
      file: file.id,
      sample: samples,
      now: winner
        ? `Aujourd’hui : ${escapeMarkdown(nameOf(fiches, winner.supplier))}, ${money(winner.priceCents)}.`
        : 'Aujourd’hui : aucun scénario complet.',
      answer:
        changing.length === 0
          ? 'Aucun de ces changements, seul, ne donnerait un autre premier.'
          : `Un autre serait premier ${changing.map(({ label }) => label).join(', ')}.`,
      variants: variants.map(({ label, supplier, priceCents, changesWinner }) => ({
        label: label.charAt(0).toUpperCase() + label.slice(1),
        winner: supplier ? escapeMarkdown(nameOf(fiches, supplier)) : 'Aucun',
        price: priceCents === undefined ? '–' : money(priceCents),
        changes: changesWinner,
      })),
    },
  };
}

export function choiceCard({ file, choice, authorization, rcti }: FileComparison, notice = ''): Card {
  const needed = choice !== undefined && needsAuthorization(choice, rcti);
  return {
    template: 'scenarios/choice',
    summary: choice ? `Choix : ${choice.name}.` : 'Aucun choix encore.',
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      notice,
      noticed: notice !== '',
      chosen: choice !== undefined,
      unchosen: choice === undefined,
      supplier: choice ? escapeMarkdown(choice.name) : '',
      price: choice ? money(choice.priceCents) : '',
      on: choice ? `Choisi le ${frenchDay(choice.on)}, comparaison scellée.` : '',
      rule: !choice
        ? ''
        : choice.lowest
          ? 'C’est le prix le plus bas : aucune autorisation du dirigeant n’est nécessaire.'
          : needed
            ? `Ce choix coûte ${money(choice.gapCents)} de plus que le plus bas. Votre organisation est soumise au RCTI : le dirigeant doit l’autoriser avant la signature, et avant la rencontre de démarrage.`
            : `Ce choix coûte ${money(choice.gapCents)} de plus que le plus bas. Votre organisation n’est pas soumise au RCTI : l’autorisation de l’article 48 ne s’applique pas.`,
      needed: needed && !authorization,
      authorized: authorization !== undefined && needed,
      authorization: authorization
        ? `Autorisé le ${frenchDay(authorization.date)}, référence ${escapeMarkdown(authorization.reference)}.`
        : '',
      justifiable: needed,
      ready: choice !== undefined && (!needed || authorization !== undefined),
      open: file.state === 'open',
    },
  };
}

export function sealsCard(
  { file }: FileComparison,
  seals: readonly SealRow[],
  wanted: number,
  notice = '',
): Card {
  const page = pageOf(seals, wanted, PAGE);
  return {
    template: 'scenarios/seals',
    summary: `${count(seals.length, 'comparaison scellée', 'comparaisons scellées')}.`,
    view: {
      file: file.id,
      notice,
      noticed: notice !== '',
      empty: seals.length === 0,
      seals: page.items.map(({ id, hash, record }) => ({
        file: file.id,
        seal: id,
        date: `Calculée le ${frenchDay(record.asOf)}`,
        request: requestText(record.request),
        hash: `Empreinte ${hash.slice(0, 16)}…`,
      })),
      ...pagingRow(page, 'comparaisons'),
    },
  };
}

export const linkCard = (url: string, what: string, button: string): Card => ({
  template: 'scenarios/link',
  summary: `${what} est prêt à télécharger.`,
  view: { url, what, button },
});

/** The names of categories, for documents. */
export const categoryNames = (request: PricingRequest): string =>
  CATEGORIES.filter((id) => request.needs.some(({ category }) => category === id))
    .map((id) => CATEGORY_NAMES[id])
    .join(', ');
