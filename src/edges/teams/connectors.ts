import type { BotFrameworkAuthentication, ConnectorClient } from 'botframework-connector';
import { AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import { DeliveryError } from '../../core/errors.ts';
import type { ConversationReference } from '../../core/ports/conversations.ts';
import { deliveryError } from './failures.ts';

/** The connections to Teams, one for each of its services, and a call through the one of a conversation. */
export function buildConnectors(authentication: BotFrameworkAuthentication, botId: string | undefined) {
  const clients = new Map<string, Promise<ConnectorClient>>();

  function clientFor({ serviceUrl }: ConversationReference): Promise<ConnectorClient> {
    const known = clients.get(serviceUrl);
    if (known) return known;
    const identity = new ClaimsIdentity([
      { type: AuthenticationConstants.AudienceClaim, value: botId ?? '' },
      { type: AuthenticationConstants.AppIdClaim, value: botId ?? '' },
    ]);
    const client = authentication
      .createConnectorFactory(identity)
      .create(serviceUrl, AuthenticationConstants.ToChannelFromBotOAuthScope);
    clients.set(serviceUrl, client);
    client.catch(() => clients.delete(serviceUrl));
    return client;
  }

  async function calling<T>(
    to: ConversationReference,
    call: (client: ConnectorClient) => Promise<T>,
  ): Promise<T> {
    // Whatever fails here, nothing was sent yet.
    const client = await clientFor(to).catch((cause: unknown) => {
      throw new DeliveryError('retry', 'noConnection', { cause });
    });
    try {
      return await call(client);
    } catch (cause) {
      throw deliveryError(cause);
    }
  }

  return { clientFor, calling };
}
