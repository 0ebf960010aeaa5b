import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { CourtierError } from '../../core/errors.ts';
import type { Log } from '../../core/ports/log.ts';
import { databaseTrouble } from '../../core/rows/database-trouble.ts';
import { type Connection, connectionOf, type Token } from './connection.ts';

const PAUSE_MS = 500;
const ATTEMPT_MS = 5_000;

/**
 * Resolves when a server accepts us on the database of an address. One that does not answer is waited for, so
 * many milliseconds; what waiting does not mend is refused at once. Throws a `CourtierError`.
 */
export async function reach(url: string, log: Log, waitMs: number, token?: Token): Promise<void> {
  const connection = connectionOf(url, token);
  const until = performance.now() + waitMs;
  for (let refused = false; ; refused = true) {
    // The last try begins after the time is over: a machine that was too busy to hear the answer asks once more.
    const last = performance.now() >= until;
    try {
      await knock(connection);
      if (refused) log.info({}, 'the database answers');
      return;
    } catch (error) {
      if (error instanceof CourtierError) throw error;
      const sentence = sentenceOf(error, new URL(url)) ?? sentenceOfTls(error, new URL(url));
      if (sentence) throw new CourtierError('unavailable', sentence, error);
      if (!refused && waitMs > 0) log.warn({ err: error }, 'the database does not answer: waiting for it');
    }
    if (last) break;
    await setTimeout(PAUSE_MS);
  }
  const { host } = new URL(url);
  const waited = waitMs > 0 ? ` après ${Math.round(waitMs / 1_000)} secondes` : '';
  throw new CourtierError(
    'unavailable',
    `La base de données ne répond pas à l’adresse ${host}${waited}. Démarrez-la, ou corrigez DATABASE_URL.`,
  );
}

async function knock(connection: Connection): Promise<void> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: ATTEMPT_MS,
    statement_timeout: ATTEMPT_MS,
    application_name: 'courtier',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end().catch(() => {});
  }
}

/** What waiting does not mend; undefined for a server that may still come. */
function sentenceOf(error: unknown, { host, username, pathname }: URL): string | undefined {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  const name = decodeURIComponent(pathname.slice(1));
  switch (code) {
    case '3D000':
      return `La base de données « ${name} » n’existe pas sur ${host}. Créez-la, ou corrigez DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `Le serveur ${host} refuse l’utilisateur « ${decodeURIComponent(username)} » ou son mot de passe. Corrigez DATABASE_URL.`;
    case '42501':
      return `L’utilisateur « ${decodeURIComponent(username)} » n’a pas le droit de se connecter à la base de données « ${name} ».`;
  }
  if (!code || databaseTrouble(error)) return undefined;
  return `Le serveur de base de données ${host} refuse la connexion (${code}). Corrigez DATABASE_URL.`;
}

/** Codes of a certificate that this machine does not trust. */
const UNTRUSTED = /^(?:CERT_|ERR_TLS_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;

/** What the encryption that is required off this machine lacks; undefined when it is something else. */
function sentenceOfTls(error: unknown, { host }: URL): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message.includes('does not support SSL'))
    return `Le serveur ${host} n’offre pas de connexion chiffrée, et il n’est pas sur cette machine. Activez TLS sur ce serveur.`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return UNTRUSTED.test(code)
    ? `Le certificat du serveur ${host} n’est pas reconnu (${code}). Donnez le fichier de son autorité dans NODE_EXTRA_CA_CERTS, ou corrigez l’adresse de DATABASE_URL.`
    : undefined;
}
