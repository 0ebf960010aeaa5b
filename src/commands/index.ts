import { Command } from 'commander';
import type { Environment } from '../config.ts';
import { CourtierError } from '../core/errors.ts';
import { askCommand } from './ask.ts';
import { ficheCommand } from './fiche.ts';
import { holidaysCommand } from './holidays.ts';
import { knowledgeCommand } from './knowledge.ts';
import { migrateCommand } from './migrate.ts';
import { packageCommand } from './package.ts';
import { priceCommand } from './price.ts';

/**
 * The same services from a terminal. With `--json`, standard output holds JSON only. Returns the exit
 * code: 1, with one sentence, on a refusal.
 */
export async function runCli(argv: readonly string[], env: Environment): Promise<number> {
  const program = new Command('courtier')
    .description("Courtier, l'assistant du Catalogue d'offres infonuagiques, depuis un terminal.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addCommand(askCommand())
    .addCommand(knowledgeCommand())
    .addCommand(ficheCommand(env))
    .addCommand(holidaysCommand())
    .addCommand(migrateCommand(env))
    .addCommand(packageCommand(env))
    .addCommand(priceCommand());
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    if (error instanceof CourtierError) {
      if (argv.includes('--json'))
        process.stdout.write(`${JSON.stringify({ error: { message: error.message } })}\n`);
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    // Commander has already written its message or the help.
    if (error instanceof Error && 'exitCode' in error) return Number(error.exitCode);
    throw error;
  }
}
