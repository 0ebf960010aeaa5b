import type { Agent } from 'node:http';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import {
  AppCredentials,
  AuthenticationConfiguration,
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  type ConnectorClient,
  type ConnectorFactory,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import { DeliveryError } from '../../core/errors.ts';
import type { Identity } from '../../core/ports/directory.ts';
import { within } from '../../core/process/within.ts';
import { agentFor } from './agents.ts';
import { statusOf } from './failures.ts';

export interface BotCredentials {
  readonly id: string;
  readonly tenantId: string | undefined;
  readonly type: 'MultiTenant' | 'SingleTenant' | 'UserAssignedMSI';
  /** Where the channel publishes its signing keys; only tests change it. */
  readonly keysUrl?: string;
}

/** The client's HTTP pipeline, which the SDK's own types leave out. */
interface Piped {
  readonly client: {
    readonly pipeline: {
      removePolicy(policy: { name: string }): void;
      addPolicy(policy: {
        name: string;
        sendRequest<R extends { readonly status: number }>(
          request: { readonly url: string; timeout: number; agent?: Agent },
          next: (request: unknown) => Promise<R>,
        ): Promise<R>;
      }): void;
    };
  };
}

const REQUEST_TIMEOUT_MS = 10_000;

/** Who speaks to nobody needs no token. */
const NOBODY: Identity = { getToken: async () => null };

/** Told the status of each answer; undefined when there was none. */
type Answered = (status: number | undefined) => void;

/**
 * The SDK's authentication, stricter: tokens without issuer, service or expiry are refused even if
 * their signature holds, and every client that it makes sends once, within ten seconds.
 * Without credentials nothing is verified: for the loopback mode only. `answered` hears of each answer of Teams;
 * `identity` gives the tokens with which Teams is spoken to.
 */
export function buildAuthentication(
  bot: BotCredentials | undefined,
  answered: Answered = () => {},
  identity: Identity = NOBODY,
): BotFrameworkAuthentication {
  const authentication = BotFrameworkAuthenticationFactory.create(
    '',
    true,
    bot?.tenantId
      ? `${AuthenticationConstants.ToChannelFromBotLoginUrlPrefix}${bot.tenantId}`
      : AuthenticationConstants.ToChannelFromBotLoginUrl,
    AuthenticationConstants.ToChannelFromBotOAuthScope,
    AuthenticationConstants.ToBotFromChannelTokenIssuer,
    AuthenticationConstants.OAuthUrl,
    bot?.keysUrl ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
    AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    '',
    bot ? new IdentityFactory(bot, identity, answered) : new ConfigurationServiceClientCredentialFactory({}),
    new AuthenticationConfiguration([], async (claims) => {
      const values = new Map(claims.map((claim) => [claim.type, claim.value]));
      if (!bot) return;
      const complete =
        values.get('iss') === AuthenticationConstants.ToBotFromChannelTokenIssuer &&
        values.get('serviceurl') &&
        values.get('exp');
      if (!complete) throw new Error('incomplete claims');
    }),
  );

  const createFactory = authentication.createConnectorFactory.bind(authentication);
  authentication.createConnectorFactory = (identity) => bounded(createFactory(identity), answered);
  const authenticate = authentication.authenticateRequest.bind(authentication);
  authentication.authenticateRequest = async (activity, header) => {
    const result = await authenticate(activity, header);
    return {
      ...result,
      ...(result.connectorFactory ? { connectorFactory: bounded(result.connectorFactory, answered) } : {}),
    };
  };
  return authentication;
}

/** The bot's own identity in place of a secret that the SDK would keep as it was at the start. */
class IdentityFactory extends ServiceClientCredentialsFactory {
  readonly #bot: BotCredentials;
  readonly #identity: Identity;
  readonly #answered: Answered;

  constructor(bot: BotCredentials, identity: Identity, answered: Answered) {
    super();
    this.#bot = bot;
    this.#identity = identity;
    this.#answered = answered;
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#bot.id;
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  async createCredentials(appId: string, audience: string | undefined) {
    return new IdentityCredentials(appId, this.#bot.tenantId, audience, this.#identity, this.#answered);
  }
}

/** The SDK keeps a token until shortly before its end, then asks for another here. */
class IdentityCredentials extends AppCredentials {
  readonly #identity: Identity;
  readonly #answered: Answered;

  constructor(
    appId: string,
    tenantId: string | undefined,
    scope: string | undefined,
    identity: Identity,
    answered: Answered,
  ) {
    super(appId, tenantId, scope);
    this.#identity = identity;
    this.#answered = answered;
  }

  protected async refreshToken() {
    const scope = this.oAuthScope.replace(/\/\.default$/, '');
    try {
      const given = await within(REQUEST_TIMEOUT_MS, () => this.#identity.getToken(`${scope}/.default`));
      if (!given) throw new Error('Entra gave no token');
      return { accessToken: given.token, expiresOn: new Date(given.expiresOnTimestamp) };
    } catch (cause) {
      // Teams would refuse us for the same reason, where Entra gave one.
      this.#answered(isRefusal(cause) ? 401 : undefined);
      throw new DeliveryError('retry', 'noToken', { cause });
    }
  }
}

/** Entra answered that it gives us no token, rather than nothing. */
const isRefusal = (cause: unknown): boolean => cause instanceof Error && /\bAADSTS\d+\b/.test(cause.message);

/**
 * Clients without the SDK's own retries, which may deliver one message four times, with a timeout, which it lacks, and
 * on connections that are still open.
 */
function bounded(factory: ConnectorFactory, answered: Answered): ConnectorFactory {
  const create = factory.create.bind(factory);
  factory.create = async (serviceUrl, audience) => {
    const client: ConnectorClient = await create(serviceUrl, audience);
    const { pipeline } = (client as unknown as Piped).client;
    pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    pipeline.addPolicy({
      name: 'courtierConnection',
      async sendRequest(request, next) {
        request.timeout = REQUEST_TIMEOUT_MS;
        request.agent = agentFor(request.url);
        try {
          const response = await next(request);
          answered(response.status);
          return response;
        } catch (error) {
          answered(statusOf(error));
          throw error;
        }
      },
    });
    return client;
  };
  return factory;
}
