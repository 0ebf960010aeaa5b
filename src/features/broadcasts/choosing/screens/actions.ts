import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { pageAt, pageOf } from '../../../../core/cards/paging.ts';
import { wrongField } from '../../../../core/cards/refused.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import { capital } from '../../../../core/text/text.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { CHOOSING_PAGE, Choosing, Chosen, choosingCard, Searching } from '../../../people/index.ts';
import { calledList } from '../../lists/rules/reading.ts';
import { type BroadcastServices, current, STALE } from '../../screens/current.ts';
import * as schema from '../../screens/schema.ts';
import type { Broadcast } from '../../store/records.ts';
import { idsOf, WHAT, type What } from '../rules/chosen.ts';
import { wantedOf } from './aiming.ts';
import { bodiesOf, unknownText } from './named.ts';

const what = z.enum(WHAT);
export const Place = Choosing.extend({ what });
export type Place = z.output<typeof Place>;
const One = Chosen.extend({ what });
const NAMES = 'Écrivez au moins un nom.';
const Names = z.object({
  about: Choosing.shape.about,
  what,
  names: z.string(NAMES).trim().min(1, NAMES).max(20_000, 'Cette liste est trop longue.'),
});

const MOST_GROUPS = 10;
const FEWEST_LETTERS = 2;

interface Words {
  readonly heading: string;
  readonly label: string;
  readonly things: readonly [string, string];
  readonly none: string;
}
const WORDS: Readonly<Record<What, Words>> = {
  organizations: {
    heading: 'À qui : les membres de ces organisations',
    label: 'Nom, ancien nom ou sigle d’une organisation',
    things: ['organisation', 'organisations'],
    none: 'Aucune organisation ne porte ce nom. Écrivez-en un autre.',
  },
  lists: {
    heading: 'À qui : les personnes de ces listes et groupes',
    label: 'Début du nom d’un groupe Entra',
    things: ['liste ou groupe', 'listes et groupes'],
    none: 'Aucun groupe n’a un nom qui commence ainsi. Écrivez-en un autre.',
  },
  suppliers: {
    heading: 'De quoi parle l’avis : de ces fournisseurs',
    label: 'Nom d’un fournisseur',
    things: ['fournisseur', 'fournisseurs'],
    none: 'Aucun fournisseur ne porte ce nom. Écrivez-en un autre.',
  },
};

export const groupKey = (tenant: string, group: string): string => `${tenant}/${group}`;

/** The groups that a search finds, and the lists that stand. */
async function groups(row: Broadcast, { sought, chosenPage }: Place, services: BroadcastServices) {
  const { broadcasts, directory } = services;
  const lists = await broadcasts.listsOf(row.audience);
  const known = new Set(lists.map((list) => groupKey(list.groupTenant, list.groupId)));
  const named =
    directory && sought.length >= FEWEST_LETTERS ? await broadcasts.groupsNamed(sought, MOST_GROUPS) : [];
  const items = named.map((group) => {
    const id = groupKey(group.tenantId, group.id);
    return { id, name: group.name, chosen: known.has(id) };
  });
  return {
    found: directory && pageAt(items, 1, items.length, MOST_GROUPS),
    chosen: pageOf(
      lists.map((list) => ({ id: list.id, name: capital(calledList(list)) })),
      chosenPage,
      CHOOSING_PAGE,
    ),
    more: items.length >= MOST_GROUPS ? 'Il y en a peut-être d’autres : écrivez un nom plus long.' : '',
  };
}

/** The bodies or suppliers that a search finds, and those that stand. */
async function named(row: Broadcast, place: Place, { organizations, catalogue }: BroadcastServices) {
  const page = place.what === 'suppliers' ? catalogue.suppliersToChoose : organizations.bodiesToChoose;
  const ids = idsOf(row, place.what);
  const found = await page({ sought: place.sought }, place.page, CHOOSING_PAGE);
  return {
    found: { ...found, items: found.items.map((each) => ({ ...each, chosen: ids.includes(each.id) })) },
    chosen: await page({ ids }, place.chosenPage, CHOOSING_PAGE),
    more: '',
  };
}

