import type { TokenCredential } from '@azure/identity';
import { CourtierError } from '../../core/errors.ts';
import type { Token } from './connection.ts';

/** What a token is for: PostgreSQL in Azure. */
const SCOPE = 'https://ossrdbms-aad.database.windows.net/.default';

/** Throws when there is none. The identity's library keeps a token until shortly before it ends. */
export type Credential = Pick<TokenCredential, 'getToken'>;

/**
 * Tokens of Entra as passwords of the database: of the managed identity with this client id, or of whom this machine is
 * signed in as. A connection that is open outlives its token; a new one gets a new one.
 */
export function entraToken(identity: string | undefined, given?: Credential): Token {
  let loading: Promise<Credential> | undefined;
  return async () => {
    try {
      loading ??= given ? Promise.resolve(given) : load(identity);
      const token = await (await loading).getToken(SCOPE);
      if (!token) throw new Error('no token');
      return token.token;
    } catch (cause) {
      throw new CourtierError(
        'unavailable',
        'Entra n’a pas donné de jeton pour la base de données. Vérifiez que l’identité de DATABASE_IDENTITY est attachée à ce processus, ou connectez-vous avec « az login ».',
        cause,
      );
    }
  };
}

async function load(identity: string | undefined): Promise<Credential> {
  const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
  return identity ? new ManagedIdentityCredential({ clientId: identity }) : new DefaultAzureCredential();
}
