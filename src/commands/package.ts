import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { type Environment, readConfig } from '../config.ts';
import { ROOT } from '../core/root.ts';
import { buildAppPackage } from '../edges/teams/app-package.ts';
import { features } from '../features/registry.ts';

/** `package`: the Teams app package, checked against Microsoft's schema before it is written. */
export function packageCommand(env: Environment): Command {
  return new Command('package')
    .description('Fabriquer le paquet à installer dans Teams')
    .option('--out <fichier>', 'où écrire le paquet', 'dist/courtier.zip')
    .option('--json', 'un document JSON')
    .action(async ({ out, json }: { out: string; json?: boolean }) => {
      const { bot, publicUrl } = readConfig(env);
      const commands = features.flatMap((feature) => feature.messages);
      const { zip, manifest } = await buildAppPackage(`${ROOT}/teamsapp`, {
        botId: bot?.id,
        publicUrl,
        commands,
      });
      await mkdir(dirname(out), { recursive: true });
      await writeFile(out, zip);
      const note = bot ? '' : ' BOT_ID est absent : ce paquet ne sert qu’à l’essai.';
      process.stdout.write(
        json
          ? `${JSON.stringify({ file: out, bytes: zip.length, version: manifest.version })}\n`
          : `Paquet écrit : ${out} (version ${manifest.version}).${note}\n`,
      );
    });
}
