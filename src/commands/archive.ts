import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Environment, readConfig } from '../config.ts';
import { CourtierError } from '../core/errors.ts';
import { count } from '../core/text/text.ts';
import { listPossiblyTold } from '../edges/delivery/index.ts';
import { buildLog } from '../edges/observability/index.ts';
import { prepareEmbeddedQueue, prepareQueue } from '../edges/queue/index.ts';
import { readArchive, writeArchive } from '../edges/storage/archive/index.ts';
import { openStorage, type Storage } from '../edges/storage/index.ts';
import { verifyChain } from '../features/people/index.ts';
import { checkSeals } from '../features/scenarios/index.ts';
import { out } from './output.ts';
import { showProgress } from './progress.ts';
import { Refused } from './refused.ts';

const JSON_OPTION = ['--json', 'un document JSON'] as const;

/** `export FICHIER`: all data, in one file that both kinds of database read. */
export function exportCommand(env: Environment): Command {
  return new Command('export')
    .description('Écrire toutes les données dans un fichier, pour les garder ou changer de base')
    .argument('<fichier>', 'un fichier nouveau, par exemple courtier.jsonl.gz')
    .option(...JSON_OPTION)
    .action(async (file: string, { json }: { json?: boolean }) => {
      if (existsSync(file))
        throw new CourtierError('invalid', `« ${file} » existe déjà : choisissez un autre nom.`);
      const { rows } = await withStorage(env, (storage) =>
        showRows('Écriture', (progress) => writeArchive(storage, file, Date.now(), progress)),
      );
      if (json) out(JSON.stringify({ file, rows }));
      else
        out(
          `Écrit dans « ${file} » : ${sentenceOf(rows)}. Ce sont des renseignements personnels : gardez-le à l’abri.`,
        );
    });
}

/** `import FICHIER`: an archive into a new database; with `--restored`, the assistant lived on after it. */
export function importCommand(env: Environment): Command {
  return new Command('import')
    .description('Prendre une archive dans une base neuve, l’assistant étant arrêté')
    .argument('<fichier>', 'ce que « courtier export » a écrit')
    .option(
      '--restored',
      'l’assistant a travaillé après cette archive : ce qu’il a pu envoyer depuis n’est pas renvoyé',
    )
    .option(...JSON_OPTION)
    .action(async (file: string, { json, restored }: { json?: boolean; restored?: boolean }) => {
      let listed = 0;
      const { rows, at } = await withStorage(env, (storage) =>
        showRows('Lecture', (progress) =>
          readArchive(storage, file, {
            progress,
            async afterwards(query) {
              if (restored) listed = await listPossiblyTold(query, Date.now());
            },
          }),
        ),
      );
      if (json) return out(JSON.stringify({ at: instantOf(at), rows, listed }));
      out(`Repris, tel que c’était le ${instantOf(at)} : ${sentenceOf(rows)}.`);
      if (restored)
        out(
          listed === 0
            ? 'Aucun message n’a pu partir depuis.'
            : `${count(listed, 'message')} que l’assistant a pu envoyer depuis : rien n’est renvoyé, ils sont marqués « Incertain ».`,
        );
    });
}

/** `backup verify FICHIER`: the restore drill, in a database that is thrown away. */
export function backupCommand(env: Environment): Command {
  const verify = new Command('verify')
    .description('Vérifier une archive en la prenant pour de bon dans une base jetable')
    .argument('<fichier>', 'ce que « courtier export » a écrit')
    .option(...JSON_OPTION)
    .action(async (file: string, { json }: { json?: boolean }) => {
      const folder = await mkdtemp(join(tmpdir(), 'courtier-verify-'));
      try {
        const drill = { ...env, DATABASE_URL: undefined, DATA_DIR: folder };
        const { taken, chain, comparisons } = await withStorage(drill, async (storage) => ({
          taken: await showRows('Lecture', (progress) => readArchive(storage, file, { progress })),
          chain: await verifyChain(storage.db),
          comparisons: await checkSeals(storage.db),
        }));
        const { links, broken, unlinked } = chain;
        const { seals } = comparisons;
        const valid = !broken && unlinked === 0 && comparisons.broken.length === 0;
        if (json) out(JSON.stringify({ valid, at: instantOf(taken.at), rows: taken.rows, links, seals }));
        if (!valid) throw new Refused(refusalOf(comparisons.broken));
        if (json) return;
        out(`L’archive du ${instantOf(taken.at)} est entière : ${sentenceOf(taken.rows)}.`);
        out(
          `Tout est recalculé : ${count(links, 'maillon')} du journal, ${count(seals, 'comparaison')} sous scellé.`,
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  return new Command('backup').description('Les sauvegardes').addCommand(verify.exitOverride());
}

const refusalOf = (seals: readonly string[]): string =>
  seals.length === 0
    ? 'L’archive se lit, mais la chaîne de son journal est rompue : « courtier journal check » dit où, une fois qu’elle est prise.'
    : `L’archive se lit, mais ${count(seals.length, 'comparaison')} sous scellé ${seals.length === 1 ? 'a changé' : 'ont changé'} : ${seals.join(', ')}.`;

/** A database brought to the newest version, with the tables of its queue. */
async function withStorage<T>(env: Environment, work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage(readConfig(env), buildLog('warn'), { waitMs: 0 });
  try {
    await storage.migrate(prepareQueue);
    if (storage.engine.kind === 'pglite') await prepareEmbeddedQueue(storage.engine.pglite);
    return await work(storage);
  } finally {
    await storage.close();
  }
}

const showRows = <T>(what: string, work: (progress: (rows: number) => void) => Promise<T>): Promise<T> =>
  showProgress(`${what} : {value} lignes`, 0, work);

const sentenceOf = (rows: Readonly<Record<string, number>>): string =>
  count(
    Object.values(rows).reduce((sum, each) => sum + each, 0),
    'ligne',
  );

const instantOf = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
