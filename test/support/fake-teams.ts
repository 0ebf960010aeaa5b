import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Composed, compose, type Reads, readFiles } from '../../src/app/compose.ts';
import { HOLIDAYS_FILE } from '../../src/app/paths.ts';
import type { Card, Content } from '../../src/core/card.ts';
import { CourtierError, DeliveryError } from '../../src/core/errors.ts';
import { type Id, newId } from '../../src/core/id.ts';
import type { Member } from '../../src/core/manifest.ts';
import type { Messenger } from '../../src/core/messenger.ts';
import type { Calendar } from '../../src/core/ports/calendar.ts';
import type { ConversationReference, Roster, RosterMember } from '../../src/core/ports/conversations.ts';
import type { Directory, Installer } from '../../src/core/ports/directory.ts';
import type { Log } from '../../src/core/ports/log.ts';
import type { Mailbox } from '../../src/core/ports/mailbox.ts';
import type { Condition } from '../../src/core/process/watched.ts';
import { effectOfPress } from '../../src/core/routing/effect.ts';
import { typeset } from '../../src/core/text/text.ts';
import { buildBusinessDays } from '../../src/core/time/business-days.ts';
import { buildDecentHours } from '../../src/core/time/decent-hours.ts';
import type { ActionTurn, Conversation, Person, Turn } from '../../src/core/turn.ts';
import { builtInCalendar, readHolidays } from '../../src/edges/calendar/index.ts';
import { buildConversations, buildDelivery, deliveryRetention } from '../../src/edges/delivery/index.ts';
import { documents } from '../../src/edges/documents/index.ts';
import { inboxRetention } from '../../src/edges/inbox/index.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { boundedJson } from '../../src/edges/teams/shape.ts';
import { features as registry, type Services } from '../../src/features/registry.ts';
import { fakeClock } from './clock.ts';
import { database, empty } from './database.ts';
import { createJobsTable, fakeQueue, type WaitingJob } from './fake-queue.ts';
import { record } from './fixtures.ts';
import { readHere, shortKnowledge } from './knowledge.ts';
import { showsWhenFailing } from './logged.ts';
import { admin, personalChat } from './people.ts';
import { openPatiently, postgresOfWorker } from './postgres.ts';
import { type ShownCard, shown } from './shown-card.ts';
import { type Answer, type Place, type Posted, vocabulary } from './vocabulary.ts';

const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));
/** What the features read of their files, once for each process that a test has. */
const processes: Reads[] = [];
const readsOf = (process: number, { shortGuide = false }: Pick<Options<never>, 'shortGuide'>): Reads => {
  processes[process] ??= readHere(registry);
  return shortGuide ? new Map([...processes[process], ...shortGuideOf(process)]) : processes[process];
};
const shortGuides: Reads[] = [];
const shortGuideOf = (process: number): Reads => {
  shortGuides[process] ??= new Map([['knowledge', shortKnowledge()]]);
  return shortGuides[process];
};

/** How many work at once, in a test of two processes. */
const AT_ONCE = 30;

interface Options<S> {
  /** The real PostgreSQL, unless TEST_DATABASE says otherwise, or the embedded one. */
  readonly database?: 'pglite' | 'postgres';
  /** How many processes there are: with two, which takes PostgreSQL, `teams.other` is the second. */
  readonly processes?: 1 | 2;
  readonly approval?: boolean;
  /** The bot's secret ends on no day: nothing of it waits for the staff. */
  readonly lastingSecret?: boolean;
  /** What is made of the figures of the quotas. */
  readonly quotaPercent?: number;
  readonly installer?: Installer | undefined;
  readonly directory?: Directory | undefined;
  readonly mailbox?: Mailbox | undefined;
  readonly calendar?: Calendar;
  /** The time zone of the settings. */
  readonly timeZone?: string;
  /** The guide with few wordings: for a suite that publishes much, and does not mind how well questions are understood. */
  readonly shortGuide?: boolean;
  /** What some features are said to have read in place of the files that come with the code, by their ids. */
  readonly reads?: Readonly<Record<string, unknown>>;
  /** Features in place of the registry's. */
  readonly features?: readonly Member<S>[];
}

/**
 * The real router, features and database; Teams itself is this object. One database per test file, emptied before each
 * test: PostgreSQL's, or the embedded one with TEST_DATABASE=pglite. Call it at the top of a test file.
 */
export function fakeTeams<S extends Services = Services>(options: Options<S> = {}): Teams<S> {
  const open: Storage[] = [];
  const closing: (() => Promise<void>)[] = [];
  const world = {} as Teams<S>;
  beforeAll(async () => {
    open.push(...(await storages(options, closing)));
    for (const { db } of open.slice(0, 1)) await createJobsTable(db);
  });
  beforeEach(async () => {
    const [first, second] = open;
    if (!first) throw new Error('no database');
    await empty(first);
    const outside = surroundings();
    showsWhenFailing(outside.logged);
    Object.assign(world, await build(first, readsOf(0, options), outside, options));
    if (second) Object.assign(world, { other: await build(second, readsOf(1, options), outside, options) });
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });
  return world;
}

