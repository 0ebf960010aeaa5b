import { PGlite } from '@electric-sql/pglite';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference as SdkReference,
} from 'botbuilder';
import { sql } from 'drizzle-orm';
import { systemClock } from '../src/core/clock.ts';
import { embedded } from '../src/edges/storage/embedded.ts';
import { broadcast, engine, TENANT } from '../test/support/delivery.ts';
import { openTeamsServer } from '../test/support/teams-server.ts';
import { row } from './figures.ts';

const PEOPLE = 2_000;
/** Requests refused for haste, whatever their pace. */
const REFUSED = 0.05;
/** The older published limit of an app in a tenant, and the rate that we keep by default. */
const LIMIT = 30;
const RATE = 25;

/** Telling two thousand people, beside the loop over `continueConversationAsync` that samples show, on the same stand-in. */
export async function benchDelivery(): Promise<void> {
  const theirs = await measured(naive);
  const ours = await measured(ledger);
  console.log(
    `\nTelling ${PEOPLE} people; Teams takes ${LIMIT} a second and refuses ${REFUSED * 100} % more`,
  );
  row('', 'Courtier', 'naive loop', 'ratio');
  const compare = (label: string, key: keyof typeof ours) =>
    row(label, ours[key], theirs[key], ours[key] / theirs[key]);
  compare('received', 'received');
  compare('received twice', 'twice');
  compare('lost', 'lost');
  compare('requests over a limit', 'violations');
  compare('time (s)', 'seconds');
  compare('heap at most (MB)', 'heap');
  console.log(
    `Pace: ${((PEOPLE / ours.seconds / RATE) * 100).toFixed(1)} % of the configured ${RATE} a second`,
  );
}

type Teams = Awaited<ReturnType<typeof openTeamsServer>>;

async function measured(tell: (teams: Teams) => Promise<void>) {
  let n = 0;
  const teams = await openTeamsServer({
    perSecond: LIMIT,
    fault: () => (++n % (1 / REFUSED) === 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined),
  });
  let heap = 0;
  const watching = setInterval(() => {
    heap = Math.max(heap, process.memoryUsage().heapUsed / 1e6);
  }, 100);
  const start = performance.now();
  await tell(teams);
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(watching);
  const twice = teams.duplicates();
  const received = teams.accepted().length - twice;
  const { conversation, tenant, early } = teams.violations;
  await teams.close();
  return {
    received,
    twice,
    lost: PEOPLE - received,
    violations: conversation + tenant + early,
    seconds,
    heap,
  };
}

/** What samples do: one after the other, the SDK's own retries, an error is logged and forgotten. */
async function naive({ url }: Teams): Promise<void> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  for (let n = 1; n <= PEOPLE; n++) {
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
}

async function ledger(teams: Teams): Promise<void> {
  const storage = embedded(await PGlite.create());
  await storage.migrate();
  await storage.db.execute(sql`
    insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
    select 'chat-' || n, 'personal', ${TENANT}, 'person-' || n, ${teams.url}, '28:bot', 'Courtier', now()
    from generate_series(1, ${PEOPLE}) n`);
  const { deliveries, pump } = engine({ db: storage.db, clock: systemClock, rate: RATE });
  await deliveries.address(
    storage.db,
    broadcast(),
    sql`select tenant_id, person_id as object_id, '' as conversation_id from conversations`,
  );
  pump.start();
  await teams.has(PEOPLE);
  await pump.stop();
  await storage.close();
}
