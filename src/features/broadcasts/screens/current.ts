import { asDate } from '../../../core/clock.ts';
import type { House } from '../../../core/manifest.ts';
import type { Conversations } from '../../../core/ports/conversations.ts';
import type { Directory } from '../../../core/ports/directory.ts';
import { capital } from '../../../core/text/text.ts';
import type { CatalogueService } from '../../catalogue/index.ts';
import type { Links, Organizations, People, StaffChannel } from '../../people/index.ts';
import { whomInWords } from '../approving/rules/whom.ts';
import { returnedText } from '../approving/screens/cards.ts';
import { audienceCard } from '../choosing/screens/audience-card.ts';
import type { InstallServices } from '../installing/screens.ts';
import { calledList } from '../lists/rules/reading.ts';
import type { Departs } from '../sending/rules/departure.ts';
import { previewCard } from '../sending/screens/preview-card.ts';
import { progressCard } from '../sending/screens/progress-card.ts';
import type { Broadcast, BroadcastOutcome } from '../store/records.ts';
import type * as cards from './cards.ts';
import type { SupplierNames } from './message-card.ts';

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

export const placeOf = ({ clock, timeZone }: BroadcastServices): cards.Place => ({
  now: asDate(clock.now()),
  timeZone,
});

export async function namesOf({ catalogue }: BroadcastServices): Promise<SupplierNames> {
  const { fiches } = await catalogue.current();
  return new Map(fiches.map(({ supplier }) => [supplier.id, supplier.name]));
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
  return previewCard({
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
  return audienceCard(
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

export const shown = ({ kind, broadcast }: BroadcastOutcome, services: BroadcastServices) =>
  current(broadcast, services, kind === 'stale' ? STALE : '');
