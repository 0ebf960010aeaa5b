import { Command } from 'commander';
import type { Environment } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { renewKey, retireKey } from '../features/people/index.ts';
import { withDatabase } from './database.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

/** `cle`: the keys that sign links, by their numbers. */
export function signingKeyCommand(env: Environment): Command {
  const renew = new Command('renouveler')
    .description('Signer les prochains liens avec une clé nouvelle ; ceux qui sont donnés tiennent encore')
    .option('--json', 'un document JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const number = await withDatabase(env, (db) => db.transaction((tx) => renewKey(tx, systemClock)));
      out(
        json ? JSON.stringify({ number }) : `La clé nº ${number} signe les liens, d’ici une minute partout.`,
      );
    });
  const retire = new Command('retirer')
    .description('Enlever une clé d’avant : les liens qu’elle a signés ne mènent plus à rien')
    .argument('<numéro>', 'son numéro ; 1 est la première')
    .action(async (given: string) => {
      const gone = await withDatabase(env, (db) => db.transaction((tx) => retireKey(tx, Number(given) || 0)));
      if (!gone)
        throw new Refused('Il n’y a pas de clé d’avant de ce numéro. Celle qui signe se renouvelle d’abord.');
      out(`La clé nº ${given} est enlevée : ses liens ne mènent plus à rien, d’ici une minute partout.`);
    });
  return new Command('cle')
    .description('La clé qui signe les liens')
    .addCommand(renew.exitOverride())
    .addCommand(retire.exitOverride());
}
