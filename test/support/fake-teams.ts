import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import {
  buildServices,
  CONTRACTS_FILE,
  FORMS_FILE,
  HOLIDAYS_FILE,
  KNOWLEDGE_FOLDER,
  MEETINGS_FILE,
} from '../../src/app.ts';
import { buildBusinessDays } from '../../src/core/business-days.ts';
import type { Card, Content } from '../../src/core/card.ts';
import { buildDecentHours } from '../../src/core/decent-hours.ts';
import { effectOfPress } from '../../src/core/effect.ts';
import { CourtierError, DeliveryError } from '../../src/core/errors.ts';
import { newId } from '../../src/core/id.ts';
import type {
  Calendar,
  ConversationReference,
  Installer,
  Log,
  Messenger,
  Queue,
  Roster,
} from '../../src/core/ports.ts';
import { typeset } from '../../src/core/text.ts';
import type { ActionTurn, Conversation, Person, Turn } from '../../src/core/turn.ts';
import {
  builtInCalendar,
  readContractRules,
  readHolidays,
  readMeetingRules,
} from '../../src/edges/calendar/index.ts';
import { buildConversations, buildDelivery } from '../../src/edges/delivery/index.ts';
import { documents } from '../../src/edges/documents/index.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { boundedJson } from '../../src/edges/teams/shape.ts';
import { type Forms, readForms } from '../../src/features/evaluations/index.ts';
import { buildKnowledgeBase, readContent } from '../../src/features/knowledge/index.ts';
import { features } from '../../src/features/registry.ts';
import { fakeClock } from './clock.ts';
import { database, empty } from './database.ts';
import { admin, personalChat } from './people.ts';
import { type ShownCard, shown } from './shown-card.ts';

export interface Posted {
  readonly conversationId: string;
  readonly activityId: string;
  content: Content;
}

const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));
const base = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);

interface Options {
  readonly approval?: boolean;
  readonly installer?: Installer | undefined;
  readonly calendar?: Calendar;
  readonly forms?: Forms;
}

const meetings = readMeetingRules(MEETINGS_FILE);
const contractRules = readContractRules(CONTRACTS_FILE);
const shippedForms = readForms(FORMS_FILE);

/**
 * The real router, features and database; Teams itself is this object. One database per test file,
 * emptied before each test. Call it at the top of a test file.
 */
export function fakeTeams(options: Options = {}) {
  let storage: Storage;
  const world = {} as World;
  beforeAll(async () => {
    storage = await database();
  });
  beforeEach(async () => {
    await empty(storage);
    Object.assign(world, build(storage, options));
  });
  afterAll(() => storage.close());
  return world;
}

type World = ReturnType<typeof build>;

