import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { action, creating } from '../../../../core/feature.ts';
import { type Draw, redraws } from '../../../../core/redraw.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import type { Files } from '../../../acquisitions/index.ts';
import { CATEGORIES, CATEGORY_NAMES } from '../../../catalogue/index.ts';
import type { Signatures } from '../../../people/index.ts';
import type { Kickoff } from '../../tables.ts';
import type { Ground, Kickoffs } from '../store/kickoffs.ts';
import type { Outcome } from '../store/moments.ts';
import * as cards from './cards.ts';
import * as schema from './schema.ts';

export interface KickoffServices {
  readonly clock: Clock;
  readonly files: Files;
  readonly kickoffs: Kickoffs;
  readonly signatures: Signatures;
  readonly timeZone: string;
}

const STALE = 'La rencontre a changé entre-temps. Voici où elle en est.';
/** How long the supplier's link is good. */
const LINK_DAYS = 60;

async function shownOf(
  kickoff: Kickoff,
  { kickoffs, clock, files, timeZone }: Omit<KickoffServices, 'signatures'>,
  notice = '',
): Promise<cards.Shown> {
  const [standing, slots] = await Promise.all([kickoffs.standing(kickoff), kickoffs.slots(kickoff)]);
  return {
    kickoff,
    fileName: await files.nameOf(kickoff.acquisitionId),
    standing,
    slots: kickoff.round > 0 ? slots : [],
    timeZone,
    now: asDate(clock.now()),
    today: kickoffs.today(),
    contract: (await kickoffs.contractOf(kickoff))?.id,
    choice: await files.conclusion('choice', kickoff.acquisitionId),
    notice,
  };
}

/** The client's card, as the kickoff stands. */
export const clientCard = async (
  kickoff: Kickoff,
  services: Omit<KickoffServices, 'signatures'>,
  notice = '',
) => cards.statusCard(await shownOf(kickoff, services, notice));

/** The staff's card. */
export const staffCard = async (
  kickoff: Kickoff,
  services: Omit<KickoffServices, 'signatures'>,
  notice = '',
) => cards.staffCard(await shownOf(kickoff, services, notice));

const noticeOf = ({ kind }: Outcome, done: string): string => (kind === 'stale' ? STALE : done);

/** What became of a meeting, on a card of it. */
const outcomeOn =
  (card: typeof clientCard): Draw<KickoffServices, object, Outcome> =>
  (_turn, _input, services, word, outcome) =>
    card(outcome.kickoff, services, noticeOf(outcome, word));
const onClientCard = outcomeOn(clientCard);
const onStaffCard = outcomeOn(staffCard);

/** What the file knows already of what the broker asks for. */
function prefillOf(ground: Ground) {
  const known = ground.needs.flatMap((need) => {
    const category = CATEGORIES.find((id) => id === need.category);
    return category ? [{ ...need, name: CATEGORY_NAMES[category] }] : [];
  });
  const quantity = ({ fromMonth, units }: { fromMonth: number; units: number }) =>
    fromMonth === 1 ? `${units} unités au départ` : `${units} au mois ${fromMonth}`;
  return {
    project: ground.file.name,
    ...(ground.months && { months: ground.months }),
    components: known.map(({ name }) => name).join(', '),
    quantities: known
      .map(({ name, quantities }) => `${name} : ${quantities.map(quantity).join(', ')}`)
      .join('\n'),
    amount: Number(ground.priceCents),
  };
}

/** The card for a file: what is missing, the request, or where the meeting is. */
async function ofFile(id: string, person: Person, services: KickoffServices) {
  const { kickoffs } = services;
  const ground = await kickoffs.ground(id, person);
  const held = await kickoffs.ofFile(id);
  if (held && held.state !== 'asked') return clientCard(held, services);
  if (ground.missing.length > 0) return cards.missingCard(ground);
  return cards.requestCard(ground, held, prefillOf(ground));
}

export async function openForClient(turn: MessageTurn, services: KickoffServices): Promise<void> {
  const open = await services.files.of(turn.person, 'open');
  const [only] = open;
  await turn.reply(
    only && open.length === 1 ? await ofFile(only.id, turn.person, services) : cards.chooseCard(open),
  );
}

export const open = action('kickoff.open', schema.OfFile, async (turn, { file }, services: KickoffServices) =>
  turn.update(await ofFile(file, turn.person, services)),
);

