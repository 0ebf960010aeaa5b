import { comesBack, forgiving } from '../../../core/cards/forgiving.ts';
import { type Draw, draws, redraws } from '../../../core/cards/redraw.ts';
import { asked } from '../../../core/cards/refused.ts';
import { type OwnQuestion, takesOwn } from '../../../core/people/own-things.ts';
import type { Tx } from '../../../core/ports/db.ts';
import { action, counted, creating } from '../../../core/routes/turns.ts';
import type { AgendaItem, UnderWay } from '../../../core/routes/waiting.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import { readOwnFile } from '../rules/asking.ts';
import { progressOf } from '../rules/steps.ts';
import type { Files } from '../store/files.ts';
import type { AcquisitionFile } from '../store/records.ts';
import * as cards from './cards.ts';
import { fileMeant, opens } from './current.ts';
import { type AcquisitionServices, list } from './list.ts';
import * as schema from './schema.ts';

const CHANGED = 'Le dossier a changé entre-temps : voici où il en est.';

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
  const file = (await files.current(person)) ?? (await files.filesOf(person, 'open', 1))[0];
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

/** `mon dossier`: the one that the person means; otherwise, which. */
export async function openFiles(turn: MessageTurn, services: AcquisitionServices): Promise<void> {
  const file = await fileMeant(turn, services, 'acquisitions.open');
  if (file) await reopened(turn, file, services);
}

/** Answers with a file, which is from now on the one that the person means. */
async function reopened(turn: MessageTurn, file: string, services: AcquisitionServices): Promise<void> {
  await turn.reply(await fileCardOf(file, turn.person, services));
  await services.files.opened(turn.person, file);
}

/** « Mes dossiers », and not « mon dossier ». */
const SEVERAL = /\b(?:mes|nos)\b/i;

/** What was asked of one's files in words: one of them by its number, or where they stand. */
export const ask = takesOwn(
  readOwnFile,
  async (turn: MessageTurn, { number }: OwnQuestion, services: AcquisitionServices) => {
    const { files } = services;
    if (number === undefined) {
      const several = SEVERAL.test(turn.text) && (await files.filesOf(turn.person, 'open', 2)).length > 1;
      if (several) await turn.reply(await list(turn.person, 'open', 1, services));
      else await openFiles(turn, services);
      return true;
    }
    const file = await files.numbered(turn.person, number);
    if (file) await reopened(turn, file.id, services);
    else
      await turn.reply(
        await list(turn.person, 'open', 1, services, `Vous n’avez pas de dossier nº ${number}.`),
      );
    return true;
  },
);

/** The step at which each open file is; what follows the choice is another feature's to say. */
export async function agenda(
  person: Person,
  { files }: Pick<AcquisitionServices, 'files'>,
): Promise<AgendaItem[]> {
  const open = await files.filesOf(person, 'open');
  const items = await Promise.all(
    open.map(async ({ id, number, name }): Promise<AgendaItem | undefined> => {
      const current = progressOf(await files.conclusions(id)).find(({ state }) => state === 'current');
      return current && current.step !== 'contract'
        ? {
            what: `Dossier « ${name} »`,
            when: `Étape en cours : ${cards.STEP_NAMES[current.step].toLowerCase()}`,
            ask: `mon dossier nº ${number}`,
          }
        : undefined;
    }),
  );
  return items.filter((item) => item !== undefined);
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

export const create = forgiving(
  comesBack(schema.Nothing, ({ person }, _known, services: AcquisitionServices) =>
    list(person, 'open', 1, services),
  ),
  creating(
    'acquisitions.create',
    {
      noun: ['nouveau dossier', 'nouveaux dossiers'],
      person: 60,
      body: 300,
      tenant: 9_000,
      why: 'A person has a hundred open at most; thirty files a day for each of three hundred bodies stay within.',
    },
    schema.Create,
    redraws(
      async ({ person, effect }, { name }, { files }: AcquisitionServices) => {
        const file = await files.create(person, name, effect);
        await files.opened(person, file.id);
        return file;
      },
      ({ person }, _input, services, word, file) => fileCardOf(file.id, person, services, word),
      'Le dossier est créé. Commencez par vos besoins.',
    ),
  ),
);

export const open = action('acquisitions.open', schema.Opened, opens(fileCard));

export const rename = forgiving(
  comesBack(schema.File, fileCard),
  action(
    'acquisitions.rename',
    schema.Rename,
    redraws(
      ({ person }, { file, revision, name }, { files }: AcquisitionServices) =>
        files.rename(person, file, revision, name),
      fileCard,
      (done) => (done ? '' : CHANGED),
    ),
  ),
);

/** What is under way in a file is named before it is archived, and ended once that is meant; what is said of it. */
async function endAll(tx: Tx, person: Person, file: string, meant: boolean, files: Files): Promise<string[]> {
  const found = await files.underWayIn(tx, file);
  const sentences = found.map(({ sentence }) => sentence);
  if (found.length > 0 && !meant) throw asked(`${sentences.join(' ')} Archivez-vous ce dossier ?`);
  const said: string[] = [];
  for (const { end } of found) said.push((await end?.(tx, person)) ?? '');
  return said;
}

export const archive = forgiving(
  comesBack(schema.File, fileCard),
  action(
    'acquisitions.archive',
    schema.Archive,
    redraws(
      async ({ person }, { file, revision, ended, sure }, { files }: AcquisitionServices) => {
        let said: string[] = [];
        const done = await files.move(person, file, revision, 'archive', ended, async (tx) => {
          said = await endAll(tx, person, file, sure === 'yes', files);
        });
        return done ? ['Le dossier est archivé. Rien n’est perdu.', ...said].join(' ').trim() : CHANGED;
      },
      fileCard,
      (word) => word,
    ),
  ),
);

export const reopen = action(
  'acquisitions.reopen',
  schema.Revised,
  redraws(
    ({ person }, { file, revision }, { files }: AcquisitionServices) =>
      files.move(person, file, revision, 'reopen'),
    fileCard,
    (done) => (done ? 'Le dossier est rouvert.' : CHANGED),
  ),
);

export const askShare = action('acquisitions.sharing', schema.File, draws(sharingCard));

export const share = forgiving(
  comesBack(schema.File, sharingCard),
  counted(
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
