import type { Actor } from './cast.ts';
import { type Message, nowOf } from './chats.ts';
import { type Errand, type ErrandName, errandNamed, stable, wanted } from './errands.ts';
import { filled, type Writer } from './filling.ts';
import { goesTo } from './homes.ts';
import { hasDeclared, isMember, writerOf } from './people.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** Of a hundred presses, how often a form has a slip first, how often it is pressed twice, how often somebody goes away. */
const SLIPS = 4;
const TWICE = 3;
const AGAIN = 2;
const GOES_AWAY = 2;
/** How often the house works meanwhile. */
const WORKS = 8;
const REDELIVERED = 5;
const TO_ANOTHER = 60;
const FIRST = 70;

/** Where what comes next is offered: the card that was pressed, or a newer one. */
function next(
  world: World,
  { chat }: Actor,
  errand: Errand,
  pressed: ReadonlyMap<string, number>,
  from: Message | undefined,
) {
  const messages = world.chats.in(chat.id);
  const since = from ? messages.indexOf(from) : messages.length - 2;
  for (const message of messages.slice(Math.max(0, since)).reverse()) {
    const shown = nowOf(message);
    const buttons = wanted(errand, shown, pressed);
    if (buttons.length > 0) return { message, shown, buttons };
  }
  return undefined;
}

/** Somebody comes for something, and goes on as far as the buttons that they are shown lead. */
export async function pursue(
  world: World,
  actor: Actor,
  meant: ErrandName,
  random: Random,
  most: number,
): Promise<void> {
  // First they say where they are from.
  const unknown = actor.kind === 'client' && !(await hasDeclared(world, actor)) && random.chance(FIRST);
  const name = unknown ? 'belong' : meant;
  const errand = errandNamed(name);
  const process = () => random.int(0, 1);
  const writer = await whoWrites(world, actor, name, random);
  const pressed = new Map<string, number>();
  await world.says(actor, errand.says, { to: process(), times: random.chance(REDELIVERED) ? 2 : 1 });
  let from: Message | undefined;
  for (let step = 0; step < most; step++) {
    world.clock.advance({ seconds: random.int(4, 90) });
    const at = next(world, actor, errand, pressed, from);
    if (!at || random.chance(GOES_AWAY)) break;
    const { message, shown, buttons } = at;
    const button = random.pick(buttons);
    for (const key of [button.verb ?? '', `${button.verb} ${JSON.stringify(stable(button.data))}`])
      pressed.set(key, (pressed.get(key) ?? 0) + 1);
    const typed = filled(shown, writer, random, random.chance(SLIPS) ? 'slips' : 'careful');
    await world.press(actor, message, shown, button, typed, {
      to: process(),
      atOnce: random.chance(TWICE) ? 2 : 1,
      again: random.chance(AGAIN) ? 1 : 0,
    });
    from = message;
    if (random.chance(WORKS)) await world.work();
  }
}

/** Who goes to another body writes another name; all others their own. */
async function whoWrites(world: World, actor: Actor, name: ErrandName, random: Random): Promise<Writer> {
  const own = await writerOf(world, actor);
  if (name !== 'belong' || !(await isMember(world, actor)) || !random.chance(TO_ANOTHER)) return own;
  const others = world.cast.filter(({ kind, body }) => kind === 'client' && body !== actor.body);
  if (others.length === 0) return own;
  const { body, code } = random.pick(others);
  goesTo(world, actor, code);
  return { ...own, body };
}
