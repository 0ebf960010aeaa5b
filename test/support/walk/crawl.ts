import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { FORM_KEY } from '../../../src/core/routing/effect.ts';
import type { Conversation, Person } from '../../../src/core/turn.ts';
import { byCodeUnit } from '../../../src/features/scenarios/pricing/rules/order.ts';
import { personalChat } from '../people.ts';
import { rowsOf } from '../rows.ts';
import type { Button, ShownCard } from '../shown-card.ts';
import { effectsSince } from './effects.ts';
import type { Scene, Teams } from './hands.ts';
import { filled } from './typed.ts';

type Answer = Awaited<ReturnType<Teams['press']>>;

/** Presses a button in some way: what each pressing was answered. */
export type Press = (
  who: Person,
  verb: string,
  data: object,
  where: Conversation,
) => Promise<readonly Answer[]>;

/** A card that somebody has before them. */
interface Seen {
  readonly who: Person;
  readonly where: Conversation;
  readonly card: ShownCard;
}

/** A press, and what came of it: at once, then by the jobs. */
export interface Step {
  readonly scene: string;
  readonly verb: string;
  readonly what: string;
  readonly atOnce: readonly string[];
  readonly then: readonly string[];
}

export interface Rules {
  readonly press: Press;
  /** What each process does every few seconds. */
  readonly refresh: () => Promise<unknown>;
  /** Who reads what is posted in a conversation. */
  readonly readers: ReadonlyMap<string, readonly (readonly [Person, Conversation])[]>;
  /** The verbs that only show something. */
  readonly reads: ReadonlySet<string>;
  /** Of those, the ones that open an object: pressed for each. */
  readonly opens: ReadonlySet<string>;
  /** 0, or more for what takes away: pressed after the rest. */
  readonly rank: (verb: string) => number;
  readonly typed: (verb: string) => Readonly<Record<string, string>>;
}

/** How often, in a scene, a button that changes nothing is tried on another card. */
const TRIES = 4;
/** Of one verb, how many different buttons are pressed: those that show something, and those that write. */
const SHOWN = 3;
const WRITTEN = 5;
/** A chat takes some messages in thirty seconds: what a scene tells it passes in so many times. */
const RESTS = 3;
const Due = z.object({ due: z.boolean() });

/** Of a verb that opens something, how many are opened in a scene. */
const OPENED = 4;

/**
 * Somebody who presses whatever is before them, the newest card first. What only shows is pressed once; what writes,
 * until it has had an effect.
 */
