import { Command } from 'commander';
import type { Environment } from '../config.ts';
import { CourtierError } from '../core/errors.ts';
import { openGuide } from '../core/guide/index.ts';
import { out } from './output.ts';
import { Refused } from './refused.ts';

/** Each loads what it needs and no more: half of the time of a command is loading. */
const COMMANDS: Readonly<Record<string, (env: Environment) => Promise<Command>>> = {
  ask: async () => (await import('./ask.ts')).askCommand(),
  backup: async (env) => (await import('./archive.ts')).backupCommand(env),
  cle: async (env) => (await import('./signing-key.ts')).signingKeyCommand(env),
  doctor: async (env) => (await import('./doctor/index.ts')).doctorCommand(env),
  export: async (env) => (await import('./archive.ts')).exportCommand(env),
  guide: async () => (await import('./guide.ts')).guideCommand(),
  knowledge: async (env) => (await import('./knowledge.ts')).knowledgeCommand(env),
  fiche: async (env) => (await import('./fiche.ts')).ficheCommand(env),
  feries: async () => (await import('./holidays.ts')).holidaysCommand(),
  import: async (env) => (await import('./archive.ts')).importCommand(env),
  journal: async (env) => (await import('./journal.ts')).journalCommand(env),
  locataires: async (env) => (await import('./tenants.ts')).tenantsCommand(env),
  organismes: async (env) => (await import('./bodies.ts')).bodiesCommand(env),
  migrate: async (env) => (await import('./migrate.ts')).migrateCommand(env),
  package: async (env) => (await import('./package.ts')).packageCommand(env),
  price: async () => (await import('./price.ts')).priceCommand(),
};

/**
 * The same services from a terminal. With `--json`, standard output holds JSON only. Returns the exit
 * code: 1, with one sentence, on a refusal.
 */
export async function runCli(argv: readonly string[], env: Environment): Promise<number> {
  openGuide(env.GUIDE_DIR?.trim() || undefined);
  const program = new Command('courtier')
    .description("Courtier, l'assistant du Catalogue d'offres infonuagiques, depuis un terminal.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  const asked = Object.entries(COMMANDS).filter(([name]) => name === argv[2]);
  for (const [, load] of asked.length > 0 ? asked : Object.entries(COMMANDS))
    program.addCommand(await load(env));
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    if (error instanceof CourtierError) {
      if (argv.includes('--json')) out(JSON.stringify({ error: { message: error.message } }));
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    if (error instanceof Refused) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    // Commander has already written its message or the help.
    if (error instanceof Error && 'exitCode' in error) return Number(error.exitCode);
    throw error;
  }
}
