import { page } from '../../src/app/doors.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** The address of a supplier's page, wherever somebody of the staff was shown one. */
const LINK = /\/liens\/([\w.-]+)/g;

/** A supplier opens a page that the staff gave them, and answers a form of it, twice at times; or none. */
export async function visitAsSupplier(world: World, random: Random): Promise<void> {
  const tokens = new Set<string>();
  for (const { chat, kind } of world.cast)
    if (kind !== 'client')
      for (const { drawings } of world.chats.in(chat.id))
        for (const { json } of drawings)
          for (const [, token] of JSON.stringify(json).matchAll(LINK)) if (token) tokens.add(token);
  if (tokens.size === 0) return;
  const token = random.pick([...tokens].slice(-6));
  const { services } = world.houseFor(random.int(0, 1));
  const answer = await page(token, undefined, services);
  const body = String(answer.body);
  world.seePage(body);
  const forms = [...body.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);
  if (answer.status !== 200 || forms.length === 0 || random.chance(20)) return;
  const sent = fill(random.pick(forms), random);
  for (let times = random.chance(10) ? 2 : 1; times > 0; times--) {
    const answered = await page(token, new URLSearchParams(sent), services);
    world.seePage(String(answered.body));
  }
  await world.work();
}

/** What a form of a page sends: its hidden fields, some of its boxes, a word; at times nothing of them. */
function fill(form: string, random: Random): [string, string][] {
  const sent: [string, string][] = [];
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    if (of('type') === 'hidden' || (of('type') === 'checkbox' && random.chance(60)))
      sent.push([of('name'), of('value')]);
  }
  if (form.includes('<textarea')) sent.push(['remark', 'À bientôt.']);
  if (form.includes('name="none"') && random.chance(10)) sent.push(['none', 'yes']);
  return sent;
}
