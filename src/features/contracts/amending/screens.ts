import type { Card } from '../../../core/card.ts';
import { frenchDate, frenchDay } from '../../../core/clock.ts';
import { comesBack, forgiving, unlessStale } from '../../../core/forgiving.ts';
import { withFacts } from '../../../core/guide/index.ts';
import { frenchMoney } from '../../../core/money.ts';
import { pageOf, pagingRow } from '../../../core/paging.ts';
import { draws, redraws } from '../../../core/redraw.ts';
import { action, creating } from '../../../core/routes/turns.ts';
import { count, escapeMarkdown, shorten } from '../../../core/text.ts';
import type { ActionTurn } from '../../../core/turn.ts';
import { latestEnd } from '../recording/rules/term.ts';
import { head, noticed } from '../screens/parts.ts';
import * as schema from '../screens/schema.ts';
import type { ContractServices, OfContract } from '../screens/services.ts';
import type { Contract } from '../tables.ts';
import { AMENDMENT_KINDS, AMENDMENT_NAMES, conditionsOf } from './rules.ts';
import { type Amendment, notedOf } from './store.ts';

const PAGE = 5;

const STALE = 'Cet avenant a changé entre-temps : rien n’est enregistré. Voici ce qui est noté.';

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
      ...noticed(notice),
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

async function amendmentsCard(
  { person }: ActionTurn,
  { contract: id, page = 1 }: OfContract,
  { contracts }: ContractServices,
  notice: string,
) {
  const contract = await contracts.find(id, person);
  const all = await contracts.amendments(id, person);
  return amendmentsView(contract, all, page, contracts.today(), notice);
}

export const showAmendments = action('contracts.amendments', schema.ContractPage, draws(amendmentsCard));

/** The form of an amendment, and the conditions to check. */
async function amendmentForm(
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
      ...noticed(notice),
      kinds: AMENDMENT_KINDS.map((value) => ({ title: AMENDMENT_NAMES[value], value })),
      conditions: conditionsOf(boundsOf(contract)).map((condition) => ({ condition })),
    },
  };
}

export const newAmendment = action(
  'contracts.newAmendment',
  schema.Reference,
  draws((turn, input, services: ContractServices, word) => amendmentForm(turn, input, services, word)),
);

export const amend = forgiving(
  comesBack(schema.Reference, (turn, known, services: ContractServices) =>
    amendmentForm(turn, known, services),
  ),
  creating(
    'contracts.amend',
    {
      noun: ['avenant', 'avenants'],
      person: 60,
      body: 500,
      tenant: 12_000,
      why: 'One or two a contract and year.',
    },
    schema.Amendment,
    redraws(
      (turn, { contract, ...wanted }, { contracts }: ContractServices) =>
        contracts.amend(turn.person, contract, wanted, turn.effect),
      (turn, { contract }, services: ContractServices, word) =>
        amendmentsCard(turn, { contract }, services, word),
      'C’est noté. Vérifiez les conditions, puis demandez au Courtier de préparer l’avenant et de le valider.',
    ),
  ),
);

export const askAmendment = forgiving(
  comesBack(schema.Reference, amendmentsCard),
  action(
    'contracts.askAmendment',
    schema.AskAmendment,
    redraws(
      async (turn, { contract, amendment, askedOn }, { contracts }: ContractServices) =>
        unlessStale({ kind: await contracts.askAmendment(turn.person, contract, amendment, askedOn) }, STALE),
      amendmentsCard,
      'La demande de validation est notée.',
    ),
  ),
);

export const validateAmendment = forgiving(
  comesBack(schema.Reference, amendmentsCard),
  action(
    'contracts.validateAmendment',
    schema.ValidateAmendment,
    redraws(
      async (turn, { contract, amendment, ...validation }, { contracts }: ContractServices) =>
        unlessStale(
          { kind: await contracts.validateAmendment(turn.person, contract, amendment, validation) },
          STALE,
        ),
      amendmentsCard,
      'La validation du Courtier est notée : l’avenant peut être signé.',
    ),
  ),
);

export const signAmendment = forgiving(
  comesBack(schema.Reference, amendmentsCard),
  action(
    'contracts.signAmendment',
    schema.SignAmendment,
    redraws(
      async (turn, { contract, amendment, signedOn }, { contracts }: ContractServices) =>
        unlessStale(
          { kind: await contracts.signAmendment(turn.person, contract, amendment, signedOn) },
          STALE,
        ),
      amendmentsCard,
      () => withFacts('L’avenant est en vigueur. Sa copie est due au Courtier dans les {{copyDays}}.'),
    ),
  ),
);

export const dropAmendment = action(
  'contracts.dropAmendment',
  schema.DropAmendment,
  redraws(
    (turn, { contract, amendment, seen }, { contracts }) =>
      contracts.dropAmendment(turn.person, contract, amendment, seen),
    amendmentsCard,
    (outcome) =>
      outcome === 'done'
        ? 'L’avenant est retiré.'
        : 'Cet avenant a changé entre-temps : rien n’est retiré. Voici ce qui est noté.',
  ),
);
