import { CourtierError, notFound } from '../../core/errors.ts';
import { action, creating } from '../../core/feature.ts';
import type { ActionTurn, MessageTurn, Person } from '../../core/turn.ts';
import type { CatalogueService } from '../catalogue/index.ts';
import type { Organizations, Signatures } from '../people/index.ts';
import * as cards from './cards.ts';
import type { Comments } from './comments.ts';
import { feesOf } from './fees.ts';
import * as schema from './schema.ts';
import type { Contracts } from './service.ts';

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

async function contractOf(
  id: string,
  person: Person,
  { contracts }: ContractServices,
  notice = '',
  page = 1,
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

export const open = action(
  'contracts.open',
  schema.ContractPage,
  async (turn, { contract, page }, services: ContractServices) =>
    turn.update(await contractOf(contract, turn.person, services, '', page)),
);

export const note = action(
  'contracts.new',
  schema.Nothing,
  async (turn, _input, services: ContractServices) =>
    turn.update(cards.newCard(await suppliersOf(services), services.contracts.today())),
);

export const create = creating(
  'contracts.create',
  schema.New,
  async (turn, contract, services: ContractServices) => {
    const { id } = await services.contracts.create(turn.person, contract, turn.effect);
    turn.update(
      await contractOf(id, turn.person, services, 'Le contrat est noté. Voici ce qu’il vous demande.'),
    );
  },
);

async function dutyOf(
  turn: ActionTurn,
  contract: string,
  duty: string,
  services: ContractServices,
  notice = '',
) {
  const followed = await services.contracts.followed(contract, turn.person);
  const found = followed.duties.find(({ id }) => id === duty);
  if (!found) throw notFound();
  turn.update(cards.dutyCard(followed, found, services.contracts, notice));
}

export const duty = action(
  'contracts.duty',
  schema.Duty,
  (turn, { contract, duty: id }, services: ContractServices) => dutyOf(turn, contract, id, services),
);

export const done = action(
  'contracts.done',
  schema.Done,
  async (turn, { contract, duty: id, on }, services: ContractServices) => {
    await services.contracts.complete(turn.person, contract, id, on);
    await dutyOf(turn, contract, id, services, 'C’est noté. Vous ne recevrez plus de rappel.');
  },
);

export const reopen = action(
  'contracts.reopen',
  schema.Duty,
  async (turn, { contract, duty: id }, services: ContractServices) => {
    await services.contracts.reopen(turn.person, contract, id);
    await dutyOf(turn, contract, id, services, 'C’est noté : cette obligation est de nouveau à faire.');
  },
);

export const follow = action(
  'contracts.follow',
  schema.Reference,
  async (turn, { contract }, services: ContractServices) => {
    await services.contracts.setFollowing(turn.person, contract, true);
    turn.update(
      await contractOf(contract, turn.person, services, 'Vous recevrez les rappels de ce contrat.'),
    );
  },
);

export const unfollow = action(
  'contracts.unfollow',
  schema.Reference,
  async (turn, { contract }, services: ContractServices) => {
    await services.contracts.setFollowing(turn.person, contract, false);
    turn.update(
      await contractOf(contract, turn.person, services, 'Vous ne recevrez plus les rappels de ce contrat.'),
    );
  },
);

async function invoices(
  turn: ActionTurn,
  id: string,
  page: number,
  { contracts, feePercent }: ContractServices,
  notice = '',
) {
  const contract = await contracts.find(id, turn.person);
  const paid = await contracts.invoices(id, turn.person);
  turn.update(cards.invoicesCard(contract, paid, feesOf(paid, feePercent), page, contracts.today(), notice));
}

export const showInvoices = action(
  'contracts.invoices',
  schema.ContractPage,
  (turn, { contract, page }, services: ContractServices) => invoices(turn, contract, page, services),
);

export const addInvoice = creating(
  'contracts.addInvoice',
  schema.Invoice,
  async (turn, { contract, ...invoice }, services: ContractServices) => {
    await services.contracts.addInvoice(turn.person, contract, invoice, turn.effect);
    await invoices(turn, contract, 1, services, 'La facture est notée.');
  },
);

export const dropInvoice = action(
  'contracts.dropInvoice',
  schema.DropInvoice,
  async (turn, { contract, invoice }, services: ContractServices) => {
    await services.contracts.dropInvoice(turn.person, contract, invoice);
    await invoices(turn, contract, 1, services, 'La facture est retirée.');
  },
);

async function amendments(turn: ActionTurn, id: string, { contracts }: ContractServices, notice = '') {
  const contract = await contracts.find(id, turn.person);
  const all = await contracts.amendments(id, turn.person);
  turn.update(cards.amendmentsCard(contract, all, contracts.today(), notice));
}

export const showAmendments = action(
  'contracts.amendments',
  schema.Reference,
  (turn, { contract }, services: ContractServices) => amendments(turn, contract, services),
);

/** An amendment that is not possible is explained on the card, where there is room for it. */
export const amend = creating(
  'contracts.amend',
  schema.Amendment,
  async (turn, { contract, ...wanted }, services: ContractServices) => {
    const word = await services.contracts.amend(turn.person, contract, wanted, turn.effect).then(
      () => 'C’est possible. Demandez au Courtier de préparer l’avenant, puis notez ici sa signature.',
      (error: unknown) => {
        if (error instanceof CourtierError && error.kind === 'refused') return error.message;
        throw error;
      },
    );
    await amendments(turn, contract, services, word);
  },
);

export const signAmendment = action(
  'contracts.signAmendment',
  schema.SignAmendment,
  async (turn, { contract, amendment, signedOn }, services: ContractServices) => {
    await services.contracts.signAmendment(turn.person, contract, amendment, signedOn);
    await amendments(
      turn,
      contract,
      services,
      'L’avenant est en vigueur. Sa copie est due au Courtier dans les cinq jours ouvrables.',
    );
  },
);

export const dropAmendment = action(
  'contracts.dropAmendment',
  schema.DropAmendment,
  async (turn, { contract, amendment }, services: ContractServices) => {
    await services.contracts.dropAmendment(turn.person, contract, amendment);
    await amendments(turn, contract, services, 'L’avenant est retiré.');
  },
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
  async (turn, { contract, contact }, services: ContractServices) => {
    await services.contracts.consent(turn.person, contract, contact);
    turn.update(
      await contractOf(
        contract,
        turn.person,
        services,
        'Merci. D’autres organisations pourront vous joindre ; vous pouvez changer d’avis ici.',
      ),
    );
  },
);

export const revoke = action(
  'contracts.revoke',
  schema.Reference,
  async (turn, { contract }, services: ContractServices) => {
    await services.contracts.revoke(turn.person, contract);
    turn.update(
      await contractOf(
        contract,
        turn.person,
        services,
        'C’est retiré : plus personne ne voit vos coordonnées.',
      ),
    );
  },
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
