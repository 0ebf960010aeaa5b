import type { Installer, InstallOutcome } from '../../core/ports.ts';
import { type Graph, GraphError } from './client.ts';

/**
 * Installs the assistant, by its id in the organization's catalogue of apps. Needs the application permissions
 * TeamsAppInstallation.ReadWriteSelfForUser.All and TeamsAppInstallation.ReadWriteSelfForTeam.All.
 */
export function buildInstaller(graph: Graph, url: string, tenantId: string, appId: string): Installer {
  async function install(path: string): Promise<InstallOutcome> {
    try {
      await graph.request('POST', path, {
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
    tenantId,
    forPerson: (objectId) => install(`/users/${encodeURIComponent(objectId)}/teamwork/installedApps`),
    forTeam: (groupId) => install(`/teams/${encodeURIComponent(groupId)}/installedApps`),
  };
}
