import type { Button } from '../support/read-card.ts';
import type { Actor } from './cast.ts';
import { type Message, nowOf, type Shown } from './chats.ts';
import { isBlue } from './errands.ts';
import { todayOf } from './facts.ts';
import { filled, type Writer } from './filling.ts';
import { codeOf } from './homes.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

type Weights = readonly (readonly [number, string])[];

const CLIENT: Weights = [
  [8, 'mon dossier'],
  [4, 'besoins'],
  [6, 'comparer'],
  [6, 'rencontre'],
  [4, 'contrats'],
  [3, 'à faire'],
  [2, 'rappels'],
  [2, 'évaluations'],
  [2, 'catalogue'],
  [1, 'abonnements'],
  [1, 'commenter'],
  [1, 'références'],
  [1, 'noter un événement'],
  [2, 'mes demandes'],
  [1, 'mon organisation'],
  [1, 'aide'],
  [1, 'sommaire'],
  [1, 'mes données'],
];
const STAFF: Weights = [
  [8, 'à traiter'],
  [4, 'adhésions'],
  [6, 'rencontres'],
  [3, 'questions'],
  [2, 'commentaires'],
  [2, 'campagnes'],
  [3, 'diffuser'],
  [1, 'résultats'],
  [1, 'fiches'],
  [1, 'réponses publiées'],
  [1, 'à améliorer'],
  [1, 'tableau de bord'],
  [1, 'santé'],
  [1, 'liens'],
  [1, 'organismes'],
  [1, 'absence'],
];
const ADMIN: Weights = [...STAFF, [1, 'équipe'], [1, 'locataires'], [2, 'journal']];
const COMMANDS = { client: CLIENT, staff: STAFF, admin: ADMIN };

/** What takes away, pressed less; what a person does once in their life, hardly ever. */
const TAKES_AWAY =
  /\.(archive|unshare|drop\w*|removeAlias|unmap|changeRole|unsubscribe|discard|cancel|withdraw|staffCancel|move|close|retire|revoke|terminate|unfollow|stopChannel|refuse|exclude|revokeLink|endLink|pause|withdrawRole|chooseAgain|noneSuits|reopen)$/;
const LEAVES = /^people\.(declare|eraseData|askErase)$/;

const OFF_TOPIC = [
  'Quel temps fera-t-il demain ?',
  'Puis-je prolonger mon contrat de cinq ans ?',
  'Qui doit autoriser un choix plus cher ?',
  'combien dur un banc dessai',
  'Merci beaucoup !',
  'Faut-il publier au SEAO un contrat de 24 000 $ ?',
];

const OLD = 7;
const TWICE = 6;
const AGAIN = 4;
const ASKS = 18;
const PRESSES_MOST = 9;

/** What somebody knows when they write. */
export const writerOf = async (world: World, actor: Actor): Promise<Writer> => ({
  ...actor.says,
  today: todayOf(world),
  code: await codeOf(world, actor),
  body: actor.body,
});

function weightOf(button: Button, shown: Shown, seen: ReadonlyMap<string, number>): number {
  const { verb, title } = button;
  if (!verb) return 1;
  if (LEAVES.test(verb)) return verb === 'people.declare' ? 2 : 0;
  const primary = isBlue(shown.json, title) ? 24 : 3;
  const taking = TAKES_AWAY.test(verb) ? 1 : primary;
  const times = seen.get(`${verb} ${title}`) ?? 0;
  return times > 1 ? 0 : times === 1 ? 1 : taking * 2;
}

/** A card that somebody has before them: mostly the last one, at times an old one, or an old drawing of one. */
function before(
  world: World,
  actor: Actor,
  random: Random,
  last: number,
): { message: Message; shown: Shown } | undefined {
  const messages = world.chats
    .in(actor.chat.id)
    .filter(({ drawings }) => drawings.some(({ buttons }) => buttons.length > 0));
  if (messages.length === 0) return undefined;
  if (random.chance(OLD)) {
    const message = random.pick(messages.slice(-40));
    const shown = random.pick(message.drawings.filter(({ buttons }) => buttons.length > 0));
    return { message, shown };
  }
  const recent = messages.slice(-last).filter((message) => nowOf(message).buttons.length > 0);
  const message = recent.at(-1);
  return message && { message, shown: nowOf(message) };
}

/** Somebody comes: says something, then presses and fills in what they are shown, for a while. */
export async function session(world: World, actor: Actor, random: Random, steps: number): Promise<void> {
  const process = () => random.int(0, 1);
  const houses = world.houses;
  const knows = await isMember(world, actor);
  if (actor.kind === 'client' && !knows && random.chance(80))
    await world.says(actor, 'mon organisation', { to: process() });
  else if (actor.kind === 'client' && random.chance(ASKS)) {
    const examples = houses[0]?.services.house.examples().map(({ title }) => title) ?? [];
    const text = random.chance(60) && examples.length > 0 ? random.pick(examples) : random.pick(OFF_TOPIC);
    await world.says(actor, random.chance(10) ? slipped(text, random) : text, {
      to: process(),
      times: random.chance(AGAIN) ? 2 : 1,
    });
  } else if (!random.chance(15)) {
    const command = random.weighed(COMMANDS[actor.kind]);
    if (command) await world.says(actor, command, { to: process(), times: random.chance(AGAIN) ? 2 : 1 });
  }
  const writer = await writerOf(world, actor);
  const seen = new Map<string, number>();
  for (let step = 0; step < Math.min(steps, PRESSES_MOST); step++) {
    world.clock.advance({ seconds: random.int(4, 90) });
    const at = before(world, actor, random, 3);
    if (!at) return;
    const { message, shown } = at;
    const button = random.weighed(shown.buttons.map((each) => [weightOf(each, shown, seen), each] as const));
    if (!button) return;
    const pressed = `${button.verb} ${button.title}`;
    seen.set(pressed, (seen.get(pressed) ?? 0) + 1);
    if (!button.verb) continue;
    await world.press(actor, message, shown, button, filled(shown, writer, random), {
      to: process(),
      atOnce: random.chance(TWICE) ? 2 : 1,
      again: random.chance(AGAIN) ? 1 : 0,
    });
    if (random.chance(40)) await world.work();
  }
}

/** Whether somebody said where they are from, and was not refused. */
export async function hasDeclared(world: World, { person }: Actor): Promise<boolean> {
  const state = (await world.services().organizations.findMembership(person))?.state;
  return state === 'pending' || state === 'confirmed';
}

export async function isMember(world: World, { person }: Actor): Promise<boolean> {
  return (await world.services().organizations.findMembership(person))?.state === 'confirmed';
}

/** Two letters change places. */
function slipped(text: string, random: Random): string {
  const at = random.int(0, Math.max(0, text.length - 2));
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
}
