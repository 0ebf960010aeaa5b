import { asDate, type Clock } from '../../core/clock.ts';
import type { House, Settings } from '../../core/manifest.ts';
import type { Roster } from '../../core/ports/conversations.ts';
import type { Db } from '../../core/ports/db.ts';
import type { Deliveries } from '../../core/ports/delivery.ts';
import type { Queue } from '../../core/ports/queue.ts';
import { type BusinessDays, brokerDate } from '../../core/time/business-days.ts';
import type { Audit, Quotas } from '../people/index.ts';
import { buildCatalogue } from './browsing/store.ts';
import { buildCorrecting } from './correcting/store/correcting.ts';
import { buildDigests } from './following/store/digests.ts';
import { buildRelianceNews } from './following/store/reliance-news.ts';
import { buildSubscriptions } from './following/store/subscriptions.ts';
import { suppliersToChoose } from './following/store/suppliers.ts';
import { buildMeasuring } from './measuring/store/measuring.ts';
import { buildMeasureProposals } from './measuring/store/proposing.ts';
import { buildAnnouncements, buildStaffNews } from './publishing/store/announcements.ts';
import { buildCancelling } from './publishing/store/cancelling.ts';
import { buildPublication } from './publishing/store/publication.ts';
import { buildSamples } from './publishing/store/samples.ts';
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
  readonly house: Pick<House, 'knows' | 'answers' | 'relying'>;
  readonly settings: Pick<Settings, 'approval'>;
}

/** A part whose functions of these names change what is in force: `changed` hears of each, done or failed. */
function telling<P extends object, N extends keyof P>(
  part: P & Readonly<Record<N, (...given: never[]) => Promise<unknown>>>,
  names: readonly N[],
  changed: () => void,
): P {
  const told = names.map((name) => {
    const change = part[name] as (...given: unknown[]) => Promise<unknown>;
    return [name, (...given: unknown[]) => change(...given).finally(changed)] as const;
  });
  return { ...part, ...Object.fromEntries(told) };
}

/** The catalogue's services: reading, publishing, following. */
export function buildCatalogueServices(ports: CataloguePorts) {
  const { db, clock, queue, deliveries, roster, days, audit, quotas } = ports;
  /** Words of everyday questions, which are no misspelt names. */
  const isCommonWord = (word: string) => ports.house.knows(word);
  const browsing = buildCatalogue(db, clock, isCommonWord);
  const { changed } = browsing;
  const publication = telling(buildPublication(db, clock, days), ['publish'], changed);
  const reliance = buildRelianceNews(db, clock, deliveries, ports.house);
  const digests = buildDigests(ports, reliance.rests);
  const { tellStaff, tellStaffOfDay } = buildStaffNews(deliveries);
  const announcements = buildAnnouncements(db, clock, queue, async (tx, events) => {
    await digests.addToDigest(tx, events);
    if (events.length > 0) await tellStaffOfDay(tx, brokerDate(clock.now()).toString());
  });
  const correcting = buildCorrecting({
    ...ports,
    announcements,
    digests,
    reliance,
    approval: ports.settings.approval,
    tellStaffOfDay,
  });
  const measuring = buildMeasuring({ ...ports, announcements, digests, reliance, tellStaffOfDay });
  const measureProposals = buildMeasureProposals({ ...ports, approval: ports.settings.approval }, measuring);
  return {
    measuring: telling(measuring, ['decide', 'lift'], changed),
    measureProposals: telling(measureProposals, ['approveMeasure'], changed),
    correcting: telling(correcting, ['correct', 'approve'], changed),
    reliance,
    ...browsing,
    publication,
    cancelling: telling(buildCancelling(db, clock, days, audit), ['cancel'], changed),
    samples: telling(buildSamples(db, clock, audit, ports.house), ['remove'], changed),
    announcements,
    tellStaff,
    digests,
    uploads: telling(
      buildUploads({ db, clock, publication, announcements, audit, quotas }),
      ['confirm'],
      changed,
    ),
    subscriptions: buildSubscriptions(db, clock, roster),
    days,
    isCommonWord,
    /** Suppliers of today's catalogue, a page of those that a search finds, or of these. */
    suppliersToChoose: (
      which: { readonly sought: string } | { readonly ids: readonly string[] },
      page: number,
      size: number,
    ) => suppliersToChoose(db, asDate(clock.now()), which, page, size),
    /** Whether something else answers a text for sure: it then goes before a name in passing. */
    answeredElsewhere: (text: string) => ports.house.answers(text),
    /** Today, and the next day on which prices may change (guide 3.2). */
    priceDays() {
      const today = brokerDate(clock.now());
      return { today, next: days.nextPriceDate(today) };
    },
  };
}

export type CatalogueService = ReturnType<typeof buildCatalogueServices>;
