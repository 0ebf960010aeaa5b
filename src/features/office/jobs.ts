import type { Card } from '../../core/card.ts';
import { personKeyOf } from '../../core/people/person-key.ts';
import type { Recipient } from '../../core/ports/delivery.ts';
import { job } from '../../core/routes/jobs.ts';
import { notice } from '../../core/routes/notices.ts';
import { count } from '../../core/text/text.ts';
import type { PersonKey } from '../people/index.ts';
import { EVERYTHING, filtered } from './rules/filter.ts';
import { type Item, isHeldBy, isOffered } from './rules/standing.ts';
import { assignedCard } from './screens/item.ts';
import { rowOf } from './screens/list.ts';
import * as schema from './screens/schema.ts';
import type { OfficeServices } from './screens/services.ts';

/** What a card of the day shows; the list has the rest. */
const SHOWN = 7;
/** The reminders of what does not move, in business days. */
const STILL_DAYS = [1, 3];

const rules = { policy: 'surely', hours: 'decent', pausable: true, priority: 1 } as const;
const NOBODY = { tenantId: '', objectId: '' };

interface Said {
  readonly heading: string;
  readonly words: string;
}

async function dayCard(
  items: readonly Item[],
  { heading, words }: Said,
  me: PersonKey | undefined,
  { office }: OfficeServices,
): Promise<Card> {
  const more = items.length - SHOWN;
  const shown = await office.withBodies(items.slice(0, SHOWN));
  return {
    template: 'office/digest',
    summary: words,
    view: {
      heading,
      words,
      rows: shown.map((item) => rowOf(item, me)),
      more: more > 0 ? `Et ${count(more, 'autre')}.` : '',
      hasMore: more > 0,
    },
  };
}

/** What a card of the day is drawn from, for who is there to read it: a member of the staff, or their channel. */
async function readerOf(recipient: Recipient, day: string, { office }: OfficeServices) {
  if (day !== office.today().toString()) return undefined;
  const { items, team } = await office.standingTogether();
  if (recipient.kind === 'conversation') return { me: undefined, items };
  const key = personKeyOf(recipient);
  return team.members.has(key) && !team.away.has(key) ? { me: recipient, items } : undefined;
}

const shownNow = (items: readonly Item[]) => filtered(items, EVERYTHING, NOBODY);
const lateText = (items: readonly Item[]): string => {
  const late = items.filter((item) => item.late).length;
  return late > 0 ? ` (${count(late, 'date passée', 'dates passées')})` : '';
};

/** Each morning: what is somebody's, and nobody's; in the channel, all. Nothing where nothing waits. */
const digest = notice(
  { kind: 'office.digest', title: 'Ce qui attend l’équipe, le matin', ...rules },
  schema.OfDay,
  async ({ day }, recipient, services: OfficeServices) => {
    const reader = await readerOf(recipient, day, services);
    if (!reader) return undefined;
    const { me } = reader;
    const all = shownNow(reader.items);
    const mine = me ? all.filter((item) => isHeldBy(item, me)) : [];
    const others = all.filter((item) => isOffered(item) && !mine.includes(item));
    const told = me ? [...mine, ...others] : all;
    if (told.length === 0) return undefined;
    const words = me
      ? `${count(mine.length, 'chose est à vous', 'choses sont à vous')}${lateText(mine)} ; ${count(others.length, 'n’est à personne', 'ne sont à personne')}${lateText(others)}.`
      : `${count(all.length, 'chose attend', 'choses attendent')} l’équipe${lateText(all)} ; ${count(others.length, 'n’est à personne', 'ne sont à personne')}.`;
    return dayCard(told, { heading: 'Ce qui attend ce matin', words }, me, services);
  },
);

/** After one business day and after three without an act: whoever has it; the channel, for what nobody has. */
const reminder = notice(
  { kind: 'office.reminder', title: 'Ce qui attend sans geste', ...rules },
  schema.OfDay,
  async ({ day }, recipient, services: OfficeServices) => {
    const reader = await readerOf(recipient, day, services);
    if (!reader) return undefined;
    const { me } = reader;
    const still = shownNow(reader.items).filter(
      (item) => STILL_DAYS.includes(item.still) && (me ? isHeldBy(item, me) : isOffered(item)),
    );
    if (still.length === 0) return undefined;
    const words = me
      ? `${count(still.length, 'chose que vous suivez attend', 'choses que vous suivez attendent')} sans geste depuis un ou trois jours ouvrables.`
      : `${count(still.length, 'chose que personne ne suit attend', 'choses que personne ne suit attendent')} sans geste depuis un ou trois jours ouvrables.`;
    return dayCard(still, { heading: 'Rappel', words }, me, services);
  },
);

/** A colleague gave somebody something that waits. */
const assigned = notice(
  { kind: 'office.assigned', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
  schema.OfItem,
  async ({ of, id }, recipient, services: OfficeServices) =>
    recipient.kind === 'person' ? assignedCard({ kind: of, id }, recipient, services) : undefined,
);

/** A colleague gave somebody several things at once: those that they still have. */
const assignedTogether = notice(
  { kind: 'office.assignedTogether', policy: 'surely', hours: 'any', pausable: false, priority: 0 },
  schema.OfItems,
  async ({ items }, recipient, services: OfficeServices) => {
    if (recipient.kind !== 'person') return undefined;
    const found = await services.office.standingOf(items.map(({ of, id }) => ({ kind: of, id })));
    const theirs = found.filter((item) => isHeldBy(item, recipient));
    if (theirs.length === 0) return undefined;
    const words = `Un collègue vous a confié ${count(theirs.length, 'chose')}.`;
    return dayCard(theirs, { heading: 'À vous', words }, recipient, services);
  },
);

export const notices = [digest, reminder, assigned, assignedTogether];

/** Every hour: what was told stays told, and what a stop left out is caught up. */
export const tellDay = job(
  'office.tellDay',
  schema.Nothing,
  (_input, { office }: OfficeServices) => office.tellDay(),
  { every: '5 * * * *' },
);
