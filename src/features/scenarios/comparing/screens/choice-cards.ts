import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { count, escapeMarkdown, listed } from '../../../../core/text/text.ts';
import type { AcquisitionFile } from '../../../acquisitions/index.ts';
import type { Fiche } from '../../../catalogue/index.ts';
import { money, requestText, supplierName } from '../../texts.ts';
import { choiceMark, pricesSeen } from '../rules/seen-choice.ts';
import { type ChoiceStanding, type Figures, mayMeet } from '../rules/standing.ts';
import { authorizationMark } from '../store/authorizing.ts';
import type { ChoiceView } from '../store/choosing.ts';
import type { SealRow } from '../store/sealing.ts';

const PAGE = 5;
/** Suppliers among whom another choice is made at once; the comparison shows all. */
const MOST_OFFERED = 50;

/** A choice as it stands: what moved under it, what article 48 asks, what can be done now. */
export function choiceCard(view: ChoiceView, notice = ''): Card {
  const { file, choice, standing, settled, authorization, comparison, present, changes, movers } = view;
  const open = file.state === 'open' && !settled;
  const moved = changes.length > 0;
  const needed = !moved && !settled && standing?.demand === 'authorization';
  const authorized = needed && standing.authorized;
  return {
    template: 'scenarios/choice',
    summary: choice ? `Choix : ${choice.name}.${moved ? ' À confirmer.' : ''}` : 'Aucun choix encore.',
    view: {
      file: file.id,
      name: escapeMarkdown(file.name),
      ...noticeView(notice),
      chosen: choice !== undefined,
      unchosen: choice === undefined,
      supplier: choice ? escapeMarkdown(choice.name) : '',
      chosenSupplier: choice?.supplier ?? '',
      price: choice ? money(choice.priceCents) : '',
      on: choice ? `Choisi le ${frenchDay(choice.on)}, comparaison scellée.` : '',
      moved,
      changes: changes.map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
      movers: movers.map((text) => ({ text: escapeMarkdown(text) })),
      priced: moved && standing?.figures !== undefined,
      figures:
        moved && standing?.figures ? escapeMarkdown(figuresText(standing.figures, present.fiches)) : '',
      ruled: choice !== undefined && !moved,
      rule: standing && !moved ? ruleText(standing, settled) : '',
      keepable: moved && open && standing?.figures !== undefined,
      choosable: moved && open && (comparison?.suppliers.length ?? 0) > 0,
      standsOn: choiceMark(choice),
      keptSeen: comparison ? pricesSeen(comparison, choice?.supplier) : '',
      seen: pricesSeen({ suppliers: (comparison?.suppliers ?? []).slice(0, MOST_OFFERED) }),
      scenarios: (comparison?.suppliers ?? []).slice(0, MOST_OFFERED).map(({ supplier, priceCents }) => ({
        title: `${supplierName(present.fiches, supplier)} : ${money(priceCents)}`,
        value: supplier,
      })),
      unanswered: !moved && open && standing?.demand === 'answer',
      needed: needed && !authorized && open,
      authorized,
      correctable: authorized && open,
      reference: authorized ? (authorization?.reference ?? '') : '',
      date: authorized ? (authorization?.date ?? '') : '',
      showed: authorizationMark(authorized ? authorization : undefined),
      authorization:
        authorized && authorization
          ? `Autorisé le ${frenchDay(authorization.date)}, référence ${escapeMarkdown(authorization.reference)}.`
          : '',
      justifiable: needed,
      ready: open && standing !== undefined && mayMeet(standing),
      recompare: choice === undefined || (moved && standing?.figures === undefined),
      compare: moved ? 'Comparer de nouveau' : 'Comparaison',
      open: file.state === 'open',
    },
  };
}

/** « Aujourd’hui : 9 600,00 $, 2 400,00 $ de plus que le plus bas (bleuet inc.). » */
function figuresText({ priceCents, gapCents, lowest, cheapest }: Figures, fiches: readonly Fiche[]): string {
  const names = listed(cheapest.map((supplier) => supplierName(fiches, supplier)));
  return lowest
    ? `Aujourd’hui : ${money(priceCents)}, le prix le plus bas.`
    : `Aujourd’hui : ${money(priceCents)}, ${money(gapCents)} de plus que le plus bas (${names}).`;
}

/** What article 48 asks of a choice that stands (guide 3.4.3). */
function ruleText({ figures, demand }: ChoiceStanding, settled: boolean): string {
  if (settled) return 'Le contrat de ce dossier est noté.';
  if (!figures || figures.lowest)
    return 'C’est le prix le plus bas : aucune autorisation du dirigeant n’est nécessaire.';
  const gap = `Ce choix coûte ${money(figures.gapCents)} de plus que le plus bas.`;
  switch (demand) {
    case 'authorization':
      return `${gap} Votre organisation est assujettie à l’article 48 du RCTI : le dirigeant doit l’autoriser avant la signature, et avant la rencontre de démarrage.`;
    case 'answer':
      return `${gap} Dites si votre organisation est assujettie à l’article 48 du RCTI : le dirigeant doit alors l’autoriser.`;
    case 'nothing':
      return `${gap} Votre organisation n’est pas assujettie à l’article 48 du RCTI : son autorisation ne s’applique pas.`;
  }
}

export function sealsCard(
  file: AcquisitionFile,
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
      ...noticeView(notice),
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