/** The database of a suite, once for each of its processes; `closing` takes what ends it. */
async function storages(
  { database: kind, processes = 1 }: Options<never>,
  closing: (() => Promise<void>)[],
): Promise<readonly Storage[]> {
  const open: Storage[] = [];
  closing.push(async () => {
    for (const storage of open) await storage.close();
  });
  if (processes === 1 && (kind ?? process.env.TEST_DATABASE) === 'pglite') open.push(await database());
  else {
    const server = await postgresOfWorker();
    closing.push(() => server.stop());
    while (open.length < processes) open.push(openPatiently(server.url, processes === 1 ? 1 : AT_ONCE));
  }
  return open;
}

/** Who the assistant is for Teams. */
export const BOT_ID = '99999999-9999-4999-8999-999999999999';

type World<S extends Services> = Awaited<ReturnType<typeof build<S>>>;
type Teams<S extends Services> = World<S> & {
  /** The second of two processes: the same people, conversations, queue and time, services of its own. */
  readonly other: World<S>;
};

/** What all processes have before them: Teams, the queue, the time. */
const surroundings = () => ({
  clock: fakeClock(),
  posted: [] as Posted[],
  logged: [] as string[],
  failures: [] as DeliveryError[],
  losing: '',
  condition: {} as Partial<Condition>,
  roster: [] as readonly RosterMember[],
  lost: '',
  activities: 0,
});

