import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { HOLIDAYS_FILE } from '../app/paths.ts';
import { systemClock } from '../core/clock.ts';
import { CourtierError } from '../core/errors.ts';
import { frenchMoney } from '../core/text/money.ts';
import { count } from '../core/text/text.ts';
import { brokerDate, buildBusinessDays } from '../core/time/business-days.ts';
import { readHolidays } from '../edges/calendar/index.ts';
import { CATEGORY_NAMES, checkFiles, EMPTY_CONTEXT, type Fiche } from '../features/catalogue/index.ts';
import { type Comparison, compare, readRequest } from '../features/scenarios/index.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

interface Options {
  readonly request: string;
  readonly fiches: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

/** `price`: the exact comparison of the suppliers' scenarios for a request, with the fiches of a folder. */
export function priceCommand(): Command {
  return new Command('price')
    .description('Calculer et comparer les scénarios d’acquisition')
    .requiredOption('--request <fichier>', 'la demande, en JSON')
    .requiredOption('--fiches <dossier>', 'le dossier des fiches')
    .option('--as-of <date>', 'la date du calcul, AAAA-MM-JJ ; aujourd’hui sans elle')
    .option('--json', 'un document JSON')
    .action((options: Options) => {
      const read = readRequest(parse(options.request));
      if (read.kind === 'refused') {
        const { path, message } = read;
        if (options.json) out(JSON.stringify({ error: { path, message } }));
        throw new Refused(`${path} : ${message}`);
      }
      const comparison = compare(read.request, fichesAsOf(options.fiches, dateOf(options.asOf)));
      if (options.json) out(JSON.stringify(comparison, exactly));
      else for (const line of lines(comparison)) out(line);
    });
}

/** Not yet in TypeScript's own description of the language. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** Cents as JSON numbers with all their digits. */
const exactly = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? rawJSON(String(value)) : value;

function dateOf(text: string | undefined): string {
  const today = brokerDate(systemClock.now()).toString();
  const date = z.iso.date().safeParse(text ?? today);
  if (!date.success) throw new CourtierError('invalid', 'La date du calcul s’écrit AAAA-MM-JJ.');
  return date.data;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CourtierError('invalid', `La demande « ${file} » ne peut pas être lue.`, cause);
  }
}

/** The version of each supplier that is in force on a date. */
function fichesAsOf(folder: string, asOf: string): Fiche[] {
  const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));
  const newest = new Map<string, Fiche>();
  for (const name of namesIn(folder)) {
    const [file] = checkFiles([{ name, bytes: readFileSync(join(folder, name)) }], EMPTY_CONTEXT, days);
    if (file?.result.kind !== 'valid') {
      const [problem] = file?.result.problems ?? [];
      throw new CourtierError(
        'invalid',
        `${name}${problem?.path ? `, ${problem.path}` : ''} : ${problem?.sentence}`,
      );
    }
    const { fiche } = file.result;
    const known = newest.get(fiche.supplier.id);
    if (fiche.version <= asOf && (!known || known.version < fiche.version))
      newest.set(fiche.supplier.id, fiche);
  }
  return [...newest.values()];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(
      (name) => /\.(?:ya?ml|json)$/.test(name) && !name.endsWith('.schema.json'),
    );
  } catch (cause) {
    throw new CourtierError('invalid', `Le dossier « ${folder} » ne peut pas être lu.`, cause);
  }
}

function lines({ suppliers, excluded, acrossSuppliers }: Comparison): string[] {
  return [
    ...suppliers.map(
      ({ supplier, priceCents, lowest, offers }, at) =>
        `${at + 1}. ${supplier} : ${frenchMoney(Number(priceCents))}${lowest ? ' (le plus bas)' : ''} – ${Object.keys(offers).join(', ')}`,
    ),
    ...excluded.map(
      ({ supplier, missing }) =>
        `${supplier} : aucun scénario, il manque ${missing.map((category) => CATEGORY_NAMES[category]).join(', ')}.`,
    ),
    acrossSuppliers
      ? `Tous fournisseurs confondus : ${frenchMoney(Number(acrossSuppliers.priceCents))}, ${count(acrossSuppliers.contracts, 'contrat')}.`
      : 'Aucune combinaison de fournisseurs ne couvre tous les besoins.',
  ];
}
