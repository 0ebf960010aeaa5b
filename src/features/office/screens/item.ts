import type { Card } from '../../../core/card.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { inHands } from '../../../core/cards/warning-first.ts';
import { frenchDateTime, frenchDay } from '../../../core/clock.ts';
import { notFound } from '../../../core/errors.ts';
import { Id } from '../../../core/id.ts';
import { type PersonKey, personKeyOf } from '../../../core/people/person-key.ts';
import { action } from '../../../core/routes/turns.ts';
import { GONE } from '../../../core/rows/retention.ts';
import { personLink } from '../../../core/text/chat-link.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';
import type { ActionTurn, Person } from '../../../core/turn.ts';
import { type Item, isHeldBy } from '../rules/standing.ts';
import type { ActOutcome, Target } from '../store/acting.ts';
import type { Act } from '../store/writing.ts';
import type { ActName } from '../tables.ts';
import { listFor, rowOf } from './list.ts';
import * as schema from './schema.ts';
import type { OfficeServices } from './services.ts';
import { dayText, holderText, stillText } from './texts.ts';

const SHOWN_HISTORY = 5;
const GONE_SINCE = 'Cela n’attend plus : quelqu’un s’en est occupé, ou ce n’est plus à faire.';
const CHANGED = 'Quelqu’un vient d’agir. Voici où cela en est.';

/** What was typed into the forms of the card, to be shown again, and the list that it was opened from. */
interface Typed extends schema.FromList {
  readonly colleague?: string;
  readonly until?: string;
  /** The colleague whom one was told of. */
  readonly over?: string;
}

type History = Awaited<ReturnType<OfficeServices['office']['historyOf']>>[number];

const HISTORY: Readonly<Record<ActName, (row: History) => string>> = {
  take: () => 'l’a pris',
  assign: ({ owner }) => `l’a confié à ${owner ?? GONE.toLowerCase()}`,
  putOff: ({ until }) => `l’a remis au ${until ? frenchDay(until) : ''}`,
  handBack: () => 'l’a rendu à l’équipe',
};

/** Something that waits, with all that can be done about who has it. */
async function itemCard(
  item: Item,
  me: Person | undefined,
  { office, timeZone }: OfficeServices,
  notice = '',
  { colleague = '', until = '', over = '', seen, page }: Typed = schema.WHOLE_LIST,
): Promise<Card> {
  const history = await office.historyOf(item.kind, item.id);
  const { address, has, before, others } = await office.caseOf(item);
  const colleagues = me ? await office.colleagues(me) : [];
  const mine = me !== undefined && isHeldBy(item, me);
  const fact = (title: string, value: string) => (value ? [{ title, value: escapeMarkdown(value) }] : []);
  return {
    template: 'office/item',
    summary: notice || `${item.title}. ${dayText(item)}.`,
    view: {
      ...rowOf(item, me),
      over,
      seen: schema.filterWord(seen),
      page,
      ...noticeView(notice),
      facts: [
        ...fact('Personne', item.person),
        ...fact('Organisation', item.body ?? ''),
        ...fact('Contrat ou dossier', item.about ?? ''),
        ...fact('Cette organisation a', has),
        ...fact('Attend aussi pour elle', others > 0 ? count(others, 'autre chose', 'autres choses') : ''),
        ...fact('Attend depuis', frenchDateTime(item.since, timeZone)),
        ...fact('Pour quand', dayText(item)),
        ...fact('Qui s’en occupe', holderText(item, me)),
        ...fact('Sans geste', stillText(item.still)),
      ],
      history: history.slice(-SHOWN_HISTORY).map((row) => ({
        line: escapeMarkdown(
          `${frenchDateTime(row.at, timeZone)} : ${row.by ?? GONE} ${HISTORY[row.act](row)}`,
        ),
      })),
      hasHistory: history.length > 0,
      before: before.map((line) => ({ line: escapeMarkdown(line) })),
      hasBefore: before.length > 0,
      writable: address !== undefined,
      chat: address === undefined ? '' : personLink(address),
      takable: !mine,
      held: item.holder !== undefined,
      sharable: colleagues.length > 0,
      colleagues: colleagues.map((each) => ({ title: each.name, value: personKeyOf(each) })),
      colleague,
      until,
    },
  };
}

