import type { Actor } from './cast.ts';
import { nowOf, type Shown } from './chats.ts';
import { session } from './people.ts';
import { pursue } from './pursuing.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What a fault has at hand. */
interface Scene {
  readonly world: World;
  readonly random: Random;
  /** Whoever happens to be there. */
  readonly actor: Actor;
  /** Somebody acts, and the house works. */
  meanwhile(): Promise<void>;
}

const connector =
  (mood: Parameters<World['chats']['behave']>[0]) =>
  async ({ world, meanwhile }: Scene): Promise<void> => {
    world.chats.behave(mood);
    await meanwhile();
    world.chats.behave('well');
  };

/** The clock of the machines is an hour off, and is put right. */
const clockOff =
  (hours: number) =>
  async ({ world, meanwhile }: Scene): Promise<void> => {
    world.clock.advance({ hours });
    await meanwhile();
  };

/** An administrator changes a role by the card of the staff, and says there who takes over what somebody had. */
async function giveRole(world: World, random: Random, to: Actor, role: 'client' | 'staff'): Promise<void> {
  const { cast, chats, services } = world;
  const admin = cast.find(({ kind }) => kind === 'admin');
  if (!admin) return;
  const press = async (verb: string, typed: object): Promise<Shown | undefined> => {
    for (const message of chats.in(admin.chat.id).slice(-LOOKED_AT).reverse()) {
      const shown = nowOf(message);
      const button = shown.buttons.find((each) => each.verb === verb);
      if (button) return world.press(admin, message, shown, button, typed);
    }
    throw new Error(`${verb} is not offered`);
  };
  await world.says(admin, 'équipe');
  const answer = await press('people.changeRole', { member: to.person.objectId, role });
  const heirs = answer?.inputs.find(({ id }) => id === 'heir')?.choices;
  if (Array.isArray(heirs)) await press('people.withdrawRole', { heir: String(random.pick(heirs).value) });
  const isStaff = await services().people.may(to.person, 'staff');
  if (isStaff !== (role === 'staff')) throw new Error(`${to.person.name} was to be ${role}`);
}
/** A notice may have come after the card. */
const LOOKED_AT = 5;

/** What goes wrong, each for a while, and is mended. */
const FAULTS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  throttled: connector('throttled'),
  gateway: connector('gateway'),
  silent: connector('silent'),
  lost: connector('lost'),
  async killed({ world, random, meanwhile }) {
    world.setTrouble(true);
    for (const { line } of world.houses) line.diesIn = random.int(3, 60);
    await meanwhile();
    for (const { line } of world.houses) line.diesIn = Number.POSITIVE_INFINITY;
  },
  async cut({ world, random, actor }) {
    world.setTrouble(true);
    await world.whileCut(() => session(world, actor, random, 2));
  },
  /** Microsoft Graph refuses what it is asked for: the broker's calendar is neither read nor written. */
  async calendar({ world, random, meanwhile }) {
    world.setTrouble(true);
    world.agenda.refuses(true);
    await meanwhile();
    const staff = random.pick(world.cast.filter(({ kind }) => kind !== 'client'));
    await pursue(world, staff, 'meetings', random, 6);
    world.agenda.refuses(false);
  },
  forward: clockOff(1),
  back: clockOff(-1),
  /** Somebody takes the assistant away, and adds it again a day later. */
  async removed({ world, random, actor }) {
    world.chats.removed.add(actor.chat.id);
    await world.work('hours');
    world.clock.advance({ hours: random.int(1, 30) });
    await world.work('hours');
    await world.install(actor);
  },
  /** The assistant is taken out of the channel of the staff, who put it back. */
  async channel({ world, meanwhile, random }) {
    const { staffRoom, cast, chats, clock } = world;
    const admin = cast.find(({ kind }) => kind === 'admin');
    if (!admin) return;
    chats.removed.add(staffRoom.id);
    await meanwhile();
    clock.advance({ hours: random.int(1, 30) });
    await world.work('hours');
    await world.install(admin, staffRoom);
    await world.says(admin, 'désigner ce canal', { conversation: staffRoom });
  },
  /** Somebody of the staff is taken off it by its card, still tries, and is put back on it. */
  async staff({ world, random }) {
    const leaver = world.cast.find(({ kind }) => kind === 'staff');
    if (!leaver) return;
    await giveRole(world, random, leaver, 'client');
    await session(world, leaver, random, 3);
    await world.work('hours');
    await giveRole(world, random, leaver, 'staff');
  },
};
const NAMES = Object.keys(FAULTS);

/** Something goes wrong for a while, somebody acts meanwhile, and it is mended. Each kind in its turn. */
export async function befall(world: World, random: Random, nth: number): Promise<void> {
  const name = NAMES[(nth + Math.abs(world.seed)) % NAMES.length] ?? 'killed';
  const { clock, history, figures } = world;
  figures.faults++;
  history.add({ at: clock.now(), who: 'Panne', what: name });
  const actor = random.pick(world.cast);
  await FAULTS[name]?.({
    world,
    random,
    actor,
    async meanwhile() {
      await session(world, actor, random, random.int(1, 4));
      await world.work('hours');
    },
  });
  world.setTrouble(false);
  clock.advance({ minutes: 2 });
  await world.work();
}
