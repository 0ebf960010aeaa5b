import { z } from 'zod';
import { CourtierError } from '../../../../core/errors.ts';
import { action, creating } from '../../../../core/feature.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/forgiving.ts';
import { Id } from '../../../../core/id.ts';
import type { Documents } from '../../../../core/ports.ts';
import type { MessageTurn } from '../../../../core/turn.ts';
import {
  audience,
  type BroadcastServices,
  chosenOf,
  current,
  namesOf,
  STALE,
} from '../../screens/actions.ts';
import { forListCard } from '../../screens/cards.ts';
import * as schema from '../../screens/schema.ts';
import { readList } from '../rules/reading.ts';
import { withList } from '../store/lists.ts';
import { groupsCard, LINES, listCard } from './cards.ts';

interface ListServices extends BroadcastServices {
  readonly documents: Documents;
}

const OfList = z.object({ list: Id, page: z.int().min(1).max(10_000).default(1) });
const NAME = 'Écrivez le début du nom du groupe, au moins deux lettres.';
const Search = schema.Choice.extend({ groupName: z.string(NAME).trim().min(2, NAME).max(120, NAME) });
const MOST_GROUPS = 10;

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
    turn.update(forListCard(await services.broadcasts.findList(list), await namesOf(services))),
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

/** The groups of a name, for a draft; what was ticked on its form is kept first. */
export const findGroup = forgiving(
  comesBack(schema.Reference, async (_turn, { broadcast }, services: BroadcastServices) =>
    audience(await services.broadcasts.findBroadcast(broadcast), services),
  ),
  action(
    'broadcasts.findGroup',
    Search,
    async (turn, input, services: BroadcastServices) => {
      const { broadcasts } = services;
      const groups = await broadcasts.groupsNamed(input.groupName, MOST_GROUPS);
      const chosen = await chosenOf(input, services);
      if (chosen.refused) return turn.update(chosen.refused);
      const row = await broadcasts.keepChoice(turn.person, input.broadcast, input.revision, chosen.wanted);
      unlessStale(row, STALE);
      turn.update(groupsCard(row.broadcast, input.groupName, groups, MOST_GROUPS));
    },
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
  schema.Reference.extend({ tenant: z.guid(), group: z.guid() }),
  async (turn, { broadcast, tenant, group }, services: BroadcastServices) => {
    const { broadcasts } = services;
    const list = await broadcasts.keepGroup(turn, tenant, group);
    await addTo(broadcast, list.id, turn.person, services);
    turn.update(await current(await broadcasts.findBroadcast(broadcast), services));
  },
  'staff',
);