export const refresh = action(
  'kickoff.status',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) =>
    turn.update(await clientCard(await services.kickoffs.forClient(kickoff, turn.person), services)),
);

export const edit = action(
  'kickoff.edit',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.forClient(kickoff, turn.person);
    const ground = await services.kickoffs.ground(row.acquisitionId, turn.person);
    turn.update(cards.requestCard(ground, row, {}));
  },
);

export const request = creating(
  'kickoff.request',
  schema.Request,
  async (turn, { file, ...details }, services: KickoffServices) => {
    const kickoff = await services.kickoffs.request(turn.person, file, details, turn.effect);
    turn.update(
      await clientCard(
        kickoff,
        services,
        'Votre demande est envoyée au Courtier. Il vous proposera des moments.',
      ),
    );
  },
);

export const slots = action(
  'kickoff.slots',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.forClient(kickoff, turn.person);
    const shown = await shownOf(row, services);
    turn.update(
      row.state === 'proposed' ? cards.slotsCard(shown) : cards.statusCard({ ...shown, notice: STALE }),
    );
  },
);

/** What the client can do: nothing chosen asks for other moments. */
export const choose = action(
  'kickoff.choose',
  schema.Choice,
  redraws(
    async (turn, { kickoff, round, slots }, { kickoffs }) => {
      await kickoffs.forClient(kickoff, turn.person);
      return kickoffs.choose('client', kickoff, round, slots);
    },
    onClientCard,
    ({ kickoff, left }, { round }) =>
      left !== undefined
        ? `Vos moments sont notés. La rencontre sera fixée quand vous les confirmerez de nouveau, une fois ceci réglé : ${left}`
        : kickoff.state === 'booked'
          ? 'Ce moment convient à tous : la rencontre est fixée.'
          : kickoff.round > round
            ? 'Voici d’autres moments.'
            : 'C’est noté. La rencontre sera fixée au premier moment qui convient aussi au fournisseur.',
  ),
);

export const confirm = action(
  'kickoff.confirm',
  schema.Step,
  redraws(
    async (turn, { kickoff, step }, { kickoffs }) => {
      await kickoffs.forClient(kickoff, turn.person);
      return kickoffs.confirm('client', turn.person, kickoff, step);
    },
    onClientCard,
    'C’est noté.',
  ),
);

/** Both signed: the contract is noted, with all that it asks. */
export const sign = creating(
  'kickoff.sign',
  schema.Sign,
  redraws(
    (turn, { kickoff, ...signed }, { kickoffs }) => kickoffs.sign(turn.person, kickoff, signed, turn.effect),
    onClientCard,
    'Le contrat est noté : « contrats » montre ce qu’il demande. Transmettez-en la copie au Courtier, puis confirmez l’étape.',
  ),
);

export const tookPlace = action(
  'kickoff.tookPlace',
  schema.TookPlace,
  redraws(
    async (turn, { kickoff, slot, yes }, { kickoffs }) => {
      await kickoffs.forClient(kickoff, turn.person);
      return kickoffs.tookPlace(turn.person, kickoff, slot, yes);
    },
    onClientCard,
    (_outcome, { yes }) =>
      yes ? 'C’est noté. Voici la suite.' : 'C’est noté. Le Courtier proposera d’autres moments.',
  ),
);

/** What is said once a meeting's hour was let go. */
export const movedWord = ({ state }: Kickoff): string =>
  state === 'proposed'
    ? 'C’est noté. Voici d’autres moments.'
    : 'C’est noté : la rencontre n’a plus lieu à ce moment. Le Courtier proposera d’autres moments.';

export const move = action(
  'kickoff.move',
  schema.Seen,
  redraws(
    async (turn, { kickoff, revision }, { kickoffs }) => {
      await kickoffs.forClient(kickoff, turn.person);
      return kickoffs.move(turn.person, kickoff, revision);
    },
    onClientCard,
    ({ kickoff }) => movedWord(kickoff),
  ),
);

export const cancel = action(
  'kickoff.cancel',
  schema.Seen,
  redraws(
    async (turn, { kickoff, revision }, { kickoffs }) => {
      await kickoffs.forClient(kickoff, turn.person);
      return kickoffs.cancel(turn.person, kickoff, revision);
    },
    onClientCard,
    'La rencontre est annulée.',
  ),
);

