import type { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { asDate } from '../../../core/clock.ts';
import { comesBack, forgiving, unlessStale } from '../../../core/forgiving.ts';
import type { House } from '../../../core/manifest.ts';
import { nearestPage } from '../../../core/paging.ts';
import type { Conversations } from '../../../core/ports/conversations.ts';
import type { DeliveryRow } from '../../../core/ports/delivery.ts';
import type { Directory } from '../../../core/ports/directory.ts';
import { action, creating } from '../../../core/routes/turns.ts';
import { capital, shorten } from '../../../core/text.ts';
import type { MessageTurn } from '../../../core/turn.ts';
import type { CatalogueService } from '../../catalogue/index.ts';
import type { Links, Organizations, People, StaffChannel } from '../../people/index.ts';
import { wordsOf } from '../approving/rules/approval.ts';
import { whomInWords } from '../approving/rules/whom.ts';
import { returnedText } from '../approving/screens/cards.ts';
import { bodiesOf, unknownText } from '../choosing/screens/named.ts';
import { plainText } from '../drafting/rules/content.ts';
import { type InstallServices, installsText } from '../installing/screens.ts';
import { calledList } from '../lists/rules/reading.ts';
import { choiceOf } from '../rules/audience.ts';
import type { Departs } from '../sending/rules/departure.ts';
import { progressCard } from '../sending/screens/progress-card.ts';
import { RESENDABLE } from '../sending/store/dispatch.ts';
import { type Broadcast, keyOf, type Outcome } from '../store/records.ts';
import * as cards from './cards.ts';
import * as schema from './schema.ts';

export interface BroadcastServices extends InstallServices {
  readonly house: Pick<House, 'holdersOf'>;
  readonly catalogue: CatalogueService;
  readonly conversations: Conversations;
  /** None unless the deployer lets the directory be read. */
  readonly directory: Directory | undefined;
  readonly links: Links;
  readonly organizations: Organizations;
  readonly people: People;
  readonly staffChannel: StaffChannel;
  readonly timeZone: string;
}

export const STALE = 'Cet avis a changé entre-temps. Voici ce qu’il en est maintenant.';
const NOT_RECEIVED = [...RESENDABLE.failed, ...RESENDABLE.unknown];

export const placeOf = ({ clock, timeZone }: BroadcastServices): cards.Place => ({
  now: asDate(clock.now()),
  timeZone,
});

export async function namesOf({ catalogue }: BroadcastServices): Promise<cards.SupplierNames> {
  const { fiches } = await catalogue.current();
  return new Map(fiches.map(({ supplier }) => [supplier.id, supplier.name]));
}

async function list(services: BroadcastServices, wanted: number) {
  const { rows, page, total } = await services.broadcasts.broadcastsPage(wanted, cards.PAGE);
  return cards.listCard(rows, total, page, placeOf(services), services.installer !== undefined);
}

/** Whom it is for, in words. */
export const whomOf = (broadcast: Broadcast, services: BroadcastServices) =>
  whomInWordsOf(broadcast, services);

/** Whom something is for, in words. */
export async function whomInWordsOf(
  { audience, categories, suppliers }: Pick<Broadcast, 'audience' | 'categories' | 'suppliers'>,
  { organizations, broadcasts }: BroadcastServices,
): Promise<string> {
  const bodies = await organizations.named(audience.organizations);
  const lists = (await broadcasts.listsOf(audience)).map(calledList);
  return whomInWords(audience, categories.length + suppliers.length > 0, bodies, lists);
}

/** A notice before it leaves. */
export async function preview(broadcast: Broadcast, services: BroadcastServices, notice = '') {
  const { broadcasts } = services;
  const reach = await broadcasts.reach(broadcast);
  const review =
    broadcast.state === 'draft' ? await broadcasts.lastReview(broadcast.id, broadcast) : undefined;
  const returned = review?.verdict === 'returned' ? returnedText(review) : '';
  return cards.previewCard({
    broadcast,
    names: await namesOf(services),
    reach,
    seconds: broadcasts.secondsFor(reach.reachable),
    place: placeOf(services),
    departs: broadcasts.departs(broadcast),
    audience: await whomOf(broadcast, services),
    notice: [notice, returned].filter(Boolean).join(' '),
  });
}

/** The form of the audience. */
export async function audience(broadcast: Broadcast, services: BroadcastServices, notice = '') {
  const { organizations, broadcasts } = services;
  const { audience: chosen } = broadcast;
  return cards.audienceCard(
    broadcast,
    {
      organizations: await organizations.named(chosen.organizations),
      lists: (await broadcasts.listsOf(chosen)).map((list) => capital(calledList(list))),
      suppliers: await namesOf(services),
    },
    services.directory !== undefined,
    notice,
  );
}

/** How far a sending is; of one that was stopped, `kept` is the hour that somebody chose for the rest. */
export async function progress(
  broadcast: Broadcast,
  services: BroadcastServices,
  notice = '',
  kept?: Departs,
) {
  const { broadcasts } = services;
  const counts = await broadcasts.counts(broadcast);
  return progressCard({
    broadcast,
    counts,
    correction: broadcast.edition > 1 ? await broadcasts.correction(broadcast) : undefined,
    acknowledged: await broadcasts.acknowledged(broadcast.id),
    seconds: broadcasts.secondsFor(counts.pending + counts.sending),
    place: placeOf(services),
    rereads: broadcasts.isReadAgain(broadcast),
    corrects: broadcast.state === 'released' && (await broadcasts.correctionOf(broadcast.id)) !== undefined,
    notice,
    kept,
  });
}

/** The card for a broadcast as it stands: whoever presses an old card sees this one. */
export async function current(
  broadcast: Broadcast,
  services: BroadcastServices,
  notice = '',
  kept?: Departs,
) {
  return broadcast.state === 'draft' || broadcast.state === 'awaiting'
    ? preview(broadcast, services, notice)
    : progress(broadcast, services, notice, kept);
}

export const shown = ({ kind, broadcast }: Outcome, services: BroadcastServices) =>
  current(broadcast, services, kind === 'stale' ? STALE : '');

export async function openList(turn: MessageTurn, services: BroadcastServices): Promise<void> {
  await turn.reply(await list(services, 1));
}

export const showList = action(
  'broadcasts.list',
  schema.ListPage,
  async (turn, { page }, services: BroadcastServices) => turn.update(await list(services, page)),
  'staff',
);

export const open = action(
  'broadcasts.open',
  schema.Opened,
  async (turn, { broadcast, kept }, services: BroadcastServices) =>
    turn.update(await current(await services.broadcasts.findBroadcast(broadcast), services, '', kept)),
  'staff',
);

export const compose = action(
  'broadcasts.compose',
  schema.Nothing,
  async (turn) => turn.update(cards.composeCard(undefined)),
  'staff',
);

/** The form of a new notice, filled with the words of another. */
export const duplicate = action(
  'broadcasts.duplicate',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) =>
    turn.update(cards.copyCard(await services.broadcasts.findBroadcast(broadcast))),
  'staff',
);

