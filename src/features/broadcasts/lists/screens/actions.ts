import { z } from 'zod';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { Id } from '../../../../core/id.ts';
import type { Documents } from '../../../../core/ports/documents.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import { choosing, firstPlace, opened, Place } from '../../choosing/screens/actions.ts';
import { forListCard } from '../../drafting/screens/compose-card.ts';
import { audience, type BroadcastServices, current, STALE } from '../../screens/current.ts';
import * as schema from '../../screens/schema.ts';
import { readList } from '../rules/reading.ts';
import { withList } from '../store/lists.ts';
import { LINES, listCard } from './cards.ts';

interface ListServices extends BroadcastServices {
  readonly documents: Documents;
}

const OfList = z.object({ list: Id, page: z.int().min(1).max(10_000).default(1) });
/** `groupName`: what a card of the release before looked for there. */
const Search = schema.Choice.extend({ groupName: z.string().trim().max(120).default('') });
/** A group to add, as the card says it, or one of the release before. */
const AddedGroup = z.union([
  Place.extend({ id: z.templateLiteral([z.guid(), '/', z.guid()]) }).transform(({ id, ...place }) => {
    const [tenant = '', group = ''] = id.split('/');
    return { place, tenant, group };
  }),
  schema.Reference.extend({ tenant: z.guid(), group: z.guid() }).transform(
    ({ broadcast, tenant, group }) => ({ place: firstPlace(broadcast, 'lists'), tenant, group }),
  ),
]);

async function drawn(id: string, wanted: number, services: BroadcastServices, notice = '') {
  const { broadcasts, timeZone } = services;
  const list = await broadcasts.findList(id);
  return listCard({
    list,
    report: await broadcasts.report(id, wanted, LINES),
    askable: await broadcasts.isAsked(list),
    drafts: await broadcasts.latestDrafts(),
    timeZone,
    notice,
  });
}

/** A file of people dropped in the chat: kept, then checked. Where the directory does not answer, it is kept all the same. */
export async function listDropped(turn: MessageTurn, services: ListServices): Promise<void> {
  const [file, ...others] = turn.files;
  if (!file || others.length > 0)
    throw new CourtierError('refused', 'Déposez une seule liste à la fois : chacune a son rapport.');
  const lines = readList(await services.documents.read(file.name, await file.read()));
  const { id } = await services.broadcasts.keepFile(turn, file.name, lines);
  let word = '';
  try {
    await services.broadcasts.readAgain(id);
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    word = error.message;
  }
  await turn.reply(await drawn(id, 1, services, word));
}

export const showPeopleList = action(
  'broadcasts.peopleList',
  OfList,
  async (turn, { list, page }, services: BroadcastServices) => turn.update(await drawn(list, page, services)),
  'staff',
);

export const readListAgain = action(
  'broadcasts.readList',
  OfList,
  async (turn, { list, page }, services: BroadcastServices) => {
    await services.broadcasts.readAgain(list);
    turn.update(await drawn(list, page, services, 'L’annuaire est relu.'));
  },
  'staff',
);

/** The form of a new notice for the people of a list. */
export const composeForList = action(
  'broadcasts.forList',
  OfList,
  async (turn, { list }, services: BroadcastServices) =>
    turn.update(forListCard(await services.broadcasts.findList(list))),
  'staff',
);

const CHOOSE = 'Choisissez l’avis auquel ajouter la liste.';

/** Adds a list to a draft, beside whom it is for already. */
export const useList = forgiving(
  comesBack(OfList, (_turn, { list, page }, services: BroadcastServices) => drawn(list, page, services)),
  action(
    'broadcasts.useList',
    OfList.extend({ draft: z.string(CHOOSE).pipe(Id) }),
    async (turn, { list, draft }, services: BroadcastServices) => {
      await services.broadcasts.findList(list);
      await addTo(draft, list, turn.person, services);
      turn.update(await current(await services.broadcasts.findBroadcast(draft), services));
    },
    'staff',
  ),
);

async function addTo(
  draft: string,
  list: string,
  person: MessageTurn['person'],
  { broadcasts }: BroadcastServices,
): Promise<void> {
  const row = await broadcasts.findBroadcast(draft);
  if (row.state !== 'draft') throw new CourtierError('refused', 'Cet avis n’est plus un brouillon.');
  unlessStale(await broadcasts.aim(person, draft, row.revision, withList(row.audience, list)), STALE);
}

/** The card on which groups are chosen, from the form of the audience; what was ticked there is kept first. */
export const findGroup = forgiving(
  comesBack(schema.Reference, async (_turn, { broadcast }, services: BroadcastServices) =>
    audience(await services.broadcasts.findBroadcast(broadcast), services),
  ),
  action(
    'broadcasts.findGroup',
    Search,
    async (turn, { groupName, ...input }, services: BroadcastServices) =>
      turn.update(
        await opened(turn, input, { ...firstPlace(input.broadcast, 'lists'), sought: groupName }, services),
      ),
    'staff',
  ),
);

/** Adds the people of a group to a draft. */
export const addGroup = creating(
  'broadcasts.addGroup',
  {
    noun: ['groupe ajouté', 'groupes ajoutés'],
    person: 100,
    body: 500,
    tenant: 1_000,
    why: 'Some groups a notice, and some notices in a day.',
  },
  AddedGroup,
  async (turn, { place, tenant, group }, services: BroadcastServices) => {
    const { broadcasts } = services;
    const list = await broadcasts.keepGroup(turn, tenant, group);
    unlessStale(await broadcasts.addChosen(turn.person, place.about, 'lists', [list.id]), STALE);
    turn.update(await choosing(place, services));
  },
  'staff',
);
