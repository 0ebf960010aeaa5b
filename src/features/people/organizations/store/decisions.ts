import { type SQL, sql } from 'drizzle-orm';
import type { Notice } from '../../../../core/ports/delivery.ts';
import { audit, memberships } from '../../tables.ts';

export type Decision = 'confirm' | 'confirmTenant' | 'refuse';

/** What the staff decided last of somebody for a body, where it was no. */
export interface FormerRefusal {
  readonly how: 'refused' | 'revoked';
  readonly at: Date;
}

/** What is told of a request: to the staff that it waits, to the person what was decided. */
export const noticeOf = (kind: 'request' | 'decision', membership: string): Notice => ({
  kind: `people.${kind}`,
  key: `membership:${membership}/${kind}`,
  about: `membership:${membership}`,
  subject: { membership },
});

/** What a decision is written down about: the membership, and the body that it is of. */
export const decidedOf = ({
  id,
  organizationId,
}: {
  readonly id: string;
  readonly organizationId: string;
}): string => `${id} ${organizationId}`;

/**
 * The staff's last decision on the person for the body of a row (`tenant_id`, `object_id`, `organization_id`), where it
 * was no; else null. The trail says it: a new request replaces the row of the former one, and data may be erased
 * meanwhile. Decisions that were written down without their body are about any.
 */
export const formerRefusalOf = (row: SQL): SQL<FormerRefusal | null> =>
  sql`(select l.decision from (
      select (array_agg(json_build_object('act', d.action, 'at', d.at) order by d.id desc))[1] as decision
      from ${audit} r join ${audit} d on d.object in (r.object, r.object || ' ' || ${row}.organization_id::text)
      where r.tenant_id = ${row}.tenant_id and r.object_id = ${row}.object_id and r.action = 'membership.request'
        and d.action in ('membership.confirm', 'membership.confirmTenant', 'membership.refuse', 'membership.revoke')
    ) l where l.decision ->> 'act' in ('membership.refuse', 'membership.revoke'))`.mapWith(
    ({ act, at }: { readonly act: string; readonly at: string }): FormerRefusal => ({
      how: act === 'membership.refuse' ? 'refused' : 'revoked',
      at: new Date(at),
    }),
  );

/**
 * Whether the staff neither removed nor refused the person of a row there before. Few ever were, anywhere: they are
 * found first, so that thirty thousand requests are not each looked for in the trail.
 */
export const isFreshRow = (row: SQL): SQL =>
  sql`((${row}.tenant_id, ${row}.object_id) not in (
      select r.tenant_id, r.object_id
      from ${audit} d join ${audit} r on r.object = split_part(d.object, ' ', 1) and r.action = 'membership.request'
      where d.action in ('membership.refuse', 'membership.revoke'))
    or ${formerRefusalOf(row)} is null)`;

/** The requests of those whom the staff neither removed nor refused there before. */
export const isFresh = isFreshRow(sql`${memberships}`);
