import type { Credential } from './client.ts';

/** The bot's own identity in Entra, loaded when it is first needed. Tokens are kept until shortly before they end. */
export function graphCredential(bot: {
  readonly id: string;
  readonly password: string;
  readonly tenantId: string | undefined;
  readonly type: string;
}): Credential {
  let loaded: Promise<Credential> | undefined;
  const load = async (): Promise<Credential> => {
    const { ClientSecretCredential, ManagedIdentityCredential } = await import('@azure/identity');
    return bot.type === 'UserAssignedMSI'
      ? new ManagedIdentityCredential({ clientId: bot.id })
      : new ClientSecretCredential(bot.tenantId ?? '', bot.id, bot.password);
  };
  return {
    async getToken(scope) {
      loaded ??= load();
      return (await loaded).getToken(scope);
    },
  };
}