/** The card on which things are chosen for a draft; the notice itself where it is no draft any more. */
export async function choosing(place: Place, services: BroadcastServices, notice = ''): Promise<Card> {
  const row = await services.broadcasts.findBroadcast(place.about);
  if (row.state !== 'draft') return current(row, services, STALE);
  const words = WORDS[place.what];
  const { found, chosen, more } = await (place.what === 'lists' ? groups : named)(row, place, services);
  const short = place.what === 'lists' && place.sought.length < FEWEST_LETTERS;
  return choosingCard({
    ...words,
    none: short ? 'Écrivez au moins deux lettres, puis cherchez.' : words.none,
    where: 'Courtier · Équipe · Avis · Destinataires',
    title: row.title,
    place,
    found,
    chosen,
    more,
    verbs: {
      search: 'broadcasts.choosing',
      add: place.what === 'lists' ? 'broadcasts.addGroup' : 'broadcasts.addChosen',
      remove: 'broadcasts.removeChosen',
      back: 'broadcasts.aim',
      ...(place.what === 'organizations' && { names: 'broadcasts.addNamed' }),
    },
    back: 'Retour aux destinataires',
    notice,
  });
}

/** From the form of the audience: what was ticked there is kept first. */
export async function opened(
  { person }: Pick<ActionTurn, 'person'>,
  input: schema.Choice,
  place: Place,
  services: BroadcastServices,
): Promise<Card> {
  const { broadcasts } = services;
  const { broadcast, revision } = input;
  const { wanted } = await wantedOf(input, await broadcasts.findBroadcast(broadcast), services);
  const outcome = await broadcasts.keepChoice(person, broadcast, revision, wanted);
  return outcome.kind === 'done' ? choosing(place, services) : current(outcome.broadcast, services, STALE);
}

export const openChoosing = action(
  'broadcasts.openChoosing',
  schema.Choice.extend({ what }),
  async (turn, { what: kind, ...input }, services: BroadcastServices) =>
    turn.update(await opened(turn, input, firstPlace(input.broadcast, kind), services)),
  'staff',
);

export const firstPlace = (about: string, what: What): Place => Place.parse({ about, what });

/** As it was, with nothing looked for: a directory that does not answer is not asked again. */
const unsought = (_turn: unknown, place: Place, services: BroadcastServices) =>
  choosing(place.what === 'lists' ? { ...place, sought: '' } : place, services);

export const search = forgiving(
  comesBack(Place, unsought),
  action(
    'broadcasts.choosing',
    Place.extend(Searching).transform(({ search: typed, searches, ...place }) =>
      searches ? { ...place, sought: typed } : place,
    ),
    async (turn, place, services: BroadcastServices) => turn.update(await choosing(place, services)),
    'staff',
  ),
);

/** Refuses what is nothing that can be chosen. */
async function mustBe({ what, id }: z.output<typeof One>, services: BroadcastServices): Promise<void> {
  const { organizations, catalogue } = services;
  if (what === 'lists') throw notFound();
  const page = what === 'suppliers' ? catalogue.suppliersToChoose : organizations.bodiesToChoose;
  if (what === 'organizations' && !Choosing.shape.about.safeParse(id).success) throw notFound();
  if ((await page({ ids: [id] }, 1, 1)).total === 0) throw notFound();
}

export const add = forgiving(
  comesBack(Place, unsought),
  action(
    'broadcasts.addChosen',
    One,
    async (turn, input, services: BroadcastServices) => {
      await mustBe(input, services);
      const { about, what: kind, id } = input;
      await services.broadcasts.addChosen(turn.person, about, kind, [id]);
      turn.update(await choosing(input, services));
    },
    'staff',
  ),
);

export const remove = action(
  'broadcasts.removeChosen',
  One,
  async (turn, input, services: BroadcastServices) => {
    await services.broadcasts.removeChosen(turn.person, input.about, input.what, input.id);
    turn.update(await choosing(input, services));
  },
  'staff',
);

/** The bodies of names, a line each: all of them, or the form again with the names that nobody has. */
export const addNamed = forgiving(
  comesBack(Names.omit({ names: true }), (_turn, { about, what: kind }, services: BroadcastServices) =>
    choosing(firstPlace(about, kind), services),
  ),
  action(
    'broadcasts.addNamed',
    Names,
    async (turn, { about, names }, services: BroadcastServices) => {
      const { ids, unknown } = await bodiesOf(names, services);
      if (unknown.length > 0) throw wrongField('names', unknownText(unknown));
      unlessStale(await services.broadcasts.addChosen(turn.person, about, 'organizations', ids), STALE);
      turn.update(await choosing(firstPlace(about, 'organizations'), services));
    },
    'staff',
  ),
);
