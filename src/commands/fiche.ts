import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { HOLIDAYS_FILE } from '../app/paths.ts';
import { type Environment, readConfig } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { CourtierError } from '../core/errors.ts';
import { count } from '../core/text/text.ts';
import { type BusinessDays, brokerDate, buildBusinessDays } from '../core/time/business-days.ts';
import { readHolidays } from '../edges/calendar/index.ts';
import { documents } from '../edges/documents/index.ts';
import type { Storage } from '../edges/storage/index.ts';
import {
  allVersions,
  buildPublication,
  type CheckedFile,
  type Context,
  checkFiles,
  differenceOf,
  EMPTY_CONTEXT,
  ficheJsonSchema,
  ficheSheets,
  openFiles,
  type Problem,
  type PublicationOutcome,
} from '../features/catalogue/index.ts';
import { withDatabase } from './database.ts';
import { out } from './output.ts';
import { showProgress } from './progress.ts';
import { Refused } from './refused.ts';

const note = (text: string) => void process.stderr.write(`${text}\n`);
const businessDays = (): BusinessDays => buildBusinessDays(readHolidays(HOLIDAYS_FILE));

/** `fiche`: check, publish, compare and list the suppliers' fiches. */
export function ficheCommand(env: Environment): Command {
  const json = ['--json', 'un document JSON'] as const;
  return new Command('fiche')
    .description('Les fiches des fournisseurs')
    .addCommand(
      new Command('check')
        .description('Vérifier des fiches, sans rien publier')
        .argument('<fichiers...>', 'les fichiers .xlsx, .yaml ou .json, ou un .zip')
        .option(...json)
        .action((files: string[], options: { json?: boolean }) => check(files, options, env))
        .exitOverride(),
    )
    .addCommand(
      new Command('publish')
        .description('Publier des fiches, si toutes sont valides')
        .argument('<fichiers...>', 'les fichiers .xlsx, .yaml ou .json, ou un .zip')
        .option(...json)
        .action((files: string[], options: { json?: boolean }) => publish(files, options, env))
        .exitOverride(),
    )
    .addCommand(
      new Command('diff')
        .description('Comparer deux versions de la fiche d’un fournisseur')
        .argument('<avant>', 'le fichier de la version précédente')
        .argument('<après>', 'le fichier de la version suivante')
        .option(...json)
        .action(diff)
        .exitOverride(),
    )
    .addCommand(
      new Command('list')
        .description('Lister les fiches publiées')
        .option(...json)
        .action((options: { json?: boolean }) => list(options, env))
        .exitOverride(),
    )
    .addCommand(
      new Command('model')
        .description('Écrire une fiche comme un classeur à remplir, vide ou d’après un fichier')
        .argument('[fichier]', 'la fiche dont le remplir')
        .requiredOption('--out <classeur>', 'le classeur .xlsx à écrire')
        .action(model)
        .exitOverride(),
    )
    .addCommand(
      new Command('schema')
        .description('Écrire le schéma JSON d’une fiche, pour les éditeurs')
        .option('--out <fichier>', 'où l’écrire ; sans lui, sur la sortie standard')
        .action(({ out: file }: { out?: string }) => {
          const text = JSON.stringify(ficheJsonSchema(), null, 2);
          if (file) writeFileSync(file, `${text}\n`);
          else out(text);
        })
        .exitOverride(),
    );
}

const readFiles = (names: readonly string[]) => openFiles(filesNamed(names), documents);

function filesNamed(names: readonly string[]) {
  return names.map((name) => {
    try {
      return { name, bytes: readFileSync(name) };
    } catch (cause) {
      throw new CourtierError('invalid', `Le fichier « ${name} » ne peut pas être lu.`, cause);
    }
  });
}

const publicationOn = (db: Storage['db']) => buildPublication(db, systemClock, businessDays());

/** What is published, when there is a database to ask; otherwise the files are compared with each other only. */
async function contextOf(env: Environment): Promise<Context> {
  const { databaseUrl, dataDir } = readConfig(env);
  if (!databaseUrl && !existsSync(join(dataDir, 'pg'))) return EMPTY_CONTEXT;
  try {
    return await withDatabase(env, (db) => publicationOn(db).context());
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    note(`Sans comparaison avec le catalogue publié : ${error.message}`);
    return EMPTY_CONTEXT;
  }
}

const toCorrect = (files: number): string => `${count(files, 'fichier')} à corriger.`;

async function check(names: string[], options: { json?: boolean }, env: Environment): Promise<void> {
  const files = checkFiles(await readFiles(names), await contextOf(env), businessDays());
  const refused = files.filter(({ result }) => result.kind === 'refused').length;
  if (options.json) out(JSON.stringify({ files: files.map(verdict) }));
  else {
    for (const file of files) for (const line of lines(file)) out(line);
    out(refused === 0 ? `${count(files.length, 'fiche')} : tout est en ordre.` : toCorrect(refused));
  }
  if (refused > 0) throw new Refused(toCorrect(refused));
}

const warningsOf = ({ warnings, forgotten }: Extract<CheckedFile['result'], { kind: 'valid' }>): string[] => [
  ...(forgotten === undefined ? [] : [forgotten]),
  ...warnings,
];

const verdict = ({ name, result }: CheckedFile) =>
  result.kind === 'valid'
    ? { file: name, valid: true, problems: [], warnings: warningsOf(result) }
    : { file: name, valid: false, problems: result.problems.map(shownProblem), warnings: [] };

const shownProblem = ({ path, line, cell, sentence, correction }: Problem) => ({
  path,
  line: line ?? null,
  ...(cell && { cell }),
  message: sentence,
  correction: correction ?? null,
});