/** What is written now, said where it is no more what a form was drawn from. */
const writtenNow = ({ revision, title, text }: Broadcast, seen: number | undefined): string =>
  seen === undefined || seen === revision
    ? ''
    : `Ce qui est enregistré : « ${title} ». ${shorten(plainText(text), 600)}`;

/** The words of a notice as they stand: those of the correction that waits, where there is one. */
export async function standingWords(row: Broadcast, { broadcasts }: BroadcastServices): Promise<Broadcast> {
  const held = row.state === 'released' ? await broadcasts.correctionOf(row.id) : undefined;
  return { ...row, ...(held && wordsOf(held)) };
}

/** The form of a draft, or of a correction; a notice in another state as it stands. `seen` is what a form was drawn from. */
export async function wordsForm(row: Broadcast, services: BroadcastServices, seen?: number): Promise<Card> {
  if (row.state !== 'draft' && row.state !== 'released') return current(row, services, STALE);
  const words = await standingWords(row, services);
  const approved = 'Une autre personne de l’équipe approuvera la correction avant qu’elle parte.';
  const asks = row.state === 'released' && services.broadcasts.needsApproval;
  const notices = [writtenNow(words, seen), asks ? approved : ''];
  return cards.composeCard(words, notices.filter(Boolean).join(' '));
}

