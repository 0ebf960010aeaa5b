import { CourtierError, notFound } from '../../../core/errors.ts';
import { action, creating } from '../../../core/feature.ts';
import { withFacts } from '../../../core/guide/index.ts';
import { draws, redraws } from '../../../core/redraw.ts';
import type { ActionTurn, MessageTurn, Person } from '../../../core/turn.ts';
import type { CatalogueService } from '../../catalogue/index.ts';
import type { Organizations, Signatures } from '../../people/index.ts';
import type { Comments } from '../commenting/store.ts';
import { feesOf } from '../invoicing/rules.ts';
import type { Contracts } from '../recording/store/contracts.ts';
import * as cards from './cards.ts';
import * as schema from './schema.ts';

export interface ContractServices {
  readonly catalogue: CatalogueService;
  readonly comments: Comments;
  readonly contracts: Contracts;
  readonly feePercent: string | undefined;
  readonly organizations: Organizations;
  readonly signatures: Signatures;
  readonly timeZone: string;
}

/** Days after the end of a contract during which its calendar link still answers. */
const FEED_DAYS = 90;

export async function suppliersOf({ catalogue }: Pick<ContractServices, 'catalogue'>) {
  const { fiches } = await catalogue.current();
  return fiches
    .map(({ supplier }) => ({ title: supplier.name, value: supplier.id }))
    .sort((a, b) => a.title.localeCompare(b.title, 'fr'));
}

async function list(person: Person, page: number, { contracts }: ContractServices, notice = '') {
  const { rows, total } = await contracts.page(person, page, cards.PAGE);
  return cards.listCard(rows, total, page, contracts, notice);
}

interface OfContract {
  readonly contract: string;
  readonly page?: number;
}

async function contractCard(
  { person }: ActionTurn,
  { contract: id, page = 1 }: OfContract,
  { contracts }: ContractServices,
  notice: string,
) {
  const followed = await contracts.followed(id, person);
  const [follows, contact] = await Promise.all([
    contracts.follows(id, person),
    contracts.consented(id, person),
  ]);
  return cards.contractCard(followed, page, contracts, { follows, consented: contact !== undefined }, notice);
}

export async function openList(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await list(turn.person, 1, services));
}

export const showList = action(
  'contracts.list',
  schema.Page,
  async (turn, { page }, services: ContractServices) => turn.update(await list(turn.person, page, services)),
);

export const open = action('contracts.open', schema.ContractPage, draws(contractCard));

export const note = action(
  'contracts.new',
  schema.Nothing,
  async (turn, _input, services: ContractServices) =>
    turn.update(cards.newCard(await suppliersOf(services), services.contracts.today())),
);

export const create = creating(
  'contracts.create',
  schema.New,
  redraws(
    (turn, contract, { contracts }: ContractServices) => contracts.create(turn.person, contract, turn.effect),
    (turn, _input, services: ContractServices, word, { id }) =>
      contractCard(turn, { contract: id }, services, word),
    'Le contrat est noté. Voici ce qu’il vous demande.',
  ),
);

async function dutyCard(
  { person }: ActionTurn,
  { contract, duty }: { contract: string; duty: string },
  { contracts }: ContractServices,
  notice: string,
) {
  const followed = await contracts.followed(contract, person);
  const found = followed.duties.find(({ id }) => id === duty);
  if (!found) throw notFound();
  return cards.dutyCard(followed, found, contracts, notice);
}

export const duty = action('contracts.duty', schema.Duty, draws(dutyCard));

export const done = action(
  'contracts.done',
  schema.Done,
  redraws(
    (turn, { contract, duty, on }, { contracts }) => contracts.complete(turn.person, contract, duty, on),
    dutyCard,
    'C’est noté. Vous ne recevrez plus de rappel.',
  ),
);

export const reopen = action(
  'contracts.reopen',
  schema.Duty,
  redraws(
    (turn, { contract, duty }, { contracts }) => contracts.reopen(turn.person, contract, duty),
    dutyCard,
    'C’est noté : cette obligation est de nouveau à faire.',
  ),
);

export const follow = action(
  'contracts.follow',
  schema.Reference,
  redraws(
    (turn, { contract }, { contracts }) => contracts.setFollowing(turn.person, contract, true),
    contractCard,
    'Vous recevrez les rappels de ce contrat.',
  ),
);

export const unfollow = action(
  'contracts.unfollow',
  schema.Reference,
  redraws(
    (turn, { contract }, { contracts }) => contracts.setFollowing(turn.person, contract, false),
    contractCard,
    'Vous ne recevrez plus les rappels de ce contrat.',
  ),
);

async function invoicesCard(
  { person }: ActionTurn,
  { contract: id, page = 1 }: OfContract,
  { contracts, feePercent }: ContractServices,
  notice: string,
) {
  const contract = await contracts.find(id, person);
  const paid = await contracts.invoices(id, person);
  return cards.invoicesCard(contract, paid, feesOf(paid, feePercent), page, contracts.today(), notice);
}

