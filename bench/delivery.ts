import { PGlite } from '@electric-sql/pglite';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference as SdkReference,
} from 'botbuilder';
import { sql } from 'drizzle-orm';
import { systemClock } from '../src/core/clock.ts';
import type { DeliveryState } from '../src/core/ports/delivery.ts';
import { embedded } from '../src/edges/storage/embedded.ts';
import { broadcast, engine, TENANT } from '../test/support/delivery.ts';
import { type Fault, openTeamsServer } from '../test/support/teams-server.ts';
import { row } from './figures.ts';

const PEOPLE = 2_000;
/** Of a hundred requests, five are refused whatever their pace, each in its own way. */
const MISHAPS: Readonly<Record<number, Fault>> = {
  10: { status: 429, headers: { 'retry-after': '1' } },
  30: { status: 429 },
  50: { status: 503 },
  70: { status: 500 },
  90: { acceptedThen: 502 },
};
/** Told for the pace alone, when nothing is refused. */
const FEWER = 500;
/** The older published limit of an app in a tenant, and the rate that we keep by default. */
const LIMIT = 30;
const RATE = 25;

/**
 * Telling two thousand people once, and reminding as many surely, beside the loop over `continueConversationAsync` that
 * samples show, on the same stand-in.
 */
export async function benchDelivery(): Promise<void> {
  const theirs = await measured(naive);
  const once = await measured(ledger('broadcast'));
  const surely = await measured(ledger('sure'));
  console.log(
    `\nTelling ${PEOPLE} people; Teams takes ${LIMIT} a second; of a hundred requests two more get 429, and 503, 500, 502 after acceptance each one`,
  );
  row('', 'told once', 'reminders', 'naive loop');
  const line = (label: string, key: keyof typeof once) => row(label, once[key], surely[key], theirs[key]);
  line('told', 'told');
  line('received', 'received');
  line('received twice', 'twice');
  line('listed as unknown', 'unknown');
  line('of these, received all the same', 'doubted');
  line('unreachable or refused', 'unreachable');
  line('lost: not received, not listed', 'lost');
  line('requests over a limit', 'violations');
  line('time (s)', 'seconds');
  line('heap at most (MB)', 'heap');
  const calm = await measured(ledger('broadcast'), FEWER, () => undefined);
  console.log(
    `Pace when nothing is refused: ${((FEWER / calm.seconds / RATE) * 100).toFixed(1)} % of the configured ${RATE} a second, ${calm.violations} requests over a limit`,
  );
}

type Teams = Awaited<ReturnType<typeof openTeamsServer>>;

/** What a way of telling says of itself: chats that it lists, and how long it took after its preparations. */
interface Told {
  readonly unknown: readonly string[];
  readonly unreachable: readonly string[];
  readonly seconds: number;
}

async function measured(
  tell: (teams: Teams, people: number) => Promise<Told>,
  people = PEOPLE,
  fault = ({ n }: { readonly n: number }) => MISHAPS[n % 100],
) {
  const teams = await openTeamsServer({ perSecond: LIMIT, fault });
  let heap = 0;
  const watching = setInterval(() => {
    heap = Math.max(heap, process.memoryUsage().heapUsed / 1e6);
  }, 100);
  const { unknown, unreachable, seconds } = await tell(teams, people);
  clearInterval(watching);
  const received = new Set(teams.accepted().map(({ conversation }) => conversation));
  const accounted = new Set([...received, ...unknown, ...unreachable]);
  const { conversation, tenant, early } = teams.violations;
  await teams.close();
  return {
    told: people,
    received: received.size,
    twice: teams.duplicates(),
    unknown: unknown.length,
    doubted: unknown.filter((chat) => received.has(chat)).length,
    unreachable: unreachable.length,
    lost: people - accounted.size,
    violations: conversation + tenant + early,
    seconds,
    heap,
  };
}

/** What samples do: one after the other, the SDK's own retries, an error is logged and forgotten. */
async function naive({ url }: Teams, people: number) {
  const start = performance.now();
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  for (let n = 1; n <= people; n++) {
    const reference = {
      bot: { id: '28:bot', name: 'Courtier' },
      channelId: 'msteams',
      conversation: { id: `chat-${n}`, tenantId: TENANT },
      serviceUrl: url,
      user: { id: `29:${n}` },
    } as SdkReference;
    await adapter
      .continueConversationAsync(
        '',
        reference,
        async (context) => void (await context.sendActivity('Bonjour')),
      )
      .catch(() => {});
  }
  return { unknown: [], unreachable: [], seconds: (performance.now() - start) / 1_000 };
}

/** The ledger, by the rules of a kind of notice. */
const ledger =
  (kind: 'broadcast' | 'sure') =>
  async (teams: Teams, people: number): Promise<Told> => {
    const storage = embedded(await PGlite.create());
    await storage.migrate();
    await storage.db.execute(sql`
    insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
    select 'chat-' || n, 'personal', ${TENANT}, 'chat-' || n, ${teams.url}, '28:bot', 'Courtier', now()
    from generate_series(1, ${people}) n`);
    const { alone, deliveries, pump } = engine({ db: storage.db, clock: systemClock, rate: RATE });
    const { key } = broadcast();
    await alone.address(
      broadcast({ kind }),
      sql`select tenant_id, person_id as object_id, '' as conversation_id from conversations`,
    );
    const start = performance.now();
    pump.start();
    let counts = await deliveries.counts(key);
    while (counts.pending + counts.sending > 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      counts = await deliveries.counts(key);
    }
    const seconds = (performance.now() - start) / 1_000;
    await pump.stop();
    const listed = async (...states: DeliveryState[]) =>
      (await deliveries.page(key, states, 0, people)).map(({ recipient }) =>
        recipient.kind === 'person' ? recipient.objectId : recipient.conversationId,
      );
    const told = {
      unknown: await listed('unknown'),
      unreachable: await listed('unreachable', 'dead'),
      seconds,
    };
    await storage.close();
    return told;
  };