export const edit = action(
  'broadcasts.edit',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) =>
    turn.update(await wordsForm(await services.broadcasts.findBroadcast(broadcast), services)),
  'staff',
);

/** The form of a draft as it stands; the notice itself, where it is a draft no more. */
async function drafted(
  { broadcast, revision }: z.output<typeof schema.Drafted>,
  services: BroadcastServices,
) {
  if (broadcast === undefined) return cards.composeCard(undefined);
  const row = await services.broadcasts.findBroadcast(broadcast);
  return row.state === 'draft' ? wordsForm(row, services, revision) : current(row, services);
}

export const save = forgiving(
  comesBack(schema.Drafted, (_turn, known, services: BroadcastServices) => drafted(known, services)),
  creating(
    'broadcasts.save',
    {
      noun: ['avis', 'avis'],
      person: 100,
      body: 500,
      tenant: 1_000,
      why: 'The staff write some notices in a day.',
    },
    schema.Draft,
    async (turn, draft, services: BroadcastServices) => {
      const outcome = await services.broadcasts.save(turn.person, draft, turn.effect);
      const { title, text } = outcome.broadcast;
      // The same words sent again lose nothing; others come back beside those that are there now.
      if (draft.title !== title || draft.text !== text) unlessStale(outcome, STALE);
      turn.update(
        outcome.kind === 'done' && outcome.broadcast.state === 'draft'
          ? await audience(outcome.broadcast, services)
          : await shown(outcome, services),
      );
    },
    'staff',
  ),
);

export const aim = action(
  'broadcasts.aim',
  schema.Aimed,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    turn.update(row.state === 'draft' ? await audience(row, services) : await current(row, services, STALE));
  },
  'staff',
);

/**
 * What a form of the audience means for a draft: what it does not ask stays. Cards of the release before send ids and
 * names of bodies, and the lists; the names that nobody has are told.
 */
export async function wantedOf(
  { groups, organizations, bodies, lists }: schema.Choice,
  { audience: was }: Broadcast,
  services: BroadcastServices,
) {
  const named = bodies === undefined ? { ids: [], unknown: [] } : await bodiesOf(bodies, services);
  const asks = organizations !== undefined || bodies !== undefined;
  const ids = asks ? [...new Set([...(organizations ?? []), ...named.ids])] : was.organizations;
  return { wanted: choiceOf(groups, ids, lists ?? was.lists ?? []), unknown: named.unknown };
}

export const choose = action(
  'broadcasts.choose',
  schema.Choice,
  async (turn, input, services: BroadcastServices) => {
    const { broadcast, revision } = input;
    const row = await services.broadcasts.findBroadcast(broadcast);
    const { wanted, unknown } = await wantedOf(input, row, services);
    if (unknown.length > 0) {
      const kept = await services.broadcasts.keepChoice(turn.person, broadcast, revision, wanted);
      return turn.update(
        kept.kind === 'done'
          ? await audience(kept.broadcast, services, unknownText(unknown))
          : await shown(kept, services),
      );
    }
    const outcome = await services.broadcasts.aim(turn.person, broadcast, revision, wanted);
    turn.update(await shown(outcome, services));
  },
  'staff',
);

export const tryOut = action(
  'broadcasts.try',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    const { timeZone } = services;
    await turn.reply(cards.messageCard(row, await namesOf(services), timeZone, { trial: true }));
    turn.notify('L’essai est ci-dessous : vous seul le voyez.');
  },
  'staff',
);

/** A button that makes one step and shows what became of it. */
const step = (
  verb: string,
  name: 'discard' | 'cancel' | 'withdraw',
  show: (outcome: Outcome, services: BroadcastServices) => Promise<Card> = shown,
) =>
  action(
    verb,
    schema.Seen,
    async (turn, { broadcast, revision }, services: BroadcastServices) =>
      turn.update(await show(await services.broadcasts[name](turn.person, broadcast, revision), services)),
    'staff',
  );

