import { type Composed, compose, type Reads } from '../../src/app/compose.ts';
import { HOLIDAYS_FILE } from '../../src/app/paths.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Calendar } from '../../src/core/ports/calendar.ts';
import type { Inbox } from '../../src/core/ports/inbox.ts';
import type { Log } from '../../src/core/ports/log.ts';
import { buildBusinessDays } from '../../src/core/time/business-days.ts';
import { buildDecentHours, type DecentHours } from '../../src/core/time/decent-hours.ts';
import type { Person } from '../../src/core/turn.ts';
import { readHolidays } from '../../src/edges/calendar/index.ts';
import { buildConversations, buildDelivery, deliveryRetention } from '../../src/edges/delivery/index.ts';
import { documents } from '../../src/edges/documents/index.ts';
import { buildInbox, inboxRetention } from '../../src/edges/inbox/index.ts';
import { features, type Services } from '../../src/features/registry.ts';
import { fakeQueue } from '../support/fake-queue.ts';
import { readHere } from '../support/knowledge.ts';
import type { Chats } from './chats.ts';
import type { Line } from './store.ts';

export const ZONE = 'America/Toronto';
export const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));
export const hours = buildDecentHours(days, ZONE);

/** What the features read of their files: once for each of the processes of all worlds. */
const reads: Reads[] = [];
const readsOf = (process: number): Reads => {
  reads[process] ??= readHere(features);
  return reads[process];
};

/** Says why a statement, or a sending, of a process that was killed does not go through. */
export class Killed extends Error {}

export interface Surroundings {
  readonly clock: Clock;
  readonly chats: Chats;
  readonly calendar: Calendar;
  readonly admin: string;
  /** Whom Teams names as members of any conversation: the broker's people. */
  readonly team: readonly Person[];
  /** What a process writes in its log. */
  readonly log: Log;
  /** What a test puts in the place of a part, to show that a law catches what follows. */
  readonly instead?: Instead;
  /** A notice of the ledger was posted. */
  readonly posted: (delivery: string) => void;
}

/** Parts of the house that a test may replace by broken ones. */
export interface Instead {
  readonly hours?: DecentHours;
  readonly inbox?: Inbox;
}

/** Of what went wrong, the end: its cause. */
const MOST_CAUSE = 600;

/** A log as the laws read it: what was written while a fault was about says so. */
export function openLog(logged: string[], inTrouble: () => boolean) {
  const write = (level: string) => (data: object, message: string) => {
    const cause =
      'err' in data && data.err instanceof Error ? `${data.err.stack} ${String(data.err.cause ?? '')}` : '';
    logged.push(
      `${inTrouble() ? 'trouble ' : ''}${level} ${message} ${cause.slice(-MOST_CAUSE)} ${JSON.stringify(data)}`,
    );
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

export type House = ReturnType<typeof openHouse>;

/** One process of the assistant, as the composition root makes it: its services, its router, its ledger and its jobs. */
export function openHouse(process: number, line: Line, outside: Surroundings) {
  const { db } = line;
  const { clock, chats, calendar, admin, team, log, posted, instead = {} } = outside;
  let dead = false;
  const alive = () => {
    if (dead || line.cut) throw new Killed('the process was killed');
  };
  const conversations = buildConversations(db, clock);
  const jobs = features.flatMap((feature) => feature.jobs);
  const { queue, ...waiting } = fakeQueue(db, jobs);
  const delivery = buildDelivery<Services>({
    db,
    clock,
    queue,
    messenger: chats.messenger(conversations, alive),
    conversations,
    log,
    notices: features.flatMap((feature) => feature.notices ?? []),
    services: () => composed.services,
    hours: instead.hours ?? hours,
    rate: 1_000_000,
    sleep: async () => {},
    random: () => 0.5,
    observe: (step, id) => {
      if (step === 'posted') posted(id);
    },
  });
  const composed: Composed<Services> = compose<Services>(
    features,
    {
      db,
      clock,
      queue,
      roster: { page: async () => ({ people: [...team], next: undefined }) },
      conversations,
      deliveries: delivery.deliveries,
      calendar,
      documents,
      installer: undefined,
      directory: undefined,
      mailbox: undefined,
      days,
      log,
      retention: [...deliveryRetention, ...inboxRetention],
      condition: async () => ({
        version: '0.0.0',
        jobs: [],
        database: { engine: 'postgres', bytes: undefined, schema: { newest: 0, known: 0 } },
        disk: undefined,
      }),
      settings: {
        bot: { id: '99999999-9999-4999-8999-999999999999' },
        admins: [admin],
        domains: true,
        publicUrl: 'http://127.0.0.1:3978',
        timeZone: ZONE,
        feePercent: 2,
        tenants: [],
        approval: false,
        quotaPercent: 1_000,
        secretExpires: undefined,
        linkHosts: ['.quebec.ca'],
        linkDays: 60,
      },
    },
    readsOf(process),
  );
  return {
    ...composed,
    line,
    process,
    jobs: waiting,
    conversations,
    pump: delivery.pump,
    inbox: instead.inbox ?? buildInbox(db, clock, log),
    alive,
    kill() {
      dead = true;
      line.cut = true;
    },
    refresh: () => Promise.all(features.map((feature) => feature.refresh?.(composed.services))),
  };
}

/** The jobs that come by themselves, each with its expression. */
export const schedules = features
  .flatMap(({ jobs }) => jobs)
  .flatMap(({ name, every }) => (every ? [{ name, every }] : []));

export const jobNamed = (name: string) => {
  const route = features.flatMap(({ jobs }) => jobs).find((each) => each.name === name);
  if (!route) throw new Error(`no job ${name}`);
  return route;
};
