import { Command } from 'commander';
import { CourtierError } from '../core/errors.ts';
import { holidayFile } from '../edges/calendar/index.ts';

/** `feries`: the holidays of some years, ready to be pasted into the calendar file. */
export function holidaysCommand(): Command {
  return new Command('feries')
    .description(
      'Écrire les jours fériés de la fonction publique, à coller dans content/calendar/feries.yaml',
    )
    .argument('<de>', 'la première année')
    .argument('[à]', 'la dernière année ; sans elle, la première seulement')
    .action((from: string, to = from) => {
      const [first, last] = [Number(from), Number(to)];
      const valid = [first, last].every((year) => Number.isInteger(year) && year >= 1970 && year <= 2200);
      if (!valid || last < first)
        throw new CourtierError('invalid', 'Donnez une année, ou deux dans l’ordre, entre 1970 et 2200.');
      process.stdout.write(holidayFile(first, last));
    });
}