function lines({ name, result }: CheckedFile): string[] {
  if (result.kind === 'valid') return warningsOf(result).map((warning) => `${name} à noter : ${warning}`);
  return result.problems.map(
    ({ path, line, cell, sentence, correction }) =>
      `${name}${line ? `:${line}` : ''}${cell ? ` ${cell}` : ''}${path ? ` ${path} :` : ' :'} ${sentence}${correction ? ` ${correction}` : ''}`,
  );
}

/** As many fiches as take long enough for somebody to wait. */
const LONG_IMPORT = 50;

/** What takes effect is announced by the assistant: within a minute, or when it starts. */
async function publish(names: string[], options: { json?: boolean }, env: Environment): Promise<void> {
  const read = await readFiles(names);
  await withDatabase(env, async (db) => {
    const publication = publicationOn(db);
    const files = checkFiles(read, await publication.context(), businessDays());
    const refused = files.filter(({ result }) => result.kind === 'refused');
    if (refused.length > 0) {
      if (options.json) out(JSON.stringify({ published: [], refused: refused.map(verdict) }));
      else for (const file of refused) for (const line of lines(file)) out(line);
      throw new Refused(`${toCorrect(refused.length)} Rien n’est publié.`);
    }
    const fiches = files.flatMap(({ result }) => (result.kind === 'valid' ? [result.fiche] : []));
    const outcomes =
      fiches.length < LONG_IMPORT
        ? await publication.publish(fiches, 'command')
        : await showProgress('Publication [{bar}] {value}/{total}', fiches.length, (progress) =>
            publication.publish(fiches, 'command', progress),
          );
    if (options.json) out(JSON.stringify({ published: outcomes.map(shownOutcome), refused: [] }));
    else for (const outcome of outcomes) out(outcomeLine(outcome));
    if (outcomes.some(({ kind }) => kind === 'refused'))
      throw new Refused('Une autre publication est passée entre-temps : recommencez.');
  });
}

const shownOutcome = (outcome: PublicationOutcome) => ({
  supplier: outcome.fiche.supplier.id,
  version: outcome.fiche.version,
  outcome: outcome.kind,
  ...(outcome.kind === 'published'
    ? { inForce: outcome.inForce, changes: outcome.difference?.changes.map(({ sentence }) => sentence) ?? [] }
    : {}),
  ...(outcome.kind === 'refused' ? { problems: outcome.problems.map(shownProblem) } : {}),
});

function outcomeLine(outcome: PublicationOutcome): string {
  const { supplier, version } = outcome.fiche;
  const subject = `${supplier.id} ${version} :`;
  if (outcome.kind === 'unchanged') return `${subject} déjà publiée, rien n’a changé.`;
  if (outcome.kind === 'refused')
    return `${subject} ${outcome.problems.map(({ sentence }) => sentence).join(' ')}`;
  const when = outcome.inForce ? 'en vigueur' : `prendra effet le ${version} à 0 h`;
  const what = outcome.difference
    ? count(outcome.difference.changes.length, 'changement')
    : 'nouveau fournisseur';
  return `${subject} publiée, ${when}, ${what}.`;
}

async function diff(before: string, after: string, options: { json?: boolean }): Promise<void> {
  const [first, second] = (await readFiles([before, after])).map((file) => {
    const [checked] = checkFiles([file], EMPTY_CONTEXT, businessDays());
    if (checked?.result.kind !== 'valid') {
      const text = checked ? lines(checked).join('\n') : '';
      throw new CourtierError('invalid', `« ${basename(file.name)} » n’est pas une fiche valide.\n${text}`);
    }
    return checked.result.fiche;
  });
  if (!first || !second) return;
  if (first.supplier.id !== second.supplier.id)
    throw new CourtierError(
      'invalid',
      `Ces fiches sont de deux fournisseurs : « ${first.supplier.id} » et « ${second.supplier.id} ».`,
    );
  const difference = differenceOf(first, second);
  if (options.json) out(JSON.stringify(difference));
  else if (difference.changes.length === 0) out('Aucun changement.');
  else for (const { sentence } of difference.changes) out(sentence);
}

/** Writes a workbook to fill. */
async function model(file: string | undefined, { out: path }: { out: string }): Promise<void> {
  const [checked] = file ? checkFiles(await readFiles([file]), EMPTY_CONTEXT, businessDays()) : [];
  if (checked?.result.kind === 'refused')
    throw new CourtierError(
      'invalid',
      `« ${basename(checked.name)} » n’est pas une fiche valide.\n${lines(checked).join('\n')}`,
    );
  writeFileSync(path, await documents.workbook(ficheSheets(checked?.result.fiche)));
}

const STATES = { inForce: 'en vigueur', upcoming: 'à venir', past: 'passée' } as const;

async function list(options: { json?: boolean }, env: Environment): Promise<void> {
  const today = brokerDate(systemClock.now()).toString();
  const versions = await withDatabase(env, allVersions);
  const seen = new Set<string>();
  const fiches = versions.map(({ supplier, name, version, offers, origin }) => {
    const current = version <= today && !seen.has(supplier);
    if (current) seen.add(supplier);
    const state: keyof typeof STATES = version > today ? 'upcoming' : current ? 'inForce' : 'past';
    return { supplier, name, version, state, offers, sample: origin === 'sample' };
  });
  if (options.json) return out(JSON.stringify({ fiches }));
  for (const { supplier, version, state, offers, name } of fiches)
    out(`${supplier}\t${version}\t${STATES[state]}\t${count(offers, 'offre')}\t${name}`);
  if (fiches.length === 0) out('Aucune fiche n’est publiée.');
}