export const discard = step('broadcasts.discard', 'discard');
export const cancel = step('broadcasts.cancel', 'cancel', (outcome, services) =>
  outcome.kind === 'done' && outcome.broadcast.state === 'released'
    ? current(outcome.broadcast, services, 'Tout est déjà parti.')
    : shown(outcome, services),
);
export const withdraw = step('broadcasts.withdraw', 'withdraw');

/** Those who cannot be reached, before; those who received nothing, after. */
export const recipients = action(
  'broadcasts.recipients',
  schema.ResultsPage,
  async (turn, { broadcast, page: wanted }, services: BroadcastServices) => {
    const { broadcasts, deliveries } = services;
    const row = await broadcasts.findBroadcast(broadcast);
    const before = row.state === 'draft' || row.state === 'awaiting';
    const reach = await broadcasts.reach(row);
    const counts = await broadcasts.counts(row);
    const total = before
      ? reach.people + reach.conversations - reach.reachable
      : NOT_RECEIVED.reduce((sum, state) => sum + counts[state], 0);
    const page = nearestPage(wanted, total, cards.PAGE);
    const offset = (page - 1) * cards.PAGE;
    const rows = before
      ? await deliveries.outOfReach(keyOf(row), offset, cards.PAGE)
      : await deliveries.page(keyOf(row), NOT_RECEIVED, offset, cards.PAGE);
    turn.update(
      cards.recipientsCard(row, await named(rows, services), total, page, {
        before,
        installs: await installsText(row.id, services.db),
        installable: services.installer !== undefined && reach.notInstalled > 0,
      }),
    );
  },
  'staff',
);

/** Names for recipients: what Teams said of a person or a channel last, else their id. */
export async function named(
  rows: readonly DeliveryRow[],
  { people, conversations }: Pick<BroadcastServices, 'people' | 'conversations'>,
): Promise<cards.NamedRow[]> {
  const names = await people.names(
    rows.flatMap(({ recipient }) => (recipient.kind === 'person' ? [recipient] : [])),
  );
  return Promise.all(
    rows.map(async (row) => {
      const { recipient } = row;
      if (recipient.kind === 'person')
        return { row, name: names.get(recipient.objectId) ?? `Personne ${recipient.objectId}` };
      const conversation = await conversations.find(recipient.conversationId);
      return { row, name: conversation?.name ?? `Canal ${recipient.conversationId}` };
    }),
  );
}

export const askResend = action(
  'broadcasts.askResend',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    const { unreachable, dead, unknown } = await services.broadcasts.counts(row);
    turn.update(cards.resendCard(row, unreachable + dead, unknown));
  },
  'staff',
);

export const resend = creating(
  'broadcasts.resend',
  {
    noun: ['renvoi', 'renvois'],
    person: 100,
    body: 500,
    tenant: 1_000,
    why: 'Some a notice, of the few that the staff send in a day.',
  },
  schema.Resend,
  async (turn, { broadcast, which }, services: BroadcastServices) => {
    const { broadcasts } = services;
    const first = await broadcasts.resend(turn.person, broadcast, which, turn.effect);
    const row = await broadcasts.findBroadcast(broadcast);
    if (first)
      await broadcasts.followedBy(
        row.id,
        turn.conversation.id,
        await turn.reply(await progress(row, services)),
      );
    turn.update(await progress(row, services, 'C’est reparti, pour ceux-là seulement.'));
  },
  'staff',
);

export const exportResults = creating(
  'broadcasts.export',
  { uncounted: 'A link for the staff, forgotten after a quarter of an hour.' },
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    await services.broadcasts.findBroadcast(broadcast);
    const url = await services.links.issueOnce(turn.effect, 'broadcastResults', {
      broadcast,
      tenantId: turn.person.tenantId,
      objectId: turn.person.objectId,
    });
    await turn.reply(cards.exportCard(url));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);

export const acknowledge = action(
  'broadcasts.acknowledge',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.acknowledge(turn, broadcast);
    turn.notify('Merci, c’est noté.');
    if (turn.conversation.kind === 'personal')
      turn.update(
        cards.messageCard(row, await namesOf(services), services.timeZone, {
          acknowledged: 'Vous en avez pris connaissance.',
        }),
      );
  },
);
