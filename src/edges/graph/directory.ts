import { z } from 'zod';
import type { Directory, DirectoryGroup } from '../../core/ports/directory.ts';
import { buildGraph, type Graph, GraphError, type GraphParts } from './client.ts';

/** Values that a filter of Graph takes at once. */
const AT_ONCE = 15;
/** Requests under way together. */
const TOGETHER = 6;
/** The most that a page of members has. */
const MEMBERS = 999;

const Users = z.object({
  value: z.array(
    z.object({ id: z.guid(), mail: z.string().nullish(), userPrincipalName: z.string().nullish() }),
  ),
});
const Group = z.object({ id: z.guid(), displayName: z.string().nullish() });
const Groups = z.object({ value: z.array(Group) });
const Members = z.object({
  value: z.array(z.object({ id: z.guid() })),
  '@odata.nextLink': z.string().optional(),
});

export interface DirectoryParts extends Pick<GraphParts, 'identity' | 'url' | 'sleep'> {
  /** The tenants whose directory may be read. */
  readonly tenants: readonly string[];
}

type Key = { readonly tenantId: string; readonly objectId: string };

/** A text within a filter of OData. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));

/**
 * The directories of some tenants, each read with a token of its own. Needs the application permissions
 * User.ReadBasic.All and GroupMember.Read.All there.
 */
export function buildDirectory({ identity, url, tenants, ...parts }: DirectoryParts): Directory {
  const graphs = new Map<string, Graph>(
    tenants.map((tenantId) => [tenantId, buildGraph({ ...parts, identity, url, tenantId })] as const),
  );

  /** Who in a tenant has one of these addresses, by one of the fields that hold one. */
  async function withField(
    [tenantId, graph]: readonly [string, Graph],
    field: 'mail' | 'userPrincipalName',
    emails: readonly string[],
    found: Map<string, Key>,
  ): Promise<void> {
    const left = chunks(
      emails.filter((email) => !found.has(email)),
      AT_ONCE,
    );
    for (const together of chunks(left, TOGETHER))
      await Promise.all(
        together.map(async (some) => {
          const filter = encodeURIComponent(`${field} in (${some.map(quoted).join(',')})`);
          const path = `/users?$filter=${filter}&$select=id,mail,userPrincipalName&$top=${AT_ONCE * 2}`;
          const { value } = await graph.request('GET', path, { answer: Users, repeatable: true });
          for (const user of value) {
            const email = user[field]?.toLowerCase() ?? '';
            if (some.includes(email) && !found.has(email)) found.set(email, { tenantId, objectId: user.id });
          }
        }),
      );
  }

  const nameOf = (tenantId: string, { id, displayName }: z.output<typeof Group>): DirectoryGroup => ({
    tenantId,
    id,
    name: displayName ?? id,
  });

  return {
    async findByEmail(emails) {
      const found = new Map<string, Key>();
      for (const tenant of graphs)
        for (const field of ['mail', 'userPrincipalName'] as const)
          await withField(tenant, field, emails, found);
      return found;
    },

    async groupsNamed(name, most) {
      const filter = encodeURIComponent(`startswith(displayName,${quoted(name)})`);
      const path = `/groups?$filter=${filter}&$select=id,displayName&$top=${most}`;
      const found = await Promise.all(
        [...graphs].map(async ([tenantId, graph]) => {
          const { value } = await graph.request('GET', path, { answer: Groups, repeatable: true });
          return value.map((group) => nameOf(tenantId, group));
        }),
      );
      return found.flat();
    },

    async findGroup(tenantId, id) {
      const path = `/groups/${encodeURIComponent(id)}?$select=id,displayName`;
      try {
        const group = await graphs.get(tenantId)?.request('GET', path, { answer: Group, repeatable: true });
        return group && nameOf(tenantId, group);
      } catch (error) {
        if (error instanceof GraphError && error.status === 404) return undefined;
        throw error;
      }
    },

    async membersOf(tenantId, id, most) {
      const graph = graphs.get(tenantId);
      const people: Key[] = [];
      const first = `/groups/${encodeURIComponent(id)}/transitiveMembers/microsoft.graph.user?$select=id&$top=${MEMBERS}`;
      for (let path: string | undefined = first; graph && path && people.length < most; ) {
        const page: z.output<typeof Members> = await graph.request('GET', path, {
          answer: Members,
          repeatable: true,
        });
        people.push(...page.value.map((member) => ({ tenantId, objectId: member.id })));
        // The next page is asked of the same Graph, whatever host its address names.
        path = page['@odata.nextLink']?.replace(/^https?:\/\/[^/]+\/v1\.0/, '');
      }
      return people.slice(0, most);
    },
  };
}