/** A link to the meeting for one's own calendar, until the day after it. */
export function agendaLink(
  { id, endsAt }: Kickoff,
  { signatures, clock }: Pick<KickoffServices, 'signatures' | 'clock'>,
): Promise<string> {
  const end = endsAt ? Temporal.Instant.fromEpochMilliseconds(endsAt.getTime()) : clock.now();
  return signatures.issue('kickoff.agenda', { kickoff: id }, end.add({ hours: 24 }), '.ics');
}

export const agenda = action(
  'kickoff.agenda',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.forClient(kickoff, turn.person);
    if (row.state !== 'booked') throw notFound();
    await turn.reply(cards.agendaCard(await agendaLink(row, services)));
    turn.notify('Le lien est ci-dessous.');
  },
);

// The staff's side.

async function list(page: number, late: boolean, services: KickoffServices) {
  const { kickoffs } = services;
  const withSteps = (rows: readonly Kickoff[]) =>
    Promise.all(rows.map(async (kickoff) => ({ kickoff, standing: await kickoffs.standing(kickoff) })));
  if (late) {
    const all = await withSteps(await kickoffs.underWay());
    const overdue = all.filter(({ standing }) => standing.some((each) => each.past));
    return cards.listCard(
      overdue.slice((page - 1) * cards.PAGE, page * cards.PAGE),
      overdue.length,
      page,
      true,
    );
  }
  const { rows, total } = await kickoffs.page(page, cards.PAGE);
  return cards.listCard(await withSteps(rows), total, page, false);
}

export async function openList(turn: MessageTurn, services: KickoffServices): Promise<void> {
  await turn.reply(await list(1, false, services));
}

export const showList = action(
  'kickoff.list',
  schema.ListPage,
  async (turn, { page, late }, services: KickoffServices) => turn.update(await list(page, late, services)),
  'staff',
);

export const look = action(
  'kickoff.look',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) =>
    turn.update(await staffCard(await services.kickoffs.find(kickoff), services)),
  'staff',
);

export const take = action(
  'kickoff.take',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) =>
    turn.update(
      await staffCard(
        await services.kickoffs.take(turn.person, kickoff),
        services,
        'Vous suivez cette rencontre.',
      ),
    ),
  'staff',
);

export const ask = action(
  'kickoff.ask',
  schema.Question,
  redraws(
    (turn, { kickoff, revision, question }, { kickoffs }) =>
      kickoffs.ask(turn.person, kickoff, revision, question),
    onStaffCard,
    'La question est envoyée au client.',
  ),
  'staff',
);

export const propose = action(
  'kickoff.propose',
  schema.Seen,
  redraws(
    (turn, { kickoff, revision }, { kickoffs }) => kickoffs.propose(turn.person, kickoff, revision),
    onStaffCard,
    'Le client choisit dans Teams. Transmettez maintenant le lien au fournisseur.',
  ),
  'staff',
);

export const supplierLink = action(
  'kickoff.supplierLink',
  schema.Reference,
  async (turn, { kickoff }, services: KickoffServices) => {
    const row = await services.kickoffs.find(kickoff);
    const until = services.kickoffs.today().add({ days: LINK_DAYS });
    const url = await services.signatures.issue(
      'kickoff.supplier',
      { kickoff, supplier: row.supplierId },
      until.toZonedDateTime(services.timeZone).toInstant(),
    );
    await turn.reply(cards.linkCard(await shownOf(row, services), url, until));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);

export const confirmBroker = action(
  'kickoff.confirmBroker',
  schema.Step,
  redraws(
    (turn, { kickoff, step }, { kickoffs }) => kickoffs.confirm('broker', turn.person, kickoff, step),
    onStaffCard,
    'C’est noté.',
  ),
  'staff',
);

export const staffTookPlace = action(
  'kickoff.staffTookPlace',
  schema.TookPlace,
  redraws(
    (turn, { kickoff, slot, yes }, { kickoffs }) => kickoffs.tookPlace(turn.person, kickoff, slot, yes),
    onStaffCard,
    'C’est noté.',
  ),
  'staff',
);

export const staffCancel = action(
  'kickoff.staffCancel',
  schema.Seen,
  redraws(
    (turn, { kickoff, revision }, { kickoffs }) => kickoffs.cancel(turn.person, kickoff, revision),
    onStaffCard,
    'La rencontre est annulée.',
  ),
  'staff',
);
