import { z } from 'zod';
import { CARDS_FOLDER } from '../../src/app/paths.ts';
import type { Content } from '../../src/core/card.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { ConversationReference } from '../../src/core/ports/conversations.ts';
import type { Db, Tx } from '../../src/core/ports/db.ts';
import type { Deliveries, Recipient } from '../../src/core/ports/delivery.ts';
import type { Log } from '../../src/core/ports/log.ts';
import type { Queue } from '../../src/core/ports/queue.ts';
import type { Presence } from '../../src/core/router.ts';
import { type NoticeRoute, type NoticeRules, notice } from '../../src/core/routes/notices.ts';
import { buildDecentHours } from '../../src/core/time/decent-hours.ts';
import { buildConversations, buildDelivery, type Step } from '../../src/edges/delivery/index.ts';
import { buildAuthentication, buildMessenger, buildRenderer } from '../../src/edges/teams/index.ts';
import { days } from './catalogue.ts';

export const TENANT = '11111111-1111-4111-8111-111111111111';
/** Who shows up is written nowhere. */
export const unseen: Presence = { wrote: async () => {}, pressed: async () => {} };
export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
/** The bot of tests, where it has an identity. */
export const BOT = {
  id: '99999999-9999-4999-8999-999999999999',
  tenantId: TENANT,
  type: 'SingleTenant',
} as const;
const render = buildRenderer(CARDS_FOLDER, new Set());

const kind = (rules: Partial<NoticeRules> & Pick<NoticeRules, 'kind'>, say: () => Content | undefined) =>
  notice(
    { policy: 'once', hours: 'any', pausable: false, priority: 2, ...rules },
    z.looseObject({ words: z.string().optional() }),
    async ({ words }) => (words === undefined ? say() : words),
  );

export interface EngineOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly rate?: number;
  readonly observe?: (step: Step, id: string) => void;
  readonly sleep?: (ms: number) => Promise<void>;
  /** What the notice « changing » says now. */
  readonly say?: () => Content | undefined;
  readonly published?: (event: string) => void;
  /** Who the assistant is to Teams; nobody in particular when absent. */
  readonly authentication?: ReturnType<typeof buildAuthentication>;
  /** The notices of a feature, besides those of the tests. */
  readonly notices?: readonly NoticeRoute<object>[];
}

/** The engine on a database, speaking to Teams by its real client. */
export function engine({
  db,
  clock,
  rate = 200,
  say = () => 'Bonjour',
  published,
  authentication = buildAuthentication(undefined),
  notices = [],
  ...rest
}: EngineOptions) {
  const conversations = buildConversations(db, clock);
  const queue: Queue = {
    enqueue: async () => pump.wake(),
    publish: async (_tx, event) => published?.(event),
  };
  const { deliveries, pump } = buildDelivery({
    db,
    clock,
    rate,
    queue,
    conversations,
    messenger: buildMessenger(authentication, BOT.id, conversations, render),
    hours: buildDecentHours(days, 'America/Toronto'),
    log: silent,
    notices: [
      kind({ kind: 'broadcast' }, say),
      kind({ kind: 'changing' }, say),
      kind({ kind: 'reminder', policy: 'surely', priority: 1 }, say),
      kind({ kind: 'sure', policy: 'surely' }, say),
      kind({ kind: 'decent', policy: 'surely', priority: 1, hours: 'decent', pausable: true }, say),
      ...notices,
    ],
    services: () => ({}),
    ...rest,
  });
  return { deliveries, pump, conversations, alone: alone(db, deliveries) };
}

type Write = 'address' | 'cancel' | 'correct' | 'move' | 'prefer' | 'retry' | 'revive' | 'unhold';
type Given<W extends Write> = Parameters<Deliveries[W]> extends [Tx, ...infer Rest] ? Rest : never;

/** What writes in the ledger, each in a transaction of its own. */
const alone = (db: Db, deliveries: Deliveries) => ({
  address: (...given: Given<'address'>) => db.transaction((tx) => deliveries.address(tx, ...given)),
  cancel: (...given: Given<'cancel'>) => db.transaction((tx) => deliveries.cancel(tx, ...given)),
  correct: (...given: Given<'correct'>) => db.transaction((tx) => deliveries.correct(tx, ...given)),
  move: (...given: Given<'move'>) => db.transaction((tx) => deliveries.move(tx, ...given)),
  prefer: (...given: Given<'prefer'>) => db.transaction((tx) => deliveries.prefer(tx, ...given)),
  retry: (...given: Given<'retry'>) => db.transaction((tx) => deliveries.retry(tx, ...given)),
  revive: (...given: Given<'revive'>) => db.transaction((tx) => deliveries.revive(tx, ...given)),
  unhold: (...given: Given<'unhold'>) => db.transaction((tx) => deliveries.unhold(tx, ...given)),
});

export const chatOf = (n: number): string => `chat-${n}`;
export const personOf = (n: number): Recipient & { kind: 'person' } => ({
  kind: 'person',
  tenantId: TENANT,
  objectId: `person-${n}`,
});

/** So many people, each with a chat that the assistant knows. */
export async function introduce(
  conversations: ReturnType<typeof engine>['conversations'],
  serviceUrl: string,
  people: number,
): Promise<(Recipient & { kind: 'person' })[]> {
  for (let n = 1; n <= people; n++) await conversations.remember(reference(serviceUrl, n));
  return Array.from({ length: people }, (_, at) => personOf(at + 1));
}

export const reference = (serviceUrl: string, n: number): ConversationReference => ({
  id: chatOf(n),
  kind: 'personal',
  tenantId: TENANT,
  serviceUrl,
  botId: '28:bot',
  botName: 'Courtier',
  personId: `person-${n}`,
});

export const broadcast = (changes: object = {}) => ({
  kind: 'broadcast',
  key: 'broadcast:1',
  about: 'broadcast:1',
  subject: {},
  ...changes,
});
