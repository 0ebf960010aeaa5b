import type { Db } from '../../src/core/ports/db.ts';
import { fakeClock } from '../support/clock.ts';
import { type Agenda, openAgenda } from './agenda.ts';
import { type Actor, castOf, type Sizes, staffRoom } from './cast.ts';
import { type Chats, openChats, type Shown } from './chats.ts';
import { type History, openHistory, read } from './history.ts';
import { type Instead, openLog } from './house.ts';
import { type Judging, openJudging } from './judging.ts';
import type { Law } from './law.ts';
import { openProcesses, type Processes } from './processes.ts';
import { seedIds, seedOf } from './random.ts';
import { openStore, type Store } from './store.ts';
import { openTurns, type Turns } from './turns.ts';
import { openWorking, type Working } from './working.ts';

const START = '2026-11-23T14:00:00Z';

/** What is counted of a life. */
const figuresAtFirst = () => ({
  turns: 0,
  presses: 0,
  notices: 0,
  faults: 0,
  jobs: 0,
  checks: 0,
  statements: 0,
  mostAsked: 0,
  mostAskedBy: '',
});

/** What all parts of a world stand on: its time, its people, what they see, what is written down. */
export interface Ground {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly cast: readonly Actor[];
  readonly clock: ReturnType<typeof fakeClock>;
  readonly chats: Chats;
  readonly history: History;
  readonly agenda: Agenda;
  readonly logged: string[];
  readonly log: ReturnType<typeof openLog>;
  readonly figures: ReturnType<typeof figuresAtFirst>;
  readonly postedIds: { readonly id: string; readonly at: Temporal.Instant }[];
  readonly db: Db;
  /** When each drawing was first before somebody. */
  readonly drawnAt: WeakMap<Shown, Temporal.Instant>;
  /** What laws, and people, remember from one look to the next. */
  readonly memory: Map<string, unknown>;
  /** A fault is about: what is told of it is no surprise. */
  inTrouble(): boolean;
  setTrouble(is: boolean): void;
  happening(): string;
  setHappening(what: string): void;
}

export type World = Ground &
  Judging &
  Processes &
  Turns &
  Working & { readonly staffRoom: typeof staffRoom; close(): Promise<void> };

/** What a world is, beside its seed and its sizes. */
export interface Making {
  readonly laws: readonly Law[];
  readonly instead?: Instead | undefined;
  /** Where it keeps what it knows: the embedded database, unless told otherwise. */
  readonly store?: Store | undefined;
}

/** A world that a seed decides: the house in two processes on one database, its time, and those who see it. */
export async function openWorld(
  seed: number,
  sizes: Sizes,
  { laws, instead = {}, store: given }: Making,
): Promise<World> {
  const store = given ?? (await openStore());
  const restore = seedIds(seedOf(seed, 'ids'));
  const clock = fakeClock(START);
  const cast = castOf(sizes);
  const history = openHistory();
  const logged: string[] = [];
  const drawnAt = new WeakMap<Shown, Temporal.Instant>();
  const state = { trouble: false, happening: '' };

  const actorOf = new Map(cast.map((actor) => [actor.chat.id, actor]));
  const staff = cast.filter(({ kind }) => kind !== 'client');
  const readersOf = (conversation: string): readonly Actor[] => {
    const actor = actorOf.get(conversation);
    return actor ? [actor] : staff;
  };
  const chats = openChats((conversation, shown, how) => {
    drawnAt.set(shown, clock.now());
    const name = actorOf.get(conversation)?.person.name ?? 'Canal de l’équipe';
    history.add({ at: clock.now(), who: `Courtier → ${name} (${how})`, what: read(shown) });
    for (const to of readersOf(conversation)) judging.seeLater({ to, shown, how, ...state });
  });

  const ground: Ground = {
    seed,
    sizes,
    cast,
    clock,
    chats,
    history,
    agenda: openAgenda(),
    logged,
    log: openLog(logged, () => state.trouble),
    figures: figuresAtFirst(),
    postedIds: [],
    db: store.db,
    drawnAt,
    memory: new Map(),
    inTrouble: () => state.trouble,
    setTrouble(is) {
      state.trouble = is;
    },
    happening: () => state.happening,
    setHappening(what) {
      state.happening = what;
    },
  };
  const judging = openJudging(ground, laws, () => world);
  const admin = cast.find(({ kind }) => kind === 'admin');
  if (!admin) throw new Error('no administrator');
  const processes = await openProcesses(ground, store, {
    clock,
    chats,
    calendar: ground.agenda.calendar,
    admin: admin.person.objectId,
    team: staff.map(({ person }) => person),
    instead,
    log: ground.log,
    posted: (id) => {
      ground.figures.notices++;
      ground.postedIds.push({ id, at: clock.now() });
    },
  });
  const world: World = {
    ...ground,
    ...judging,
    ...processes,
    ...openTurns(ground, processes, judging),
    ...openWorking(ground, processes, judging),
    staffRoom,
    async close() {
      restore();
      await store.close();
    },
  };
  return world;
}
