import { job } from '../../../core/routes/jobs.ts';
import { notice } from '../../../core/routes/notices.ts';
import { inForceCard } from '../browsing/screens/change-cards.ts';
import type { CatalogueServices } from '../browsing/screens/services.ts';
import { digestCard } from '../following/screens/digest-card.ts';
import * as schema from '../screens/schema.ts';
import { dayInForceCard } from './screens/day-card.ts';

/** Every minute and at each start: versions whose day has come are announced, also after a long stop. */
export const takeEffect = job(
  'catalogue.takeEffect',
  schema.Nothing,
  async (_input, { catalogue }: CatalogueServices) => {
    await catalogue.announcements.announceDue();
    await catalogue.measuring.applyDue();
  },
  { every: '* * * * *' },
);

/** The staff's channel: a version took effect, and what it changed. */
export const inForce = notice(
  { kind: 'catalogue.inForce', policy: 'once', hours: 'any', pausable: false, priority: 1 },
  schema.FicheVersion,
  async ({ supplier, version }, _recipient, { catalogue }: Pick<CatalogueServices, 'catalogue'>) => {
    const found = await catalogue.difference(supplier, version);
    return found && inForceCard(found.fiche, found.difference);
  },
);

/** The staff's channel: all that took effect on a day, in one card that grows with it. */
export const dayInForce = notice(
  { kind: 'catalogue.dayInForce', policy: 'surely', hours: 'any', pausable: false, priority: 1 },
  schema.Day,
  async ({ day }, _recipient, { catalogue }: Pick<CatalogueServices, 'catalogue'>) => {
    const changes = await catalogue.digests.changesOfDay(day);
    return changes.length > 0 ? dayInForceCard(day, changes) : undefined;
  },
);

/** What the release before enqueued, and enqueues while it works beside this one: a later release drops it. */
export const tellStaff = job(
  'catalogue.tellStaff',
  schema.InForce,
  (event, { catalogue, db }: CatalogueServices) => db.transaction((tx) => catalogue.tellStaff(tx, event)),
);

/** A minute after an announcement: whoever was just being sent the day's notice sees it change too. */
export const correctDigest = job(
  'catalogue.correctDigest',
  schema.DigestCorrection,
  (correction, { catalogue }: CatalogueServices) => catalogue.digests.correct(correction),
);

/** The day's notice, as its recipient follows the catalogue when it leaves. */
export const digest = notice(
  {
    kind: 'catalogue.digest',
    policy: 'surely',
    hours: 'decent',
    pausable: true,
    priority: 2,
    title: 'Changements du catalogue',
  },
  schema.Day,
  async ({ day }, recipient, { catalogue }: Pick<CatalogueServices, 'catalogue'>) => {
    const changes = await catalogue.digests.changesFor(day, recipient);
    return changes.length > 0 ? digestCard(day, changes, recipient.kind === 'conversation') : undefined;
  },
);