/** One of them as it stands now, with a word; the list where it waits no more. */
async function asItStands(
  turn: Pick<ActionTurn, 'person'>,
  { kind, id }: Target,
  services: OfficeServices,
  word = '',
  typed: Typed = schema.WHOLE_LIST,
): Promise<Card> {
  const { office, house } = services;
  if (!house.waits().some((each) => each.kind === kind)) throw notFound();
  const item = await office.findItem(kind, id);
  return item
    ? itemCard(item, turn.person, services, word, typed)
    : listFor(turn.person, typed.seen, typed.page, services, GONE_SINCE);
}

/** What became of a gesture; one on what a colleague has is not done before it is pressed again. */
async function after(
  turn: ActionTurn,
  target: Target,
  outcome: ActOutcome | undefined,
  services: OfficeServices,
  word: string,
  typed: Typed,
): Promise<Card> {
  if (outcome?.kind === 'owned') {
    const asked = { ...typed, over: personKeyOf(outcome.by) };
    return asItStands(turn, target, services, inHands(outcome.by.name), asked);
  }
  const { seen, page } = typed;
  return asItStands(turn, target, services, outcome?.kind === 'changed' ? CHANGED : word, { seen, page });
}

async function gesture(
  turn: ActionTurn,
  { wait, over, seen, page }: schema.FromList & { readonly wait: Target; readonly over: string },
  act: Act,
  services: OfficeServices,
  word: string,
  typed: Omit<Typed, keyof schema.FromList> = {},
): Promise<void> {
  const target = { ...wait, ...(over === '' ? {} : { over }) };
  const [outcome] = await services.office.act(turn.person, act, [target]);
  turn.update(await after(turn, target, outcome, services, word, { ...typed, seen, page }));
}

export const look = action(
  'office.item',
  schema.Reference,
  async (turn, { wait, ...from }, services: OfficeServices) =>
    turn.update(await asItStands(turn, wait, services, '', from)),
  'staff',
);

/** The feature's own card, below. */
export const open = action(
  'office.open',
  schema.Reference,
  async (turn, { wait: { kind, id } }, services: OfficeServices) => {
    const route = services.house.waits().find((each) => each.kind === kind);
    // What has another id than one of ours, the reach of notices for one, is opened while it waits only.
    const isKnown = Id.safeParse(id).success || (await services.office.findItem(kind, id)) !== undefined;
    if (!route || !isKnown) throw notFound();
    await turn.reply(await route.open(id));
    turn.notify('C’est ci-dessous.');
  },
  'staff',
);

export const take = action(
  'office.take',
  schema.Take,
  (turn, input, services: OfficeServices) =>
    gesture(turn, input, { what: 'take' }, services, 'C’est à vous.'),
  'staff',
);

export const handBack = action(
  'office.handBack',
  schema.Take,
  (turn, input, services: OfficeServices) =>
    gesture(turn, input, { what: 'handBack' }, services, 'C’est rendu à l’équipe.'),
  'staff',
);

export const assign = action(
  'office.assign',
  schema.Assignment,
  (turn, { colleague, ...input }, services: OfficeServices) =>
    gesture(turn, input, { what: 'assign', to: colleague }, services, 'C’est confié.', {
      colleague: personKeyOf(colleague),
    }),
  'staff',
);

export const putOff = action(
  'office.putOff',
  schema.PuttingOff,
  (turn, { until, ...input }, services: OfficeServices) =>
    gesture(
      turn,
      input,
      { what: 'putOff', until: Temporal.PlainDate.from(until) },
      services,
      'C’est remis : la liste le montrera de nouveau ce jour-là.',
      { until },
    ),
  'staff',
);

/** What somebody was given, while it is theirs and waits. */
export async function assignedCard(
  { kind, id }: Target,
  person: PersonKey,
  services: OfficeServices,
): Promise<Card | undefined> {
  const item = await services.office.findItem(kind, id);
  if (!item || !isHeldBy(item, person)) return undefined;
  return itemCard(item, { ...person, name: '' }, services, 'Un collègue vous a confié ceci.');
}
