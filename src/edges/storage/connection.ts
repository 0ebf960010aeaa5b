import { CourtierError } from '../../core/errors.ts';

/** Gives a password that lasts a while; asked for each new connection. */
export type Token = () => Promise<string>;

/** Where a server is and as whom it is spoken to, in fields: of an address, the driver forgets passwords that change. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string | Token;
  /** Off this machine always, with a certificate that is verified. */
  readonly ssl: false | { readonly rejectUnauthorized: true };
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const POSTGRES_PORT = 5432;

/**
 * The connection of an address; with `token`, what it gives is the password. Off the loopback it is encrypted and the
 * server's certificate verified, whatever the address says. Throws a `CourtierError` for an address that says otherwise.
 */
export function connectionOf(address: string, token?: Token): Connection {
  const { hostname, port, username, password, pathname, searchParams } = new URL(address);
  if ([...searchParams.keys()].some((name) => name.startsWith('ssl')))
    throw new CourtierError(
      'invalid',
      'Retirez les paramètres ssl de DATABASE_URL : hors de cette machine, la connexion est toujours chiffrée, et le certificat du serveur vérifié.',
    );
  const host = hostname.replace(/^\[|\]$/g, '');
  const told = token ?? (password === '' ? undefined : decoded(password));
  return {
    host,
    port: port === '' ? POSTGRES_PORT : Number(port),
    user: decoded(username),
    database: decoded(pathname.slice(1)),
    ...(told !== undefined && { password: told }),
    ssl: LOOPBACK.includes(host) ? false : { rejectUnauthorized: true },
  };
}

/** A part of an address as it is meant. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new CourtierError(
      'invalid',
      'Dans DATABASE_URL, un signe % du nom ou du mot de passe doit s’écrire %25, et les autres signes de même.',
    );
  }
}
