import { action, creating } from '../../../core/feature.ts';
import { pageOf } from '../../../core/paging.ts';
import type { Db } from '../../../core/ports.ts';
import type { ActionTurn, MessageTurn, Person, Turn } from '../../../core/turn.ts';
import type { Belonging } from '../../people/index.ts';
import type { FileEvent } from '../rules/steps.ts';
import type { AcquisitionFile, Files } from '../store/files.ts';
import * as cards from './cards.ts';
import * as schema from './schema.ts';

export interface AcquisitionServices {
  readonly db: Db;
  readonly timeZone: string;
  readonly files: Files;
  readonly belonging: Belonging;
}

const CHANGED = 'Le dossier a changé entre-temps : voici où il en est.';

async function list(
  person: Person,
  state: AcquisitionFile['state'],
  page: number,
  { files }: AcquisitionServices,
  notice = '',
) {
  const shown = pageOf(await files.of(person, state), page, cards.PAGE);
  const items: cards.FileRow[] = [];
  for (const file of shown.items) items.push({ ...file, reports: await files.conclusions(file.id) });
  return cards.listCard({ ...shown, items }, state, notice);
}

/** The card of a file, for one of its members; for anyone else it does not exist. */
export async function fileCardOf(id: string, person: Person, { files }: AcquisitionServices, notice = '') {
  const file = await files.find(id, person);
  const [conclusions, members] = [await files.conclusions(id), await files.members(id)];
  return cards.fileCard(file, conclusions, members, notice);
}

/** `mon dossier`: the only open file, or the list. */
export async function openFiles(turn: MessageTurn, services: AcquisitionServices): Promise<void> {
  const [file, ...others] = await services.files.of(turn.person, 'open');
  await turn.reply(
    file && others.length === 0
      ? await fileCardOf(file.id, turn.person, services)
      : await list(turn.person, 'open', 1, services),
  );
}

export const files = action(
  'acquisitions.list',
  schema.ListPage,
  async (turn, { state, page }, services: AcquisitionServices) =>
    turn.update(await list(turn.person, state, page, services)),
);

export const create = creating(
  'acquisitions.create',
  schema.Create,
  async (turn, { name }, services: AcquisitionServices) => {
    const file = await services.files.create(turn.person, name, turn.effect);
    turn.update(
      await fileCardOf(file.id, turn.person, services, 'Le dossier est créé. Commencez par vos besoins.'),
    );
  },
);

export const open = action(
  'acquisitions.open',
  schema.File,
  async (turn, { file }, services: AcquisitionServices) =>
    turn.update(await fileCardOf(file, turn.person, services)),
);

export const rename = action(
  'acquisitions.rename',
  schema.Rename,
  async (turn, { file, revision, name }, services: AcquisitionServices) => {
    const done = await services.files.rename(turn.person, file, revision, name);
    turn.update(await fileCardOf(file, turn.person, services, done ? '' : CHANGED));
  },
);

const moving =
  (event: FileEvent, sentence: string) =>
  async (
    turn: ActionTurn,
    { file, revision }: { file: string; revision: number },
    services: AcquisitionServices,
  ) => {
    const done = await services.files.move(turn.person, file, revision, event);
    turn.update(await fileCardOf(file, turn.person, services, done ? sentence : CHANGED));
  };

export const archive = action(
  'acquisitions.archive',
  schema.Revised,
  moving('archive', 'Le dossier est archivé. Rien n’est perdu.'),
);
export const reopen = action(
  'acquisitions.reopen',
  schema.Revised,
  moving('reopen', 'Le dossier est rouvert.'),
);

async function sharing(id: string, turn: Turn, { files, belonging }: AcquisitionServices, notice = '') {
  const file = await files.find(id, turn.person);
  const [members, colleagues] = await Promise.all([files.members(id), belonging.colleagues(turn.person)]);
  return cards.shareCard(file, members, colleagues, turn.person, notice);
}

export const askShare = action(
  'acquisitions.sharing',
  schema.File,
  async (turn, { file }, services: AcquisitionServices) => turn.update(await sharing(file, turn, services)),
);

export const share = action(
  'acquisitions.share',
  schema.Share,
  async (turn, { file, colleague }, services: AcquisitionServices) => {
    await services.files.share(turn.person, file, colleague);
    turn.update(await sharing(file, turn, services, 'Le dossier est partagé.'));
  },
);

export const unshare = action(
  'acquisitions.unshare',
  schema.Unshare,
  async (turn, { file, member }, services: AcquisitionServices) => {
    await services.files.unshare(turn.person, file, member);
    const left = member.objectId === turn.person.objectId && member.tenantId === turn.person.tenantId;
    turn.update(
      left
        ? await list(turn.person, 'open', 1, services, 'Vous avez quitté ce dossier.')
        : await sharing(file, turn, services, 'L’accès est retiré.'),
    );
  },
);

export const history = action(
  'acquisitions.history',
  schema.FilePage,
  async (turn, { file: id, page }, { files, timeZone }: AcquisitionServices) => {
    const file = await files.find(id, turn.person);
    turn.update(cards.historyCard(file, await files.history(id), page, timeZone));
  },
);
