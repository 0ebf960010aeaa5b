import type { TokenCredential } from '@azure/identity';
import type { Identity } from '../../core/ports/directory.ts';
import { botSecrets, type SecretSource } from '../../core/process/bot-secret.ts';

export interface BotIdentity extends SecretSource {
  readonly id: string;
  readonly tenantId: string | undefined;
  readonly type: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  /** The client id of a managed identity that Entra takes for the application: there is no secret then. */
  readonly federatedIdentity: string | undefined;
}

type Credential = Pick<TokenCredential, 'getToken'>;
/** What asks Entra for tokens; tests have their own. */
export interface Make {
  readonly managed: (clientId: string) => Credential;
  readonly bySecret: (tenantId: string, clientId: string, secret: string) => Credential;
  readonly byAssertion: (tenantId: string, clientId: string, assertion: () => Promise<string>) => Credential;
}

/** Where bots of several tenants ask for their tokens. */
const COMMON = 'botframework.com';
/** What a managed identity's own token is for when it stands for an application. */
const EXCHANGE = 'api://AzureADTokenExchange/.default';

/**
 * The bot's identity in Entra: a managed one, a managed one that stands for the application, or the application by its
 * secrets. Of two secrets that overlap, the next is tried when one is refused; they are read again each time. What gives
 * tokens is loaded when it is first needed, and keeps them until shortly before they end.
 */
export function buildIdentity(bot: BotIdentity, given?: Make): Identity {
  const made = new Map<string, Credential>();
  let loading: Promise<Make> | undefined;
  const once = (key: string, make: () => Credential): Credential => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };

  async function getToken(scope: string, tenantId = bot.tenantId ?? COMMON) {
    loading ??= given ? Promise.resolve(given) : load();
    const { managed, bySecret, byAssertion } = await loading;
    if (bot.type === 'UserAssignedMSI') return once('managed', () => managed(bot.id)).getToken(scope);
    const { federatedIdentity } = bot;
    if (federatedIdentity) {
      const assertion = async () =>
        (await once('managed', () => managed(federatedIdentity)).getToken(EXCHANGE))?.token ?? '';
      return once(tenantId, () => byAssertion(tenantId, bot.id, assertion)).getToken(scope);
    }
    let refused: unknown;
    for (const { secret } of botSecrets(bot, undefined)) {
      try {
        return await once(`${tenantId} ${secret}`, () => bySecret(tenantId, bot.id, secret)).getToken(scope);
      } catch (error) {
        refused ??= error;
      }
    }
    throw refused;
  }

  return { getToken };
}

async function load(): Promise<Make> {
  const { ClientAssertionCredential, ClientSecretCredential, ManagedIdentityCredential } = await import(
    '@azure/identity'
  );
  return {
    managed: (clientId) => new ManagedIdentityCredential({ clientId }),
    bySecret: (tenantId, clientId, secret) => new ClientSecretCredential(tenantId, clientId, secret),
    byAssertion: (tenantId, clientId, assertion) =>
      new ClientAssertionCredential(tenantId, clientId, assertion),
  };
}
