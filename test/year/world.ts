import type { Card } from '../../src/core/card.ts';
import { effectId, effectOfPress, FORM_KEY } from '../../src/core/effect.ts';
import { typeset } from '../../src/core/text.ts';
import type { ActionTurn, Conversation } from '../../src/core/turn.ts';
import { boundedJson } from '../../src/edges/teams/shape.ts';
import { fakeClock } from '../support/clock.ts';
import type { Button } from '../support/read-card.ts';
import { effectsSince } from '../support/walk/effects.ts';
import { openAgenda } from './agenda.ts';
import { type Actor, castOf, type Sizes, staffRoom } from './cast.ts';
import { draw, type Message, openChats, type Shown } from './chats.ts';
import { openHistory, read } from './history.ts';
import { type House, type Instead, jobNamed, openHouse, schedules } from './house.ts';
import { broken, type Law, type Told, type Turned } from './law.ts';
import { seedIds, seedOf } from './random.ts';
import { openStore } from './store.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;

/** What a press was answered, as the inbox keeps it for whoever delivers it again. */
interface Answered {
  readonly body?: { readonly type: string; readonly card: Card };
  readonly word: string;
}

/** An expression with an hour: once a day. */
const isDaily = (every: string): boolean => /^\d+ \d+ /.test(every);

const CARD = 'application/vnd.microsoft.card.adaptive';
/** Longer than the inbox waits for whoever died. */
const REDELIVERED_AFTER = { seconds: 30 };
const FRESH_MINUTES = 15;
const START = '2026-11-23T14:00:00Z';

