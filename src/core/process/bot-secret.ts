import { readFileSync } from 'node:fs';
import { CourtierError } from '../errors.ts';

/** A secret of the bot's application in Entra, and its last day where somebody said it: an ISO date. */
export interface BotSecret {
  readonly secret: string;
  readonly lastDay: string | undefined;
}

/** Where the bot's secrets are: in a file, which comes first, or in the environment. */
export interface SecretSource {
  readonly password: string;
  readonly passwordFile: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The bot's secrets as they are now, in the order in which they are tried. Their file has one a line, each with its last
 * day after it where that is known, and is read at each use: what is written there holds without a restart. Throws a
 * `CourtierError` for a file that cannot be read or holds none.
 */
export function botSecrets(
  { password, passwordFile }: SecretSource,
  lastDay: string | undefined,
): readonly BotSecret[] {
  if (!passwordFile) return password === '' ? [] : [{ secret: password, lastDay }];
  const secrets = linesOf(passwordFile).map((line) => {
    const [secret = '', said] = line.split(/\s+/);
    return { secret, lastDay: said && DAY.test(said) ? said : lastDay };
  });
  if (secrets.length > 0) return secrets;
  throw new CourtierError('invalid', `Le fichier de BOT_PASSWORD_FILE, « ${passwordFile} », est vide.`);
}

/** The last day of the secret that lasts the longest: until then the bot is known to Entra. Undefined when none is said. */
export function lastDayOf(source: SecretSource | undefined, said: string | undefined): string | undefined {
  if (!source) return said;
  const days = botSecrets(source, said).flatMap(({ lastDay }) => lastDay ?? []);
  return days.sort().at(-1);
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch (cause) {
    throw new CourtierError(
      'invalid',
      `Le fichier de BOT_PASSWORD_FILE, « ${file} », ne se lit pas. Vérifiez son chemin et ses droits.`,
      cause,
    );
  }
}
