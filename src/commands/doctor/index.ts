import { Command } from 'commander';
import { type Config, type Environment, readConfig } from '../../config.ts';
import { CourtierError } from '../../core/errors.ts';
import { ROOT } from '../../core/root.ts';
import { dateIn } from '../../core/time/days.ts';
import { buildAppPackage } from '../../edges/teams/app-package.ts';
import { features } from '../../features/registry.ts';
import { out } from '../output.ts';
import { Refused } from '../refused.ts';
import { examineDatabase } from './database.ts';
import { amiss, type Finding, well } from './finding.ts';
import { examineAddresses, examineSecret, type Reaches, reaches } from './outside.ts';

/** What of the machine tests decide. */
export interface Surroundings {
  readonly reach: Reaches;
  readonly nowMs: () => number;
}

/** Everything that an installation needs, looked at one by one: what is well, and what is not with its remedy. */
export async function examineAll(
  env: Environment,
  { reach, nowMs }: Surroundings = { reach: reaches, nowMs: Date.now },
): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return [amiss('configuration', error.message, 'docs/configuration.md dit ce que chaque variable veut.')];
  }
  const today = dateIn(new Date(nowMs()), config.timeZone);
  return [
    well(
      'configuration',
      config.bot ? 'Elle est complète, avec un bot.' : 'Elle est complète, en mode local.',
    ),
    ...(await examineDatabase(config, nowMs)),
    ...(await examineAddresses(config, reach)),
    ...examineSecret(config, today),
    await examinePackage(config),
  ];
}

async function examinePackage({ bot, publicUrl }: Config): Promise<Finding> {
  try {
    const commands = features.flatMap((feature) => feature.messages);
    const { manifest } = await buildAppPackage(`${ROOT}/teamsapp`, { botId: bot?.id, publicUrl, commands });
    return well('paquet', `Le paquet de Teams se fabrique (version ${manifest.version}).`);
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return amiss('paquet', error.message, 'Corrigez teamsapp/manifest.json.');
  }
}

/** `doctor`: looks at everything that an installation needs, says the remedy of what is amiss, and changes nothing. */
export function doctorCommand(env: Environment): Command {
  return new Command('doctor')
    .description('Vérifier l’installation : configuration, base, horloge, adresses, paquet')
    .option('--json', 'un document JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examineAll(env);
      const wrong = findings.filter(({ ok }) => !ok).length;
      if (json) out(JSON.stringify({ ok: wrong === 0, findings }));
      else
        for (const { check, ok, sentence, remedy } of findings)
          out(
            `${ok ? 'bien    ' : 'à revoir'}  ${check} : ${sentence}${remedy ? `\n            ${remedy}` : ''}`,
          );
      if (wrong > 0)
        throw new Refused(wrong === 1 ? 'Une chose est à revoir.' : `${wrong} choses sont à revoir.`);
    });
}