export function crawler(teams: Teams, { press, refresh, readers, reads, opens, rank, typed }: Rules) {
  const steps: Step[] = [];
  const refused: { readonly verb: string; readonly said: string }[] = [];
  const unexpected: string[] = [];
  const pressed = new Set<string>();
  let scene = '';
  let read = 0;
  let seen: Seen[] = [];

  /**
   * The cards that were posted since it was last asked, for each of their readers. What is told to many at once comes in
   * the order of its words: which arrives first is nobody's decision.
   */
  function look(): Seen[] {
    const posted = teams.posted.slice(read);
    read = teams.posted.length;
    const seen = posted.flatMap(({ conversationId, content }) => {
      const who = typeof content === 'object' ? readers.get(conversationId) : undefined;
      if (!who || typeof content !== 'object') return [];
      const card = teams.shown(content);
      return who.map(([person, where]) => ({ who: person, where, card }));
    });
    const order = ({ where, card }: Seen) => `${where.id} ${card.template} ${card.words}`;
    return seen.sort((one, other) => byCodeUnit(order(one), order(other)));
  }

  function isDue({ who, where }: Seen, { verb, data }: Button, most: number): boolean {
    if (!verb || rank(verb) > most) return false;
    if (pressed.has(exactly(scene, who, where, verb, data))) return false;
    const told = likeness(verb, data);
    const before = steps.filter((step) => step.verb === verb);
    const alike = before.filter(({ what }) => what === told);
    const here = (these: readonly Step[]) => these.filter((step) => step.scene === scene).length;
    const isNew = (most: number) => new Set(before.map(({ what }) => what)).size < most;
    if (opens.has(verb)) return here(before) < OPENED;
    if (reads.has(verb)) return alike.length === 0 && isNew(SHOWN);
    if (alike.some(({ atOnce }) => atOnce.length > 0)) return false;
    return here(alike) < TRIES && (alike.length > 0 || isNew(WRITTEN));
  }

  /** Runs the jobs, and waits until a chat that was told much at once may be told the rest. */
  async function rest(): Promise<void> {
    await teams.runJobs();
    for (let n = 0; n < RESTS; n++) {
      teams.clock.advance({ seconds: 40 });
      if (await isAnythingDue()) await teams.runJobs();
    }
    // Of two presses at once one is too late: its process hears later of what the other published.
    await refresh();
  }

  /** Whether a job or a message waits for now. */
  async function isAnythingDue(): Promise<boolean> {
    const now = sql`${teams.clock.now().toString()}::timestamptz`;
    const due = sql`
      select exists (select from test_jobs where after is null or after <= ${now})
        or exists (select from deliveries where state = 'sending' or (state = 'pending' and due_at <= ${now})) as due`;
    return (await rowsOf(teams.db, due, Due)).some((row) => row.due);
  }

  /** Lets the jobs do what was left to them: what they changed, and whom they told. */
  async function settle(): Promise<string[]> {
    const before = teams.posted.length;
    await rest();
    const told = teams.posted
      .slice(before)
      .map(({ content }) => (typeof content === 'object' ? `told ${content.template}` : 'told'));
    return [...(await effectsSince(teams.db)), ...told.sort()];
  }

  /** Presses a button, and lets the jobs do what it left to them; the cards that came of it. */
  async function step({ who, where, card }: Seen, verb: string, data: Button['data']): Promise<Seen[]> {
    const what = likeness(verb, data);
    pressed.add(exactly(scene, who, where, verb, data));
    teams.clock.advance({ seconds: 1 });
    const answers = await press(who, verb, { ...filled(card, typed(verb)), ...data }, where);
    const atOnce = await effectsSince(teams.db);
    const then = atOnce.length > 0 ? await settle() : [];
    steps.push({ scene, verb, what, atOnce, then });
    for (const { word, card: answer } of answers) {
      if (atOnce.length === 0 && !reads.has(verb))
        refused.push({ verb, said: `${word} ${answer?.words.slice(0, 200) ?? ''}` });
      if (word.includes('pas pu terminer')) unexpected.push(`${what}: ${word}`);
    }
    // Of two presses at once one is too late, and is told so.
    const come = answers.flatMap((answer) => answer.card ?? []);
    const next = come.find(({ words }) => !words.includes('entre-temps')) ?? come[0];
    return [...look(), ...(next ? [{ who, where, card: next }] : [])];
  }

  /** Presses all that is due on these cards and on those that come of them. */
  async function pressAll(cards: readonly Seen[], most: number): Promise<void> {
    const before = [...cards].reverse();
    for (let top = before.at(-1); top; top = before.at(-1)) {
      const button = top.card.buttons.find((each) => isDue(top as Seen, each, most));
      if (!button?.verb) {
        before.pop();
        continue;
      }
      const come = await step(top, button.verb, button.data);
      seen.push(...come);
      before.push(...come);
    }
  }

  return {
    steps,
    /** What was said to presses that changed nothing. */
    refused,
    /** Answers that nobody should get, and jobs that failed. */
    unexpected,

    /** Prepares something, then presses all that it shows, and what takes away after the rest. */
    async play([name, prepare]: Scene, last = 1): Promise<void> {
      scene = name;
      const opened: Seen[] = [];
      await prepare(async (who, verb, data) => {
        opened.push({ who, where: personalChat(who), card: await teams.mustPress(who, verb, data) });
      });
      await rest();
      await effectsSince(teams.db);
      seen = [...look(), ...opened];
      for (let most = 0; most <= last; most++) await pressAll([...seen], most);
      await teams.runJobs();
      const now = teams.clock.now();
      for (const { name: job, after } of await teams.jobs.waiting())
        if (!after || Temporal.Instant.compare(after, now) <= 0)
          unexpected.push(`${name}: job ${job} failed`);
    },
  };
}

const withoutKey = ({ [FORM_KEY]: _key, ...data }: Button['data']) => data;

/** An id within a value: « amendment:… ». */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/g;

/** The day of a card of the day: that of the walk's own clock. */
const OF_DAY = /^\d{4}-\d\d-\d\d$/;

/** What a button carries of the list that it was on, which comes back: it tells nothing of what the button does. */
const FROM_LIST: readonly { readonly key: string; readonly feature: string; readonly list: string }[] = [
  { key: 'list', feature: 'evaluations.', list: 'evaluations.campaign' },
  { key: 'seen', feature: 'office.', list: 'office.list' },
];
const comesBack = (verb: string, given: string): boolean =>
  FROM_LIST.some(({ key, feature, list }) => key === given && verb.startsWith(feature) && verb !== list);

/** What tells a button from another of the same verb, whatever ids and revisions it carries. */
const likeness = (verb: string, data: Button['data']): string => {
  const told = Object.entries(withoutKey(data)).filter(
    ([key, value]) =>
      typeof value !== 'number' &&
      !/^[0-9a-f]{8}-/.test(String(value)) &&
      !(key === 'card' && OF_DAY.test(String(value))) &&
      !comesBack(verb, key),
  );
  return [verb, ...told.map(([key, value]) => `${key}=${String(value).replace(ID, '#')}`)].join(' ');
};

const exactly = (
  scene: string,
  who: Person,
  where: Conversation,
  verb: string,
  data: Button['data'],
): string => JSON.stringify([scene, who.objectId, where.id, verb, withoutKey(data)]);
