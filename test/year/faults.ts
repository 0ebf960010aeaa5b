import { session } from './people.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

const FAULTS = [
  'throttled',
  'gateway',
  'silent',
  'lost',
  'killed',
  'cut',
  'calendar',
  'forward',
  'back',
  'removed',
  'staff',
] as const;

/** Something goes wrong for a while, somebody acts meanwhile, and it is mended. */
export async function befall(world: World, random: Random): Promise<void> {
  const fault = random.pick(FAULTS);
  const { clock, history, figures } = world;
  const say = (what: string) => history.add({ at: clock.now(), who: 'Panne', what });
  figures.faults++;
  const actor = random.pick(world.cast);
  const meanwhile = async () => {
    await session(world, actor, random, random.int(1, 4));
    await world.work('hours');
  };
  say(fault);
  switch (fault) {
    case 'throttled':
    case 'gateway':
    case 'silent':
    case 'lost':
      world.chats.behave(fault);
      await meanwhile();
      world.chats.behave('well');
      break;
    case 'killed': {
      world.setTrouble(true);
      for (const { line } of world.houses) line.diesIn = random.int(3, 60);
      await meanwhile();
      for (const { line } of world.houses) line.diesIn = Number.POSITIVE_INFINITY;
      break;
    }
    case 'cut':
      world.setTrouble(true);
      await world.whileCut(() => session(world, actor, random, 2));
      break;
    case 'calendar':
      world.setTrouble(true);
      world.agenda.refuses(true);
      await meanwhile();
      world.agenda.refuses(false);
      break;
    case 'forward':
      clock.advance({ hours: 1 });
      await meanwhile();
      break;
    case 'back':
      clock.advance({ hours: -1 });
      await meanwhile();
      break;
    case 'removed':
      world.chats.removed.add(actor.chat.id);
      await world.work('hours');
      clock.advance({ hours: random.int(1, 30) });
      await world.work('hours');
      await world.install(actor);
      break;
    case 'staff': {
      const leaver = world.cast.find(({ kind }) => kind === 'staff');
      if (!leaver) break;
      await world.db.transaction((tx) => world.services().people.setRole(tx, leaver.person, 'client'));
      await session(world, leaver, random, 3);
      await world.work('hours');
      await world.db.transaction((tx) => world.services().people.setRole(tx, leaver.person, 'staff'));
      break;
    }
  }
  world.setTrouble(false);
  clock.advance({ minutes: 2 });
  await world.work();
}