async function build<S extends Services>(
  storage: Storage,
  read: Reads,
  outside: ReturnType<typeof surroundings>,
  {
    approval = false,
    lastingSecret = false,
    quotaPercent = 100,
    installer,
    directory,
    mailbox,
    calendar = builtInCalendar,
    timeZone = 'America/Toronto',
    reads = {},
    features = registry,
  }: Options<S>,
) {
  const { db } = storage;
  const { clock, posted, logged, failures } = outside;
  const conversations = buildConversations(db, clock);

  const post = (conversationId: string, content: Content): string => {
    const activityId = `activity-${++outside.activities}`;
    posted.push({ conversationId, activityId, content });
    if (typeof content === 'object') record(content);
    return activityId;
  };
  async function revise(activityId: string, content: Content): Promise<void> {
    const failure = failures.shift();
    if (failure) throw failure;
    const found = posted.find((item) => item.activityId === activityId);
    if (found) found.content = content;
    if (typeof content === 'object') record(content);
  }
  const messenger: Messenger = {
    async send({ id }, content) {
      const failure = failures.shift();
      if (failure) throw failure;
      if (id === outside.lost) throw new DeliveryError('unreachable', 'removed');
      if (typeof content === 'object' && `${id} ${content.template}` === outside.losing) {
        outside.losing = '';
        throw new DeliveryError('unknown', 'gateway');
      }
      return post(id, content);
    },
    update: (_to, activityId, content) => revise(activityId, content),
    async remove(_to, activityId) {
      const failure = failures.shift();
      if (failure) throw failure;
      const at = posted.findIndex((item) => item.activityId === activityId);
      if (at >= 0) posted.splice(at, 1);
    },
    async reopen(reference) {
      await conversations.remember(reference);
      return reference;
    },
  };
  const { queue, ...jobs } = fakeQueue(
    db,
    features.flatMap((feature) => feature.jobs),
  );
  const roster: Roster = {
    async page(id) {
      if (id === outside.lost) throw new DeliveryError('unreachable', 'removed');
      return { people: outside.roster, next: undefined };
    },
  };
  const write = (data: object, message: string) =>
    void logged.push(
      JSON.stringify({ ...data, message }, (_key, value) =>
        value instanceof Error ? String(value.cause ?? value) : value,
      ),
    );
  const log: Log = { info: write, warn: write, error: write };

  const delivery = buildDelivery<S>({
    db,
    clock,
    queue,
    messenger,
    conversations,
    log,
    notices: features.flatMap((feature) => feature.notices ?? []),
    services: () => composed.services,
    hours: buildDecentHours(days, 'America/Toronto'),
    rate: 1_000_000,
    sleep: async () => {},
    random: () => 0.5,
  });
  const { deliveries } = delivery;
  const composed: Composed<S> = compose(
    features,
    {
      db,
      clock,
      queue,
      roster,
      conversations,
      deliveries,
      calendar,
      documents,
      installer,
      directory,
      mailbox,
      days,
      condition: async () => ({
        version: '0.0.0',
        jobs: [],
        database: { engine: 'postgres', bytes: undefined, schema: { newest: 0, known: 0 } },
        disk: undefined,
        ...outside.condition,
      }),
      log,
      retention: [...deliveryRetention, ...inboxRetention],
      settings: {
        bot: { id: BOT_ID },
        admins: [admin.objectId],
        tenants: [admin.tenantId],
        domains: true,
        publicUrl: 'http://127.0.0.1:3978',
        timeZone,
        feePercent: 2,
        approval,
        quotaPercent,
        secretExpires: lastingSecret ? undefined : '2026-12-10',
        linkHosts: ['.quebec.ca'],
        linkDays: 60,
      },
    },
    new Map([...read, ...readFiles(features.filter(({ id }) => !read.has(id))), ...Object.entries(reads)]),
  );
  const { services, router } = composed;
  /** What a process does every few seconds. */
  const refresh = () => Promise.all(features.map((feature) => feature.refresh?.(services)));
  // What an earlier test published is forgotten.
  await refresh();

  const turnOf = (person: Person, conversation: Conversation, effect = newId()): Turn => ({
    person,
    conversation,
    effect,
    reply: async (content) => post(conversation.id, content),
    revise,
  });

  /** Teams tells that the assistant was added to a conversation, or for somebody. */
  async function install(place: Place): Promise<void> {
    const person = 'objectId' in place ? place : undefined;
    const conversation = 'objectId' in place ? personalChat(place) : place;
    const reference: ConversationReference = {
      ...conversation,
      serviceUrl: 'https://smba.trafficmanager.net/teams/',
      botId: '28:bot',
      botName: 'Courtier',
      ...(person ? { personId: person.objectId } : {}),
    };
    await conversations.remember(reference);
    await router.installed(
      turnOf(person ?? { tenantId: conversation.tenantId, objectId: '', name: '' }, conversation),
    );
  }

  /** Writes a message; by default in the personal chat with the assistant. Delivered twice, it has the same effect. */
  async function says(
    person: Person,
    text: string,
    conversation: Conversation = personalChat(person),
    effect?: Id,
  ): Promise<void> {
    await router.message({ ...turnOf(person, conversation, effect), text, argument: '', files: [] });
  }

  /** Presses a button; by default in the personal chat with the assistant. */
  async function press(
    person: Person,
    verb: unknown,
    sent: unknown = {},
    conversation: Conversation = personalChat(person),
  ): Promise<Answer> {
    const data = boundedJson(sent);
    let card: Card | undefined;
    let word = '';
    const turn: ActionTurn = {
      ...turnOf(person, conversation),
      cardActivityId: undefined,
      effect: effectOfPress({
        person,
        conversationId: conversation.id,
        cardActivityId: undefined,
        verb,
        data,
        occurrence: newId(),
      }),
      update: (replacement) => {
        card = replacement;
      },
      notify: (text) => {
        word = typeset(text);
      },
    };
    await router.action(turn, verb, data);
    return card?.refused
      ? { card: undefined, form: shown(card), word }
      : { card: card && shown(card), form: undefined, word };
  }

  return {
    services,
    router,
    db,
    clock,
    posted,
    /** The jobs that wait. */
    jobs,
    logged,
    /** What delivery speaks through. */
    messenger,
    /** The next sendings fail, in this order. */
    failures,
    /** Nobody knows whether the next card of a template arrives in a chat, whatever else is sent before it. */
    loses(person: Person, template: string) {
      outside.losing = `${personalChat(person).id} ${template}`;
    },
    /** Teams refuses a conversation from now on; '' for none. */
    refuses(conversationId: string) {
      outside.lost = conversationId;
    },
    /** How the parts around the features are. */
    conditions(condition: Partial<Condition>) {
      outside.condition = condition;
    },
    setRoster(people: readonly RosterMember[]) {
      outside.roster = people;
    },
    refresh,
    install,
    says,
    press,
    ...vocabulary({ press, says, posted }),
    /** A posted card, as a person sees it. */
    shown,

    /** Drops files in a chat, by their names and contents. A content that throws cannot be read. */
    async drops(
      person: Person,
      files: Readonly<Record<string, string | Uint8Array | CourtierError>>,
      conversation: Conversation = personalChat(person),
      effect?: Id,
    ): Promise<void> {
      const dropped = Object.entries(files).map(([name, content]) => ({
        name,
        async read() {
          if (content instanceof CourtierError) throw content;
          return typeof content === 'string' ? new TextEncoder().encode(content) : content;
        },
      }));
      await router.message({
        ...turnOf(person, conversation, effect),
        text: '',
        argument: '',
        files: dropped,
      });
    },

    /** The newest message, as text or as a card. */
    last(): Content {
      const item = posted.at(-1);
      if (!item) throw new Error('nothing was posted');
      return item.content;
    },
    lastCard(): ShownCard {
      const content = this.last();
      if (typeof content === 'string') throw new Error(`a text, not a card: ${content}`);
      return shown(content);
    },
    lastText(): string {
      const content = this.last();
      return typeof content === 'string' ? typeset(content) : `[${content.template}]`;
    },

    /** Runs the jobs that wait, those that they enqueue, and sends what is due. A job that throws stays for the next call. */
    async runJobs(): Promise<void> {
      const failed: WaitingJob[] = [];
      for (let job = await jobs.next(clock.now()); job; job = await jobs.next(clock.now())) {
        const { name, payload } = job;
        const route = features
          .flatMap((feature) => feature.jobs)
          .find((candidate) => candidate.name === name);
        if (!route) throw new Error(`no job ${name}`);
        try {
          await route.handle(route.input.parse(payload), services);
        } catch {
          failed.push(job);
        }
      }
      await jobs.put(...failed);
      await delivery.pump.drain();
    },
  };
}