/** A world that a seed decides: the house in two processes on one database, its time, and those who see it. */
export async function openWorld(seed: number, sizes: Sizes, laws: readonly Law[], instead: Instead = {}) {
  const restore = seedIds(seedOf(seed, 'ids'));
  const store = await openStore();
  const clock = fakeClock(START);
  const cast = castOf(sizes);
  const history = openHistory();
  const agenda = openAgenda();
  const logged: string[] = [];
  const figures = {
    turns: 0,
    presses: 0,
    notices: 0,
    faults: 0,
    jobs: 0,
    checks: 0,
    statements: 0,
    mostAsked: 0,
    mostAskedBy: '',
  };
  /** A fault is about: what is told of it is no surprise. */
  let trouble = false;
  /** The database is away: nobody died of it. */
  let cutOff = false;
  let happening = '';

  const actorOf = new Map(cast.map((actor) => [actor.chat.id, actor]));
  const nameOf = (conversation: string) => actorOf.get(conversation)?.person.name ?? 'Canal de l’équipe';
  const staff = () => cast.filter(({ kind }) => kind !== 'client');

  /** Lays a sight before the laws. */
  function see(told: Told): void {
    for (const law of laws) {
      if (!law.shown) continue;
      figures.checks++;
      const wrong = law.shown(told, world);
      if (wrong) throw broken(law, wrong);
    }
  }

  const readersOf = (conversation: string): readonly Actor[] => {
    const actor = actorOf.get(conversation);
    return actor ? [actor] : staff();
  };
  let surprise: unknown;
  /** When each drawing was first before somebody. */
  const drawnAt = new WeakMap<Shown, Temporal.Instant>();
  const chats = openChats((conversation, shown, how) => {
    drawnAt.set(shown, clock.now());
    history.add({ at: clock.now(), who: `Courtier → ${nameOf(conversation)} (${how})`, what: read(shown) });
    try {
      for (const to of readersOf(conversation)) see({ to, shown, how, trouble, happening });
    } catch (error) {
      surprise ??= error;
    }
  });

  const write = (level: string) => (data: object, message: string) => {
    const cause =
      'err' in data && data.err instanceof Error ? `${data.err.stack} ${String(data.err.cause ?? '')}` : '';
    logged.push(`${trouble ? 'trouble ' : ''}${level} ${message} ${JSON.stringify(data)} ${cause}`);
  };
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const postedIds: { readonly id: string; readonly at: Temporal.Instant }[] = [];
  const admin = cast.find(({ kind }) => kind === 'admin');
  if (!admin) throw new Error('no administrator');
  const start = (process: number): House =>
    openHouse(process, store.line(), {
      clock,
      chats,
      calendar: agenda.calendar,
      admin: admin.person.objectId,
      instead,
      log,
      posted: (id) => {
        figures.notices++;
        postedIds.push({ id, at: clock.now() });
      },
    });
  const houses: House[] = [start(0), start(1)];
  const onlooker = start(0);
  await Promise.all(houses.map((house) => house.refresh()));
  const houseFor = (n: number): House => houses[n % houses.length] as House;

  let occurrences = 0;

  /** What came of a turn, before the laws. */
  async function weigh(
    actor: Actor | undefined,
    what: string,
    { shownBefore, ...answer }: Partial<Turned> & { asked: number; shownBefore: number },
  ): Promise<void> {
    const effects = await effectsSince(store.db);
    if (answer.asked > figures.mostAsked && !trouble) {
      figures.mostAsked = answer.asked;
      figures.mostAskedBy = what;
    }
    figures.statements += answer.asked;
    for (const law of laws) {
      if (!law.turn) continue;
      figures.checks++;
      const wrong = await law.turn(
        { actor, what, effects, trouble, ...answer, spoke: history.lines.length - shownBefore },
        world,
      );
      if (wrong) throw broken(law, wrong);
    }
    if (surprise) throw surprise;
  }

  const turnOf = (house: House, actor: Actor, conversation: Conversation, occurrence: string) => ({
    person: actor.person,
    conversation,
    effect: effectId('turn', occurrence),
    reply: async (content: Parameters<typeof draw>[0]) => {
      house.alive();
      return chats.post(conversation.id, content);
    },
    revise: async (activityId: string, content: Parameters<typeof draw>[0]) => {
      house.alive();
      chats.revise(activityId, content);
    },
  });

  /** Drawn in this session, while nobody else did anything. */
  const isFresh = (shown: Shown): boolean => {
    const at = drawnAt.get(shown);
    return at !== undefined && at.until(clock.now()).total('minutes') < FRESH_MINUTES;
  };

  /** A second has passed: what each process kept in its memory for a database that was away is written. */
  async function settle(): Promise<void> {
    for (const { line, services } of houses) if (!line.cut) await services.afterwards.settle();
  }

  /** Does some work in a process; one that dies on the way is started again, and says nothing any more. */
  async function inProcess(house: House, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!house.line.cut) throw error;
    }
    if (!house.line.cut || cutOff) return;
    house.kill();
    const at = houses.indexOf(house);
    history.add({ at: clock.now(), who: 'Panne', what: `le processus ${at + 1} est mort, et redémarre` });
    houses[at] = start(at);
    await houses[at].refresh();
  }

  const world = {
    seed,
    sizes,
    cast,
    staffRoom,
    clock,
    chats,
    history,
    agenda,
    logged,
    figures,
    postedIds,
    db: store.db,
    houses,
    houseFor,
    /** For whoever looks from outside: a process that nothing befalls, and that nobody speaks to. */
    services: () => onlooker.services,
    /** What laws remember from one look to the next. */
    memory: new Map<string, unknown>(),
    inTrouble: () => trouble,
    setTrouble(is: boolean) {
      trouble = is;
    },
    setHappening(what: string) {
      happening = what;
    },

    /** The assistant is added for somebody, or to the staff's channel. */
    async install(actor: Actor, conversation: Conversation = actor.chat): Promise<void> {
      const house = houseFor(0);
      chats.removed.delete(conversation.id);
      await house.conversations.remember({
        ...conversation,
        serviceUrl: 'https://smba.trafficmanager.net/teams/',
        botId: '28:bot',
        botName: 'Courtier',
        ...(conversation.kind === 'personal' && { personId: actor.person.objectId }),
      });
      history.add({ at: clock.now(), who: actor.person.name, what: 'ajoute l’assistant' });
      await house.router.installed(turnOf(house, actor, conversation, `install-${++occurrences}`));
      await effectsSince(store.db);
      if (surprise) throw surprise;
    },

    /** Somebody writes, or drops a file. Delivered so many times. */
    async says(
      actor: Actor,
      text: string,
      { to = 0, times = 1, conversation = actor.chat, files = {} as Readonly<Record<string, string>> } = {},
    ): Promise<void> {
      await settle();
      figures.turns++;
      const occurrence = effectId('message', ++occurrences);
      history.add({
        at: clock.now(),
        who: actor.person.name,
        what: `écrit « ${text.slice(0, 300)} »${Object.keys(files)
          .map((name) => ` [${name}]`)
          .join('')}`,
      });
      const shownBefore = history.lines.length;
      let asked = 0;
      let firstSaid: number | undefined;
      for (let n = 0; n < times; n++) {
        const house = houseFor(to + n);
        const before = house.line.asked;
        await inProcess(house, async () => {
          await house.inbox.once(occurrence, async () => {
            const dropped = Object.entries(files).map(([name, content]) => ({
              name,
              read: async () => new TextEncoder().encode(content),
            }));
            await house.router.message({
              ...turnOf(house, actor, conversation, occurrence),
              text,
              argument: '',
              files: dropped,
            });
            return undefined;
          });
        });
        asked = Math.max(asked, house.line.asked - before);
        firstSaid ??= history.lines.length;
        if (n + 1 < times) clock.advance(REDELIVERED_AFTER);
      }
      const saidAgain = history.lines.length - (firstSaid ?? shownBefore);
      await weigh(actor, `écrit « ${text.slice(0, 60)} »`, { asked, shownBefore, saidAgain });
    },

    /** Somebody presses a button of a card that they were shown; once, or at once on both processes. */
    async press(
      actor: Actor,
      message: Message,
      shown: Shown,
      button: Button,
      typed: object,
      { to = 0, atOnce = 1, again = 0, conversation = actor.chat } = {},
    ): Promise<Shown | undefined> {
      await settle();
      figures.turns++;
      figures.presses++;
      const newest = shown === message.drawings.at(-1);
      const fresh = newest && isFresh(shown);
      const data = boundedJson({ ...(button.alone ? {} : typed), ...button.data });
      const occurrence = effectId('press', ++occurrences);
      const person = actor.person;
      const pressed = {
        person,
        conversationId: conversation.id,
        cardActivityId: message.activityId,
        verb: button.verb,
        data,
        occurrence,
      };
      const effect = effectOfPress(pressed);
      const key = typeof button.data[FORM_KEY] === 'string' ? effect : occurrence;
      history.add({
        at: clock.now(),
        who: person.name,
        what: `presse [${button.title}]${atOnce > 1 ? ' deux fois' : ''}${newest ? '' : ' d’une vieille carte'}${Object.keys(typed).length > 0 && !button.alone ? ` avec ${JSON.stringify(typed).slice(0, 400)}` : ''} (${button.verb})`,
      });
      const shownBefore = history.lines.length;
      let asked = 0;
      let result: Shown | undefined;
      let words = '';
      const deliver = async (house: House): Promise<void> => {
        const before = house.line.asked;
        let answer: Answered | undefined;
        await inProcess(house, async () => {
          const given = await house.inbox.once(
            key,
            async () => {
              let card: Card | undefined;
              let word = '';
              const turn: ActionTurn = {
                ...turnOf(house, actor, conversation, occurrence),
                cardActivityId: message.activityId,
                effect,
                update: (next) => {
                  card = next;
                },
                notify: (text) => {
                  word = typeset(text);
                },
              };
              await house.router.action(turn, button.verb, data);
              return { ...(card && { body: { type: CARD, card } }), word };
            },
            (before, ageMs) => key !== effect || (ageMs < 120_000 && 'body' in (before ?? {})),
          );
          answer = given as Answered | undefined;
        });
        asked = Math.max(asked, house.line.asked - before);
        if (!answer || (house.line.cut && !cutOff)) return;
        if (answer.word !== '') {
          words = answer.word;
          history.add({ at: clock.now(), who: `Courtier → ${person.name}`, what: `dit « ${answer.word} »` });
          see({
            to: actor,
            shown: { template: '', words: answer.word, json: {}, buttons: [], inputs: [] },
            how: 'word',
            trouble,
            happening,
          });
        }
        if (answer.body) {
          result = draw(answer.body.card);
          drawnAt.set(result, clock.now());
          message.drawings.push(result);
          history.add({ at: clock.now(), who: `Courtier → ${person.name}`, what: read(result) });
          see({ to: actor, shown: result, how: 'answer', trouble, happening });
        }
      };
      await Promise.all(Array.from({ length: atOnce }, (_, n) => deliver(houseFor(to + n))));
      for (let n = 0; n < again; n++) {
        clock.advance(REDELIVERED_AFTER);
        await deliver(houseFor(to + n + 1));
      }
      await weigh(actor, `presse ${button.verb}`, {
        asked,
        shownBefore,
        verb: button.verb,
        fresh,
        word: words,
        answered: result,
        atOnce: atOnce + again,
      });
      return result;
    },

    /** The database is away while something is done, for both processes: they live on. */
    async whileCut(work: () => Promise<void>): Promise<void> {
      cutOff = true;
      for (const { line } of houses) line.cut = true;
      try {
        await work();
      } finally {
        cutOff = false;
        for (const { line } of houses) line.cut = false;
      }
    },

    /** A page that somebody without an account reads. */
    seePage(body: string): void {
      const words = body
        .replace(/<style[\s\S]*?<\/style>/g, ' ')
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      history.add({ at: clock.now(), who: 'Courtier → un fournisseur', what: words });
      for (const law of laws) {
        const wrong = law.page?.(words, world);
        if (wrong) throw broken(law, wrong);
      }
    },

    /** Runs what is due, by the queue, the schedule and the ledger. */
    async work(schedule?: 'hours' | 'nights'): Promise<void> {
      await settle();
      const house = houseFor(occurrences);
      const shownBefore = history.lines.length;
      const before = house.line.asked;
      await inProcess(house, async () => {
        const run = async (name: string, payload: unknown): Promise<boolean> => {
          const route = jobNamed(name);
          figures.jobs++;
          try {
            await route.handle(route.input.parse(payload), house.services as never);
            return true;
          } catch (err) {
            log.error({ job: name, err }, 'job failed');
            return false;
          }
        };
        for (const { name, every } of schedules)
          if (schedule === 'nights' || (schedule === 'hours' && !isDaily(every))) await run(name, {});
        const failed = [];
        for (let job = await house.jobs.next(clock.now()); job; job = await house.jobs.next(clock.now()))
          if (!(await run(job.name, job.payload))) failed.push(job);
        await house.jobs.put(...failed);
        await house.pump.drain();
      });
      await houses.reduce(
        (done, each) => done.then(async () => void (await each.refresh().catch(() => {}))),
        Promise.resolve(),
      );
      await weigh(undefined, 'le temps passe', { asked: house.line.asked - before, shownBefore });
    },

    /** Breaks whatever law does not hold at the end of a day, or of all. */
    async judge(when: 'day' | 'end'): Promise<void> {
      for (const law of laws) {
        const check = law[when];
        if (!check) continue;
        figures.checks++;
        const [wrong] = await check(world);
        if (wrong) throw broken(law, wrong);
      }
      await effectsSince(store.db);
    },

    async close(): Promise<void> {
      restore();
      await store.close();
    },
  };
  return world;
}
