import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import type { Environment } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { CourtierError } from '../core/errors.ts';
import { count } from '../core/text/text.ts';
import { ledgerAlone } from '../edges/delivery/index.ts';
import { documents } from '../edges/documents/index.ts';
import { importRegister, people, readRegister } from '../features/people/index.ts';
import { withDatabase } from './database.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CourtierError('invalid', `Le fichier « ${file} » ne peut pas être lu.`, cause);
  }
}

interface Options {
  readonly json?: boolean;
  readonly confirmer?: boolean;
}

/** Checks a register, and writes it when that is said: what is to be corrected first, cell by cell. */
async function importFile(file: string, { json, confirmer }: Options, env: Environment): Promise<void> {
  const { rows, problems: read } = readRegister(await documents.read(basename(file), bytesOf(file)));
  const write = confirmer === true && read.length === 0;
  const { problems, effects, notes, counts, confirmed, written } = await withDatabase(env, (db) => {
    const deliveries = ledgerAlone(db, systemClock, people.notices ?? []);
    return importRegister({ db, clock: systemClock, deliveries }, rows, write);
  });
  const all = [...read, ...problems];
  if (json) out(JSON.stringify({ file, written, problems: all, notes, ...counts, confirmed }));
  else {
    for (const { cell, sentence } of all) out(`${cell} : ${sentence}`);
    for (const note of all.length > 0 ? [] : notes) out(`À regarder. ${note}`);
    for (const effect of all.length > 0 ? [] : effects) out(effect);
  }
  if (all.length > 0) throw new Refused(`${count(all.length, 'problème')} à corriger. Rien n’est écrit.`);
  if (json) return;
  out(written ? 'Le registre est écrit.' : 'Rien n’est écrit : ajoutez --confirmer pour l’écrire.');
  if (confirmed > 0)
    out(
      `${count(confirmed, 'personne qui attendait est confirmée', 'personnes qui attendaient sont confirmées')}, et prévenue${confirmed > 1 ? 's' : ''}.`,
    );
}

/** `organismes`: the register of public bodies. */
export function bodiesCommand(env: Environment): Command {
  return new Command('organismes').description('Le registre des organismes publics').addCommand(
    new Command('import')
      .description('Vérifier un registre (.xlsx ou .csv), et l’écrire avec --confirmer')
      .argument('<fichier>', 'le registre, une ligne par organisme')
      .option('--confirmer', 'l’écrire, s’il n’y a rien à corriger')
      .option('--json', 'un document JSON')
      .action((file: string, options: Options) => importFile(file, options, env))
      .exitOverride(),
  );
}
