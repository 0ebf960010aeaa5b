import type { Card } from '../../../../core/card.ts';
import { amountField } from '../../../../core/cards/amount.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { pageOf, pagingRow } from '../../../../core/cards/paging.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown, shorten } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { latestEnd } from '../../recording/rules/term.ts';
import { head } from '../../screens/parts.ts';
import type { ContractServices, OfContract } from '../../screens/services.ts';
import type { Contract } from '../../tables.ts';
import { AMENDMENT_KINDS, AMENDMENT_NAMES, conditionsOf } from '../rules.ts';
import { type Amendment, notedOf, signedOf } from '../store/preparing.ts';

const PAGE = 5;

const boundsOf = ({ signedOn, startsOn }: Contract) => ({
  signedOn: Temporal.PlainDate.from(signedOn),
  startsOn: Temporal.PlainDate.from(startsOn),
});

/** Where an amendment stands, a line each. */
function stateOf({ askedOn, askedBy, validatedOn, validatedBy, signedOn }: Amendment): string {
  const lines = [
    ...(askedOn ? [`Validation demandée le ${frenchDay(askedOn)} par ${escapeMarkdown(askedBy)}`] : []),
    ...(validatedOn
      ? [`Validé par le Courtier le ${frenchDay(validatedOn)} (${escapeMarkdown(validatedBy)})`]
      : []),
    ...(signedOn ? [`Signé le ${frenchDay(signedOn)}`] : []),
  ];
  if (!signedOn) lines.push(validatedOn ? 'Prêt à signer' : 'À valider par le Courtier, avant la signature');
  return lines.join(' · ');
}

/** What goes with an amendment that is taken out. */
function losesOf({ askedOn, validatedOn }: Amendment): string {
  const more = [
    ...(askedOn ? ['la demande faite au Courtier'] : []),
    ...(validatedOn ? ['sa validation par le Courtier'] : []),
  ];
  return more.length === 0
    ? 'Retirer cet avenant ? Son texte s’efface.'
    : `Retirer cet avenant ? S’effacent avec son texte : ${more.join(' et ')}.`;
}

const amendmentRow = (contract: Contract, amendment: Amendment, today: string) => {
  const { id, number, kind, text, newEnd, newAmountCents, askedOn, validatedOn, signedOn } = amendment;
  const open = signedOn === null;
  return {
    contract: contract.id,
    amendment: id,
    title: `Nº ${number} · ${AMENDMENT_NAMES[kind]}`,
    text: escapeMarkdown(shorten(text, 200)),
    effect: [
      newEnd ? `Nouvelle fin : ${frenchDay(newEnd)}` : '',
      newAmountCents === null ? '' : `Nouveau montant : ${frenchMoney(newAmountCents)}`,
    ]
      .filter(Boolean)
      .join(' · '),
    state: stateOf(amendment),
    seen: notedOf(amendment),
    signed: !open,
    seenSigned: signedOf(amendment),
    signedOn: signedOn ?? '',
    newEnd: newEnd ?? '',
    newAmount: newAmountCents === null ? '' : amountField(newAmountCents),
    loses: losesOf(amendment),
    conditions: open ? conditionsOf(boundsOf(contract), kind).map((condition) => ({ condition })) : [],
    unsigned: open,
    unasked: open && askedOn === null && validatedOn === null,
    unvalidated: open && validatedOn === null,
    ready: open && validatedOn !== null,
    today,
  };
};

function amendmentsView(
  contract: Contract,
  amendments: readonly Amendment[],
  wanted: number,
  today: Temporal.PlainDate,
  notice: string,
): Card {
  const page = pageOf(amendments, wanted, PAGE);
  return {
    template: 'contracts/amendments',
    summary: notice || `${count(amendments.length, 'avenant')}.`,
    view: {
      ...head(contract),
      ...noticeView(notice),
      limit: `Fin actuelle : ${frenchDay(contract.endsOn)}. Le contrat peut durer au plus jusqu’au ${frenchDate(latestEnd(boundsOf(contract)))}.`,
      amendable: contract.terminatedOn === null,
      amendments: page.items.map((amendment, at) => ({
        ...amendmentRow(contract, amendment, today.toString()),
        newest: page.page === 1 && at === 0,
      })),
      ...pagingRow(page, 'avenants'),
    },
  };
}

/** The amendments of a contract as they stand now. */
export async function amendmentsCard(
  { person }: ActionTurn,
  { contract: id, page = 1 }: OfContract,
  { contracts }: ContractServices,
  notice: string,
) {
  const contract = await contracts.find(id, person);
  const all = await contracts.amendments(id, person);
  return amendmentsView(contract, all, page, contracts.today(), notice);
}

/** The form of an amendment, and the conditions to check. */
export async function amendmentForm(
  { person }: ActionTurn,
  { contract: id }: OfContract,
  { contracts }: ContractServices,
  notice = '',
): Promise<Card> {
  const contract = await contracts.find(id, person);
  return {
    template: 'contracts/amendment',
    summary: notice || 'Préparer un avenant.',
    view: {
      ...head(contract),
      ...noticeView(notice),
      kinds: AMENDMENT_KINDS.map((value) => ({ title: AMENDMENT_NAMES[value], value })),
      conditions: conditionsOf(boundsOf(contract)).map((condition) => ({ condition })),
    },
  };
}
