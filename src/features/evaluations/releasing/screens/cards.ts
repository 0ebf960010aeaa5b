import type { Card } from '../../../../core/card.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { type Page, pagingRow } from '../../../../core/cards/paging.ts';
import { progressBar } from '../../../../core/cards/progress.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import {
  concerns,
  keyOfSheet,
  marksOf,
  type Sheet,
  type SheetAct,
  type SheetFilter,
} from '../rules/sheets.ts';
import type { SheetOrder } from '../store/orders.ts';
import type { SheetList } from '../store/sheet-list.ts';
import { filterWord } from './schema.ts';
import { LEAVES, ORDER_NAMES, STATE_NAMES, sheetsText } from './texts.ts';

/** Sheets on one card. */
export const PAGE = 6;
/** Sheets that could not be released, named on the card of an order. */
const MOST_LEFT = 10;

type Choices = Awaited<ReturnType<SheetList['sheetChoices']>>;

const factsOf = ({ state, bodies, at }: Sheet): string =>
  [
    STATE_NAMES[state],
    ...(at && state !== 'short' ? [`le ${frenchDate(brokerDate(at))}`] : []),
    ...(state === 'short' ? [] : [count(bodies, 'organisme')]),
  ].join(' · ');

/** What a filter lets through, in words; empty for all. */
function narrowed({ campaign, supplier, year, state }: SheetFilter, { campaigns, suppliers }: Choices) {
  const names = [
    campaigns.find(({ id }) => id === campaign)?.name ?? '',
    suppliers.find(({ id }) => id === supplier)?.name ?? supplier,
    year,
    state === 'all' ? '' : STATE_NAMES[state],
  ];
  return names.filter(Boolean).join(' · ');
}

/** The sheets of suppliers, with what may be done to many of them. */
export function sheetsCard(
  page: Page<Sheet>,
  filter: SheetFilter,
  choices: Choices,
  needsApproval: boolean,
  notice = '',
): Card {
  const boxes = (act: SheetAct) =>
    page.items
      .filter((sheet) => concerns(act, sheet))
      .map((sheet) => ({ title: `${sheet.name} · ${sheet.year}`, value: keyOfSheet(sheet) }));
  const words = narrowed(filter, choices);
  return {
    template: 'evaluations/sheets',
    summary: notice || `${count(page.total, 'fiche')} de fournisseurs.`,
    view: {
      ...noticeView(notice),
      narrowed: escapeMarkdown(words),
      isNarrowed: words !== '',
      empty: page.total === 0,
      inCampaign: filter.campaign,
      ofSupplier: filter.supplier,
      ofYear: filter.year,
      inState: filter.state,
      seen: filterWord(filter),
      here: page.page,
      campaigns: [
        { title: 'Toutes les campagnes', value: '' },
        ...choices.campaigns.map(({ id, name }) => ({ title: name, value: id })),
      ],
      suppliers: [
        { title: 'Tous les fournisseurs', value: '' },
        ...choices.suppliers.map(({ id, name }) => ({ title: name, value: id })),
      ],
      years: [
        { title: 'Toutes les années', value: '' },
        ...choices.years.map((year) => ({ title: String(year), value: String(year) })),
      ],
      states: [
        { title: 'Tous les états', value: 'all' },
        ...Object.entries(STATE_NAMES).map(([value, title]) => ({ title, value })),
      ],
      sheets: page.items.map((sheet) => ({
        supplier: sheet.supplier,
        year: sheet.year,
        label: `${sheet.name} · ${sheet.year}`,
        name: escapeMarkdown(`${sheet.name} · ${sheet.year}`),
        facts: factsOf(sheet),
      })),
      some: page.total > 0,
      all: `Toutes celles de la liste, pages suivantes comprises (${page.total.toLocaleString('fr-CA')})`,
      releasable: boxes('release'),
      withdrawable: boxes('withdraw'),
      rule: needsApproval
        ? 'Vous verrez ce qui part avant de le demander. Une autre personne de l’équipe doit l’approuver.'
        : 'Vous verrez ce qui part avant de confirmer.',
      ...pagingRow(page, 'fiches'),
    },
  };
}

