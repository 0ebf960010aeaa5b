import type { Config } from '../../config.ts';
import { CourtierError } from '../../core/errors.ts';
import { lastDayOf } from '../../core/process/bot-secret.ts';
import { amiss, type Finding, well } from './finding.ts';

/** Whether something answers at an address, whatever it says. */
export type Reaches = (url: string) => Promise<boolean>;

const PATIENCE_MS = 5_000;
/** As long as it takes to have a secret renewed. */
const NOTICE_DAYS = 30;

export const reaches: Reaches = (url) =>
  fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    () => true,
    () => false,
  );

/** The addresses that Teams needs, from here; none is asked in the local mode. */
export async function examineAddresses(config: Config, reach: Reaches): Promise<readonly Finding[]> {
  if (!config.bot) return [well('adresses', 'Sans BOT_ID, Courtier ne parle à personne d’autre.')];
  const outside = [
    'https://login.microsoftonline.com',
    'https://login.botframework.com',
    ...config.serviceHosts.filter((host) => !host.startsWith('.')).map((host) => `https://${host}`),
    ...(config.calendarMailbox || config.catalogues.size > 0 ? [config.graphUrl] : []),
  ];
  const asked = await Promise.all(outside.map(async (url) => ({ url, ok: await reach(url) })));
  const silent = asked.filter(({ ok }) => !ok).map(({ url }) => new URL(url).host);
  const ours = await reach(config.publicUrl);
  return [
    silent.length === 0
      ? well('adresses', 'Teams et Entra répondent.')
      : amiss(
          'adresses',
          `Pas de réponse de ${silent.join(', ')}.`,
          'Ouvrez la sortie https vers ces hôtes, ou donnez le mandataire à Node.',
        ),
    ours
      ? well('adresses', 'PUBLIC_URL répond.')
      : amiss(
          'adresses',
          'Pas de réponse à PUBLIC_URL.',
          'Vérifiez le frontal et son certificat ; avant le premier démarrage, c’est normal.',
        ),
  ];
}

/** How long the secret still lasts; nothing where there is none. */
export function examineSecret(
  { bot, secretExpires: said }: Config,
  today: Temporal.PlainDate,
): readonly Finding[] {
  if (!bot || (!bot.password && !bot.passwordFile)) return [];
  let secretExpires: string | undefined;
  try {
    secretExpires = lastDayOf(bot, said);
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return [amiss('secret', error.message, 'Écrivez-y un secret par ligne, suivi de son dernier jour.')];
  }
  if (!secretExpires)
    return [
      amiss(
        'secret',
        'Personne n’a dit quand le secret du bot expire.',
        'Écrivez son dernier jour dans BOT_PASSWORD_EXPIRES, ou après lui dans BOT_PASSWORD_FILE : une alerte le rappellera.',
      ),
    ];
  const { days } = today.until(Temporal.PlainDate.from(secretExpires), { largestUnit: 'days' });
  if (days >= NOTICE_DAYS) return [well('secret', 'Le secret du bot vaut encore plus de trente jours.')];
  return [
    amiss(
      'secret',
      days < 0 ? 'Le secret du bot a expiré.' : 'Le secret du bot expire dans moins de trente jours.',
      'Créez-en un second dans Entra et ajoutez sa ligne à BOT_PASSWORD_FILE, qui est relu sans redémarrage ; avec BOT_PASSWORD, redémarrez. Puis retirez le premier.',
    ),
  ];
}
