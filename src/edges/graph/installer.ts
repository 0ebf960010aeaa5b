import type { Consent, Identity, Installer, InstallOutcome } from '../../core/ports/directory.ts';
import { buildGraph, type Graph, GraphError, type GraphParts } from './client.ts';

/** The application permissions that installing needs, as a token names them. */
const NEEDED = [
  'TeamsAppInstallation.ReadWriteSelfForUser.All',
  'TeamsAppInstallation.ReadWriteSelfForTeam.All',
];

export interface InstallerParts extends Pick<GraphParts, 'url' | 'sleep'> {
  readonly identity: Identity;
  /** The id of the assistant in each tenant's catalogue of apps. */
  readonly catalogues: ReadonlyMap<string, string>;
}

/**
 * Installs the assistant, by its id in an organization's catalogue of apps and with a token of that tenant. Needs the
 * application permissions TeamsAppInstallation.ReadWriteSelfForUser.All and TeamsAppInstallation.ReadWriteSelfForTeam.All
 * there.
 */
export function buildInstaller({ identity, url, catalogues, ...parts }: InstallerParts): Installer {
  const graphs = new Map<string, Graph>();
  function graphOf(tenantId: string): Graph {
    const graph = graphs.get(tenantId) ?? buildGraph({ ...parts, identity, url, tenantId });
    graphs.set(tenantId, graph);
    return graph;
  }

  async function install(tenantId: string, path: string): Promise<InstallOutcome> {
    const appId = catalogues.get(tenantId.toLowerCase());
    if (!appId) return 'refused';
    try {
      await graphOf(tenantId).request('POST', path, {
        body: { 'teamsApp@odata.bind': `${url}/v1.0/appCatalogs/teamsApps/${appId}` },
        // The second time, Graph says that it is there.
        repeatable: true,
      });
      return 'installed';
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if (error.status === 409) return 'present';
      if (error.status === 404) return 'unknown';
      if (error.status === 403 || error.status === 400) return 'refused';
      throw error;
    }
  }

  return {
    catalogues,
    forPerson: (tenantId, objectId) =>
      install(tenantId, `/users/${encodeURIComponent(objectId)}/teamwork/installedApps`),
    forTeam: (tenantId, groupId) => install(tenantId, `/teams/${encodeURIComponent(groupId)}/installedApps`),
    async consent(tenantId) {
      // Where nobody consented, Entra does not know the application and gives no token.
      const given = await identity.getToken(`${url}/.default`, tenantId).catch(() => null);
      return given ? consentOf(given.token) : 'missing';
    },
  };
}

/** What a token says that its application was granted. */
function consentOf(token: string): Consent {
  const roles = rolesOf(token);
  const granted = NEEDED.filter((role) => roles.includes(role)).length;
  return granted === NEEDED.length ? 'given' : granted > 0 ? 'partial' : 'missing';
}

function rolesOf(token: string): readonly unknown[] {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const roles = typeof claims === 'object' && claims !== null && 'roles' in claims ? claims.roles : [];
    return Array.isArray(roles) ? roles : [];
  } catch {
    return [];
  }
}
