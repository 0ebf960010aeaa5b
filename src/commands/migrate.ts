import { Command } from 'commander';
import { type Environment, readConfig } from '../config.ts';
import { buildLog } from '../edges/observability/index.ts';
import { prepareQueue } from '../edges/queue/index.ts';
import { openStorage } from '../edges/storage/index.ts';
import { out } from './output.ts';

/** `migrate`: brings the database to the newest version, before a deployment for instance. */
export function migrateCommand(env: Environment): Command {
  return new Command('migrate')
    .description('Mettre la base de données à jour')
    .option('--json', 'un document JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = readConfig(env);
      const storage = await openStorage(config, buildLog('info'));
      try {
        await storage.migrate(prepareQueue);
      } finally {
        await storage.close();
      }
      out(json ? '{"migrated":true}' : 'La base de données est à jour.');
    });
}
