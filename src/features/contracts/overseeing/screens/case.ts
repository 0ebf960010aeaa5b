import type { Card } from '../../../../core/card.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { draws } from '../../../../core/cards/redraw.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { addressOf } from '../../../../core/text/address-of.ts';
import { personLink } from '../../../../core/text/chat-link.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { quarterText } from '../../duties/rules/quarters.ts';
import { type DutyStanding, STATES, standingOf, whenText } from '../../duties/screens/standing.ts';
import { feesOf } from '../../invoicing/rules.ts';
import { head, PAGE } from '../../screens/parts.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { ContractCase } from '../store/cases.ts';
import * as schema from './schema.ts';
import { standsText } from './texts.ts';

const MOST_NAMED = 5;
const MOST_QUARTERS = 4;

/** « Alex Wilber, Nadia Roy et 3 autres ». */
function namesText(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return rest > 0 ? `${shown} et ${count(rest, 'autre')}` : shown;
}

const dutyRow = ({ duty, state, doneOn, whyNot }: DutyStanding) => ({
  title: duty.title,
  state: STATES[state],
  color: state === 'late' ? 'Attention' : state === 'soon' ? 'Accent' : 'Default',
  due:
    state === 'done' && doneOn
      ? `${whyNot ? `Sans objet (${escapeMarkdown(whyNot)}), noté` : 'Fait'} le ${frenchDay(doneOn)}`
      : whenText(duty),
});

/** « 2 commentaires ou plaintes, dont 1 ouvert ». */
const commentsText = ({ sent, open }: ContractCase['comments']): string =>
  sent === 0
    ? ''
    : `${count(sent, 'commentaire ou plainte', 'commentaires et plaintes')}${open > 0 ? `, dont ${count(open, 'ouvert')}` : ''}`;

function factsOf(row: ContractCase, { contracts }: Pick<ContractServices, 'contracts'>) {
  const { contract, people, file, notedBy } = row;
  const fact = (title: string, value: string) => (value ? [{ title, value: escapeMarkdown(value) }] : []);
  const history = [
    row.others > 0 ? count(row.others, 'autre contrat', 'autres contrats') : '',
    commentsText(row.comments),
  ].filter(Boolean);
  return [
    ...fact('Organisme', row.body ?? 'Aucun : noté par une personne pour elle-même'),
    ...fact('Noté par', notedBy ?? 'Quelqu’un qui n’est plus là'),
    ...fact('Qui le suit', people.length > 0 ? namesText(people.map(({ name }) => name)) : 'Personne'),
    ...fact('Offres', contract.offers),
    ...fact('Signé', frenchDay(contract.signedOn)),
    ...fact('État', standsText(contract, contracts.today())),
    ...fact('Terme', contract.terminatedOn ? `Devait finir le ${frenchDay(contract.termEndsOn)}` : ''),
    ...fact('Montant', frenchMoney(contract.amountCents)),
    ...fact('RCTI', contract.rcti ? 'S’applique' : 'Ne s’applique pas'),
    ...fact('Dossier', file ? `Nº ${file.number} · ${file.name}` : ''),
    ...fact('Cet organisme a aussi', history.join(' ; ')),
  ];
}

/** A contract as a case, for the staff: whose it is, how to write to them, what it asks for, what was paid. */
async function caseCard(
  { contract: id, page: wanted, seen }: { contract: string; page: number; seen: string },
  services: ContractServices,
): Promise<Card> {
  const { contracts, feePercent } = services;
  const row = await contracts.contractCase(id);
  const { contract, people } = row;
  const [first] = people;
  const address = first && (await addressOf(first, services));
  const page = pageOf(standingOf(row, contracts), wanted, PAGE);
  const late = standingOf(row, contracts).filter(({ state }) => state === 'late').length;
  const fees = feesOf(row.invoices, feePercent);
  return {
    template: 'contracts/register-case',
    summary: `Contrat nº ${contract.number} : ${late > 0 ? `${count(late, 'obligation')} en retard` : 'rien en retard'}.`,
    view: {
      ...head(contract),
      seen,
      facts: factsOf(row, services),
      late: late > 0 ? `${count(late, 'obligation')} en retard.` : '',
      isLate: late > 0,
      duties: page.items.map(dutyRow),
      quarters: fees.slice(0, MOST_QUARTERS).map(({ quarter, paidCents, feeCents }) => ({
        title: quarterText(quarter),
        value: `${frenchMoney(paidCents)} payés${feeCents === undefined ? '' : `, frais de ${frenchMoney(feeCents)}`}`,
      })),
      paid:
        row.invoices.length === 0
          ? 'Aucune facture payée n’est notée.'
          : `${count(row.invoices.length, 'facture payée notée', 'factures payées notées')}, ${frenchMoney(row.invoices.reduce((sum, { amountCents }) => sum + amountCents, 0))} en tout.`,
      writable: address !== undefined,
      write: first ? `Écrire à ${first.name} dans Teams` : '',
      chat: address === undefined ? '' : personLink(address),
      ofBody: contract.organizationId === null ? '' : schema.filterWord({ body: contract.organizationId }),
      hasBody: contract.organizationId !== null,
      supplier: contract.supplierId,
      ...pagingRow(page, 'obligations'),
    },
  };
}

export const showCase = action(
  'contracts.case',
  schema.Case,
  draws((_turn, input, services: ContractServices) => caseCard(input, services)),
  'staff',
);
