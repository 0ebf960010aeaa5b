import { page } from '../../src/app/doors.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** The address of a supplier's page, wherever somebody of the staff was shown one. */
const LINK = /\/liens\/([\w.-]+)/g;
/** How many of the newest addresses a supplier still opens, and how many in a day. */
const NEWEST = 8;
const A_DAY = 3;
/** One in so many never answers; of a hundred, how often one only looks, and how often one sends twice. */
const NEVER = 7;
const LOOKS = 15;
const TWICE = 10;
/** How often a moment that was agreed on is asked to be another. */
const MOVES = 4;
const NONE = 7;

/** The addresses that were given out, in the order in which they were first seen. */
function linksOf({ memory, cast, chats }: World): readonly string[] {
  const known = (memory.get('links') ?? []) as string[];
  memory.set('links', known);
  const seen = new Set(known);
  for (const { chat, kind } of cast)
    if (kind !== 'client')
      for (const { drawings } of chats.in(chat.id))
        for (const { json, template } of drawings)
          if (template === 'kickoff/link')
            for (const [, token = ''] of JSON.stringify(json).matchAll(LINK))
              if (!seen.has(token)) {
                seen.add(token);
                known.push(token);
              }
  return known;
}

/** Suppliers open the pages that the staff gave them, and answer what is asked there; some of them never do. */
export async function visitAsSupplier(world: World, random: Random): Promise<void> {
  const links = linksOf(world);
  const answering = links.filter((_, n) => n % NEVER !== NEVER - 1).slice(-NEWEST);
  const visited = new Set<string>();
  for (let n = 0; n < A_DAY && answering.length > 0; n++) visited.add(random.pick(answering));
  for (const token of visited) await visit(world, token, random);
  if (visited.size > 0) await world.work();
}

async function visit(world: World, token: string, random: Random): Promise<void> {
  const { services } = world.houseFor(random.int(0, 1));
  const answer = await page(token, undefined, services);
  const body = String(answer.body);
  world.seePage(body);
  const forms = [...body.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);
  if (answer.status !== 200 || forms.length === 0 || random.chance(LOOKS)) return;
  const form = random.pick(forms);
  if (form.includes('value="move"') && !random.chance(MOVES)) return;
  const sent = fill(form, random);
  for (let times = random.chance(TWICE) ? 2 : 1; times > 0; times--) {
    const answered = await page(token, new URLSearchParams(sent), services);
    world.seePage(String(answered.body));
  }
}

/** What a form of a page sends: its hidden fields, some of its boxes, a word; at times nothing of them. */
function fill(form: string, random: Random): [string, string][] {
  const sent: [string, string][] = [];
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    if (of('type') === 'hidden' || (of('type') === 'checkbox' && random.chance(75)))
      sent.push([of('name'), of('value')]);
  }
  if (form.includes('<textarea')) sent.push(['remark', 'À bientôt.']);
  if (form.includes('name="none"') && random.chance(NONE)) sent.push(['none', 'yes']);
  return sent;
}
