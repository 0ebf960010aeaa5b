import type { IncomingActivity } from './activity.ts';
import { tenantsOf } from './activity.ts';

export interface GateRules {
  /** The assistant's Entra application id; absent in local mode. */
  readonly botId: string | undefined;
  readonly tenants: readonly string[];
  readonly serviceHosts: readonly string[];
}

const ISSUER = 'https://api.botframework.com';
const CLOCK_SKEW_SECONDS = 300;

interface Claims {
  readonly alg: unknown;
  readonly kid: unknown;
  readonly iss: unknown;
  readonly aud: unknown;
  readonly exp: unknown;
  readonly serviceurl: unknown;
}

/**
 * What can be refused before the SDK sees the request, so that no forged token costs a key lookup or
 * leaves a trace in its global lists. The signature itself is checked afterwards, by the SDK.
 * Returns the reason of the refusal, for the metrics; undefined when the request may go on.
 */
export function refusalOf(
  activity: IncomingActivity,
  authorization: string,
  rules: GateRules,
  nowSeconds: number,
): string | undefined {
  const service = new URL(activity.serviceUrl);
  if (rules.botId === undefined) return isLoopback(service.hostname) ? undefined : 'service';
  if (activity.channelId !== 'msteams') return 'channel';
  if (service.protocol !== 'https:' || !rules.serviceHosts.includes(service.host)) return 'service';
  const tenants = tenantsOf(activity);
  if (tenants.length === 0 || !tenants.every((tenant) => rules.tenants.includes(tenant.toLowerCase())))
    return 'tenant';
  const claims = readToken(authorization);
  if (!claims) return 'token';
  if (claims.alg !== 'RS256' || typeof claims.kid !== 'string') return 'algorithm';
  if (claims.iss !== ISSUER) return 'issuer';
  if (claims.aud !== rules.botId) return 'audience';
  if (typeof claims.exp !== 'number' || claims.exp + CLOCK_SKEW_SECONDS < nowSeconds) return 'expiry';
  if (claims.serviceurl !== activity.serviceUrl) return 'service';
  return undefined;
}

export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

function readToken(authorization: string): Claims | undefined {
  const [scheme, token, ...rest] = authorization.split(' ');
  const [header, payload, signature] = token?.split('.') ?? [];
  if (scheme !== 'Bearer' || rest.length > 0 || !header || !payload || !signature) return undefined;
  try {
    const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const { iss, aud, exp, serviceurl } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return { alg, kid, iss, aud, exp, serviceurl };
  } catch {
    return undefined;
  }
}