function build(
  storage: Storage,
  { approval = false, installer, calendar = builtInCalendar, forms = shippedForms }: Options,
) {
  const { db } = storage;
  const clock = fakeClock();
  const conversations = buildConversations(db, clock);
  const posted: Posted[] = [];
  const jobs: { name: string; payload: object; after?: Temporal.Instant }[] = [];
  const logged: string[] = [];
  const failures: DeliveryError[] = [];
  base.setLive([]);
  let rosterPeople: readonly Person[] = [];
  let activities = 0;

  const post = (conversationId: string, content: Content): string => {
    const activityId = `activity-${++activities}`;
    posted.push({ conversationId, activityId, content });
    return activityId;
  };
  const messenger: Messenger = {
    async send(conversationId, content) {
      const failure = failures.shift();
      if (failure) throw failure;
      if (!(await conversations.find(conversationId))) throw new DeliveryError('unreachable', 'notInstalled');
      return post(conversationId, content);
    },
    async update(_conversationId, activityId, content) {
      const failure = failures.shift();
      if (failure) throw failure;
      const found = posted.find((item) => item.activityId === activityId);
      if (found) found.content = content;
    },
    async remove(_conversationId, activityId) {
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
  const queue: Queue = {
    async enqueue(_tx, name, payload, after) {
      // The engine's own alarm clock: here, `runJobs` sends what is due.
      if (name.startsWith('delivery.')) return;
      jobs.push({ name, payload: JSON.parse(JSON.stringify(payload)), ...(after && { after }) });
    },
    async publish(tx, event, payload) {
      for (const job of features.flatMap((feature) => feature.jobs))
        if (job.on === event) await this.enqueue(tx, job.name, payload);
    },
  };
  const roster: Roster = { page: async () => ({ people: rosterPeople, next: undefined }) };
  const write = (data: object, message: string) =>
    void logged.push(
      JSON.stringify({ ...data, message }, (_key, value) =>
        value instanceof Error ? String(value.cause ?? value) : value,
      ),
    );
  const log: Log = { info: write, warn: write, error: write };

  const delivery = buildDelivery({
    db,
    clock,
    queue,
    messenger,
    conversations,
    log,
    notices: features.flatMap((feature) => feature.notices ?? []),
    services: () => services,
    hours: buildDecentHours(days, 'America/Toronto'),
    rate: 1_000_000,
    sleep: async () => {},
    random: () => 0.5,
  });
  const { deliveries } = delivery;
  const { services, router } = buildServices(
    db,
    base,
    {
      clock,
      queue,
      messenger,
      roster,
      conversations,
      deliveries,
      calendar,
      meetings,
      contractRules,
      forms,
      documents,
      installer,
      days,
      log,
    },
    {
      admins: [admin.objectId],
      publicUrl: 'http://127.0.0.1:3978',
      timeZone: 'America/Toronto',
      feePercent: 2,
      approval,
      secretExpires: '2026-12-10',
      linkHosts: ['.quebec.ca'],
    },
  );

  const turnOf = (person: Person, conversation: Conversation): Turn => ({
    person,
    conversation,
    effect: newId(),
    reply: async (content) => post(conversation.id, content),
  });

  async function install(conversation: Conversation, person?: Person): Promise<void> {
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

  /** Presses a button: what its card becomes, and the short word to the person. */
  async function press(
    person: Person,
    conversation: Conversation,
    verb: unknown,
    sent: unknown,
  ): Promise<{ card: ShownCard | undefined; word: string }> {
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
    return { card: card && shown(card), word };
  }

  return {
    services,
    router,
    db,
    clock,
    posted,
    jobs,
    logged,
    /** The next sendings fail, in this order. */
    failures,
    setRoster(people: readonly Person[]) {
      rosterPeople = people;
    },
    install,
    press,
    /** A posted card, as a person sees it. */
    shown,

    /** Writes a message; by default in the personal chat with the assistant. */
    async says(
      person: Person,
      text: string,
      conversation: Conversation = personalChat(person),
    ): Promise<void> {
      await router.message({ ...turnOf(person, conversation), text, argument: '', files: [] });
    },

    /** Drops files in a chat, by their names and contents. A content that throws cannot be read. */
    async drops(
      person: Person,
      files: Readonly<Record<string, string | Uint8Array | CourtierError>>,
      conversation: Conversation = personalChat(person),
    ): Promise<void> {
      const dropped = Object.entries(files).map(([name, content]) => ({
        name,
        async read() {
          if (content instanceof CourtierError) throw content;
          return typeof content === 'string' ? new TextEncoder().encode(content) : content;
        },
      }));
      await router.message({ ...turnOf(person, conversation), text: '', argument: '', files: dropped });
    },

    /** Presses a button of a card by its title, with what was typed into the card's inputs. */
    async click(
      person: Person,
      card: ShownCard,
      title: string,
      inputs: object = {},
      conversation: Conversation = personalChat(person),
    ) {
      const { verb, data } = card.button(title);
      return press(person, conversation, verb, { ...data, ...inputs });
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
    /** What was posted in a conversation, oldest first. */
    in: (conversation: Conversation) => posted.filter((item) => item.conversationId === conversation.id),

    /** Runs the jobs that wait, those that they enqueue, and sends what is due. A job that throws stays for the next call. */
    async runJobs(): Promise<void> {
      const failed: typeof jobs = [];
      const isDue = ({ after }: (typeof jobs)[number]) =>
        !after || Temporal.Instant.compare(after, clock.now()) <= 0;
      for (let at = jobs.findIndex(isDue); at >= 0; at = jobs.findIndex(isDue)) {
        const [job] = jobs.splice(at, 1);
        if (!job) break;
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
      jobs.push(...failed);
      await delivery.pump.drain();
    },
  };
}
