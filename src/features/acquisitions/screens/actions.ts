import { type AgendaItem, action, counted, creating, type UnderWay } from '../../../core/feature.ts';
import { type OwnQuestion, takesOwn } from '../../../core/own-things.ts';
import { pageOf } from '../../../core/paging.ts';
import type { Db } from '../../../core/ports.ts';
import { type Draw, draws, redraws } from '../../../core/redraw.ts';
import type { ActionTurn, MessageTurn, Person } from '../../../core/turn.ts';
import type { Belonging, PersonKey } from '../../people/index.ts';
import { readOwnFile } from '../rules/asking.ts';
import { type FileEvent, progressOf } from '../rules/steps.ts';
import type { Files } from '../store/files.ts';
import type { AcquisitionFile } from '../store/records.ts';
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
  { files, belonging }: AcquisitionServices,
  notice = '',
) {
  const shown = pageOf(await files.filesOf(person, state), page, cards.PAGE);
  const items: cards.FileRow[] = [];
  for (const file of shown.items) items.push({ ...file, reports: await files.conclusions(file.id) });
  const joined = shown.total > 0 || (await belonging.bodyOf(person)) !== undefined;
  return cards.listCard({ ...shown, items }, state, joined, notice);
}

/** The card of a file, for one of its members; for anyone else it does not exist. */
export async function fileCardOf(id: string, person: Person, { files }: AcquisitionServices, notice = '') {
  const file = await files.findFile(id, person);
  const [conclusions, members] = [await files.conclusions(id), await files.members(id)];
  return cards.fileCard(file, conclusions, members, notice);
}

/** A file as somebody else hears of it, whom one of its members lets know: what it is called, and its step. */
async function toldOf({ id, name }: AcquisitionFile, files: Files): Promise<UnderWay> {
  return { id, title: name, step: cards.stepText(await files.conclusions(id)) };
}

export async function latestUnderWay(
  person: Person,
  { files }: Pick<AcquisitionServices, 'files'>,
): Promise<UnderWay | undefined> {
  const [file] = await files.filesOf(person, 'open');
  return file && toldOf(file, files);
}

export async function findUnderWay(
  person: PersonKey,
  id: string,
  { files }: Pick<AcquisitionServices, 'files'>,
): Promise<UnderWay | undefined> {
  const file = await files.seen(id, person);
  return file && toldOf(file, files);
}

/** `mon dossier`: the only open file, or the list. */
export async function openFiles(turn: MessageTurn, services: AcquisitionServices): Promise<void> {
  const [file, ...others] = await services.files.filesOf(turn.person, 'open');
  await turn.reply(
    file && others.length === 0
      ? await fileCardOf(file.id, turn.person, services)
      : await list(turn.person, 'open', 1, services),
  );
}

/** What was asked of one's files in words: one of them by its number, or where they stand. */
export const ask = takesOwn(
  readOwnFile,
  async (turn: MessageTurn, { number }: OwnQuestion, services: AcquisitionServices) => {
    if (number === undefined) {
      await openFiles(turn, services);
      return true;
    }
    const { files } = services;
    const own = [
      ...(await files.filesOf(turn.person, 'open')),
      ...(await files.filesOf(turn.person, 'archived')),
    ];
    const file = own.find((each) => each.number === number);
    await turn.reply(
      file
        ? await fileCardOf(file.id, turn.person, services)
        : await list(turn.person, 'open', 1, services, `Vous n’avez pas de dossier nº ${number}.`),
    );
    return true;
  },
);

/** How many files are looked into for what is to do. */
const MOST_AGENDA = 20;

/** The step at which each open file is; what follows the choice is another feature's to say. */
export async function agenda(
  person: Person,
  { files }: Pick<AcquisitionServices, 'files'>,
): Promise<AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const { id, number, name } of (await files.filesOf(person, 'open')).slice(0, MOST_AGENDA)) {
    const current = progressOf(await files.conclusions(id)).find(({ state }) => state === 'current');
    if (current && current.step !== 'contract')
      items.push({
        what: `Dossier « ${name} »`,
        when: `Étape en cours : ${cards.STEP_NAMES[current.step].toLowerCase()}`,
        ask: `mon dossier nº ${number}`,
      });
  }
  return items;
}

type Shows<Input, Done = unknown> = Draw<AcquisitionServices, Input, Done>;

const fileCard: Shows<{ readonly file: string }> = ({ person }, { file }, services, word) =>
  fileCardOf(file, person, services, word);

const sharingCard: Shows<{ readonly file: string }> = async (
  { person },
  { file: id },
  { files, belonging },
  word,
) => {
  const file = await files.findFile(id, person);
  const [members, colleagues] = await Promise.all([files.members(id), belonging.colleagues(person)]);
  return cards.shareCard(file, members, colleagues, person, word);
};

export const files = action(
  'acquisitions.list',
  schema.ListPage,
  draws(({ person }, { state, page }, services: AcquisitionServices) => list(person, state, page, services)),
);

export const create = creating(
  'acquisitions.create',
  {
    noun: ['nouveau dossier', 'nouveaux dossiers'],
    person: 60,
    body: 300,
    tenant: 9_000,
    why: 'A person keeps a hundred at most; thirty files a day for each of three hundred bodies stay within.',
  },
  schema.Create,
  redraws(
    ({ person, effect }, { name }, { files }: AcquisitionServices) => files.create(person, name, effect),
    ({ person }, _input, services, word, file) => fileCardOf(file.id, person, services, word),
    'Le dossier est créé. Commencez par vos besoins.',
  ),
);

export const open = action('acquisitions.open', schema.File, draws(fileCard));

export const rename = action(
  'acquisitions.rename',
  schema.Rename,
  redraws(
    ({ person }, { file, revision, name }, { files }: AcquisitionServices) =>
      files.rename(person, file, revision, name),
    fileCard,
    (done) => (done ? '' : CHANGED),
  ),
);

const moving = (event: FileEvent, word: string) =>
  redraws(
    (
      { person }: ActionTurn,
      { file, revision }: { file: string; revision: number },
      { files }: AcquisitionServices,
    ) => files.move(person, file, revision, event),
    fileCard,
    (done) => (done ? word : CHANGED),
  );

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

export const askShare = action('acquisitions.sharing', schema.File, draws(sharingCard));

export const share = counted(
  {
    noun: ['partage', 'partages'],
    person: 150,
    body: 1_500,
    tenant: 30_000,
    why: 'Every file of a person, with some colleagues each.',
  },
  action(
    'acquisitions.share',
    schema.Share,
    redraws(
      ({ person }, { file, colleague }, { files }: AcquisitionServices) =>
        files.share(person, file, colleague),
      sharingCard,
      'Le dossier est partagé.',
    ),
  ),
);

/** Who leaves a file sees their others; who takes somebody's access away sees who is left. */

export const unshare = action(
  'acquisitions.unshare',
  schema.Unshare,
  redraws(
    async ({ person }, { file, member }, { files }: AcquisitionServices) => {
      await files.unshare(person, file, member);
      return member.objectId === person.objectId && member.tenantId === person.tenantId;
    },
    (turn, input, services, word, left) =>
      left ? list(turn.person, 'open', 1, services, word) : sharingCard(turn, input, services, word, left),
    (left) => (left ? 'Vous avez quitté ce dossier.' : 'L’accès est retiré.'),
  ),
);

export const history = action(
  'acquisitions.history',
  schema.FilePage,
  draws(async ({ person }, { file: id, page }, { files, timeZone }: AcquisitionServices) =>
    cards.historyCard(await files.findFile(id, person), await files.history(id), page, timeZone),
  ),
);
