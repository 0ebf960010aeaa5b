import { type BusinessDays, brokerDate } from '../../core/business-days.ts';
import type { Clock } from '../../core/clock.ts';
import type { Db, Deliveries, Queue, Roster } from '../../core/ports.ts';
import type { Audit, Quotas } from '../people/index.ts';
import { buildCatalogue } from './browsing/store.ts';
import { buildDigests } from './following/store/digests.ts';
import { buildSubscriptions } from './following/store/subscriptions.ts';
import { buildAnnouncements, buildStaffNews } from './publishing/store/announcements.ts';
import { buildCancelling } from './publishing/store/cancelling.ts';
import { buildPublication } from './publishing/store/publication.ts';
import { buildUploads } from './publishing/store/uploads.ts';

export interface CataloguePorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly deliveries: Deliveries;
  readonly roster: Roster;
  readonly days: BusinessDays;
  readonly audit: Audit;
  readonly quotas: Pick<Quotas, 'spend'>;
  /** Words of everyday questions, which are no misspelt names. */
  readonly isCommonWord: (word: string) => boolean;
  /** Whether something else answers a text for sure: it then goes before a name in passing. */
  readonly answeredElsewhere: (text: string) => boolean;
}

/** The catalogue's services: reading, publishing, following. */
export function buildCatalogueServices(ports: CataloguePorts) {
  const { db, clock, queue, deliveries, roster, days, audit, quotas } = ports;
  const { isCommonWord, answeredElsewhere } = ports;
  const publication = buildPublication(db, clock, days);
  const digests = buildDigests(db, clock, deliveries, queue);
  const { tellStaff, tellStaffOfDay } = buildStaffNews(deliveries);
  const announcements = buildAnnouncements(db, clock, queue, async (tx, events) => {
    await digests.addToDigest(tx, events);
    if (events.length > 0) await tellStaffOfDay(tx, brokerDate(clock.now()).toString());
  });
  return {
    ...buildCatalogue(db, clock, isCommonWord),
    publication,
    cancelling: buildCancelling(db, clock, days, audit),
    announcements,
    tellStaff,
    digests,
    uploads: buildUploads({ db, clock, publication, announcements, audit, quotas }),
    subscriptions: buildSubscriptions(db, clock, roster),
    days,
    isCommonWord,
    answeredElsewhere,
    /** Today, and the next day on which prices may change (guide 3.2). */
    priceDays() {
      const today = brokerDate(clock.now());
      return { today, next: days.nextPriceDate(today) };
    },
  };
}

export type CatalogueService = ReturnType<typeof buildCatalogueServices>;