/** Before many sheets are released or withdrawn: how many, which, and what leaves. */
export function confirmSheetsCard(
  act: SheetAct,
  { sheets, left }: { readonly sheets: readonly Sheet[]; readonly left: number },
  chosen: readonly string[] | 'all',
  filter: SheetFilter,
  needsApproval: boolean,
): Card {
  const one = count(sheets.length, 'fiche');
  const asks = needsApproval && act === 'release';
  const verb = act === 'release' ? 'Transmettre' : 'Retirer';
  const press = `${verb} ${one}`;
  const heading = sheets.length === 0 ? 'Aucune fiche' : `${press} ?`;
  return {
    template: 'evaluations/sheets-confirm',
    summary: heading,
    view: {
      heading,
      some: sheets.length > 0,
      which: escapeMarkdown(
        sheets.length > 0
          ? sheetsText(sheets)
          : act === 'release'
            ? 'Aucune des fiches choisies ne peut être transmise.'
            : 'Aucune des fiches choisies n’est transmise.',
      ),
      leaves: LEAVES[act],
      left:
        left === 0
          ? ''
          : `${count(left, 'fiche laissée', 'fiches laissées')} de côté : ${
              act === 'release'
                ? `déjà transmise${left > 1 ? 's' : ''} sans nouvelle réponse, ou moins de trois organismes.`
                : left > 1
                  ? 'elles ne sont pas transmises.'
                  : 'elle n’est pas transmise.'
            }`,
      rule: asks ? 'Une autre personne de l’équipe doit l’approuver : rien ne part avant.' : '',
      press: asks ? 'Demander l’approbation' : press,
      act,
      chosen: chosen === 'all' ? 'all' : chosen.join(','),
      seen: filterWord(filter),
      marks: marksOf(sheets),
    },
  };
}

const treatedText = ({ done, sheets, left }: SheetOrder): string =>
  [
    `${count(done - left.length, 'fiche prête', 'fiches prêtes')} sur ${sheets.length}.`,
    ...(left.length > 0 ? [`${count(left.length, 'fiche')} de côté :`] : []),
  ].join(' ');

const saidBy = ({ reviewerName, comment }: SheetOrder): string => {
  const who = reviewerName === '' ? 'Quelqu’un' : reviewerName;
  return comment === '' ? `${who} demande de les revoir.` : `${who} demande de les revoir : « ${comment} »`;
};

function headingOf({ act, state, number, done, left }: SheetOrder): string {
  if (act === 'withdraw') return `Fiches retirées (demande nº ${number})`;
  if (state === 'done' && done === left.length) return `Aucune fiche transmise (demande nº ${number})`;
  return `Fiches de résultats ${ORDER_NAMES[state]} (demande nº ${number})`;
}

/** What was asked of some sheets, and what became of it; the receipt of whoever asked. */
export function orderCard(row: SheetOrder, mine: boolean, word = ''): Card {
  const { state, act, sheets, left, done } = row;
  const heading = headingOf(row);
  const said = state === 'returned' ? saidBy(row) : '';
  const under = act === 'release' && (state === 'approved' || state === 'done');
  const none = state === 'dropped' || (act === 'release' && state === 'done' && done === left.length);
  return {
    template: 'evaluations/sheet-order',
    summary: `${heading} : ${sheetsText(sheets)}`,
    view: {
      order: row.id,
      revision: row.revision,
      heading,
      ...noticeView([word, said].filter(Boolean).join(' ')),
      which: escapeMarkdown(sheetsText(sheets)),
      leaves: none ? '' : LEAVES[act],
      summary: escapeMarkdown(row.summary === '' ? '' : `L’administration y ajoute : « ${row.summary} »`),
      author: escapeMarkdown(
        [
          ...(row.name === '' ? [] : [`Demandées par ${row.name}.`]),
          ...(under && row.reviewerName !== '' ? [`Approuvées par ${row.reviewerName}.`] : []),
        ].join(' '),
      ),
      under,
      treated: under ? treatedText(row) : '',
      ...progressBar(done, sheets.length),
      left: left.slice(0, MOST_LEFT).map(({ name, year, why }) => ({
        text: escapeMarkdown(`• ${name} (${year}) : ${why}`),
      })),
      more: left.length > MOST_LEFT ? `Et ${count(left.length - MOST_LEFT, 'autre', 'autres')}.` : '',
      running: act === 'release' && state === 'approved',
      linked: act === 'release' && state === 'done' && done > left.length,
      waits: state === 'proposed',
      again: state === 'returned' && mine,
      droppable: state === 'proposed' || state === 'returned',
    },
  };
}