export const showInvoices = action('contracts.invoices', schema.ContractPage, draws(invoicesCard));

export const addInvoice = creating(
  'contracts.addInvoice',
  schema.Invoice,
  redraws(
    (turn, { contract, ...invoice }, { contracts }) =>
      contracts.addInvoice(turn.person, contract, invoice, turn.effect),
    invoicesCard,
    'La facture est notée.',
  ),
);

export const dropInvoice = action(
  'contracts.dropInvoice',
  schema.DropInvoice,
  redraws(
    (turn, { contract, invoice }, { contracts }) => contracts.dropInvoice(turn.person, contract, invoice),
    invoicesCard,
    'La facture est retirée.',
  ),
);

async function amendmentsCard(
  { person }: ActionTurn,
  { contract: id }: OfContract,
  { contracts }: ContractServices,
  notice: string,
) {
  const contract = await contracts.find(id, person);
  const all = await contracts.amendments(id, person);
  return cards.amendmentsCard(contract, all, contracts.today(), notice);
}

export const showAmendments = action('contracts.amendments', schema.Reference, draws(amendmentsCard));

/** An amendment that is not possible is explained on the card, where there is room for it. */
export const amend = creating(
  'contracts.amend',
  schema.Amendment,
  redraws(
    (turn, { contract, ...wanted }, { contracts }) =>
      contracts.amend(turn.person, contract, wanted, turn.effect).then(
        () => 'C’est possible. Demandez au Courtier de préparer l’avenant, puis notez ici sa signature.',
        (error: unknown) => {
          if (error instanceof CourtierError && error.kind === 'refused') return error.message;
          throw error;
        },
      ),
    amendmentsCard,
    (said) => said,
  ),
);

export const signAmendment = action(
  'contracts.signAmendment',
  schema.SignAmendment,
  redraws(
    (turn, { contract, amendment, signedOn }, { contracts }) =>
      contracts.signAmendment(turn.person, contract, amendment, signedOn),
    amendmentsCard,
    () => withFacts('L’avenant est en vigueur. Sa copie est due au Courtier dans les {{copyDays}}.'),
  ),
);

export const dropAmendment = action(
  'contracts.dropAmendment',
  schema.DropAmendment,
  redraws(
    (turn, { contract, amendment }, { contracts }) =>
      contracts.dropAmendment(turn.person, contract, amendment),
    amendmentsCard,
    'L’avenant est retiré.',
  ),
);

export const retention = action(
  'contracts.retention',
  schema.ContractPage,
  async (turn, { contract, page }, { contracts }: ContractServices) =>
    turn.update(cards.retentionCard(await contracts.find(contract, turn.person), page)),
);

async function giveFeed(turn: ActionTurn, id: string, { contracts, signatures, timeZone }: ContractServices) {
  const contract = await contracts.find(id, turn.person);
  const until = Temporal.PlainDate.from(contract.endsOn)
    .add({ days: FEED_DAYS })
    .toZonedDateTime(timeZone)
    .toInstant();
  const url = await signatures.issue('contracts.feed', { contract: id, feed: contract.feed }, until, '.ics');
  await turn.reply(cards.feedCard(contract, url));
  turn.notify('Le lien est ci-dessous.');
}

export const feed = action(
  'contracts.feed',
  schema.Reference,
  (turn, { contract }, services: ContractServices) => giveFeed(turn, contract, services),
);

export const renewFeed = action(
  'contracts.renewFeed',
  schema.Feed,
  async (turn, { contract, feed: seen }, services: ContractServices) => {
    await services.contracts.renewFeed(turn.person, contract, seen);
    await giveFeed(turn, contract, services);
  },
);

export const consent = action(
  'contracts.consent',
  schema.Consent,
  redraws(
    (turn, { contract, contact }, { contracts }) => contracts.consent(turn.person, contract, contact),
    contractCard,
    'Merci. D’autres organisations pourront vous joindre ; vous pouvez changer d’avis ici.',
  ),
);

export const revoke = action(
  'contracts.revoke',
  schema.Reference,
  redraws(
    (turn, { contract }, { contracts }) => contracts.revoke(turn.person, contract),
    contractCard,
    'C’est retiré : plus personne ne voit vos coordonnées.',
  ),
);

async function references(page: number, { contracts, organizations }: ContractServices) {
  const { rows, total } = await contracts.references(page, cards.PAGE);
  const names = new Map((await organizations.all()).map(({ id, name }) => [id, name]));
  return cards.referencesCard(
    rows.map(({ organizationId, ...row }) => ({
      ...row,
      organization: names.get(organizationId ?? '') ?? '',
    })),
    total,
    page,
  );
}

export async function openReferences(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await references(1, services));
}

export const showReferences = action(
  'contracts.references',
  schema.Page,
  async (turn, { page }, services: ContractServices) => turn.update(await references(page, services)),
);
