import { sql } from 'drizzle-orm';
import type { Audience, Deliveries, Tx } from '../../../../core/ports.ts';
import { followerTable } from '../../../contracts/index.ts';
import { actingView, type PersonKey } from '../../../people/index.ts';
import { type Evaluation, evaluations, sections } from '../../tables.ts';

const evaluationKey = (id: string): string => `evaluation:${id}`;

const responsibleAudience = (id: string): Audience => sql`
  select e.responsible_tenant as tenant_id, e.responsible_id as object_id, '' as conversation_id
  from ${evaluations} e where e.id = ${id}::uuid and e.responsible_id <> ''`;

/** Those who answered an evaluation and still act for its body, but for one of them. */
const contributorsAudience = (id: string, { tenantId, objectId }: PersonKey): Audience => sql`
  select distinct s.tenant_id, s.object_id, '' as conversation_id from ${sections} s
  join ${evaluations} e on e.id = s.evaluation_id
  where e.id = ${id}::uuid and s.object_id <> '' and not (s.tenant_id = ${tenantId} and s.object_id = ${objectId})
    and (e.organization_id is null or exists (select 1 from ${actingView} p
      where p.tenant_id = s.tenant_id and p.object_id = s.object_id and p.organization_id = e.organization_id))`;

const followersAudience = (contract: string): Audience => sql`
  select f.tenant_id, f.object_id, '' as conversation_id from ${followerTable} f
  where f.contract_id = ${contract}::uuid`;

/** Everything was answered by colleagues: the person responsible hears that it waits for them, once a submission. */
export async function tellReady(tx: Tx, deliveries: Deliveries, { id }: Evaluation): Promise<void> {
  await deliveries.address(
    tx,
    {
      kind: 'evaluations.ready',
      key: `${evaluationKey(id)}:ready`,
      about: evaluationKey(id),
      subject: { evaluation: id },
    },
    responsibleAudience(id),
  );
}

/** It was submitted: those who contributed hear what became of their answers. */
export async function tellSubmitted(
  tx: Tx,
  deliveries: Deliveries,
  id: string,
  number: number,
  by: PersonKey,
): Promise<void> {
  await deliveries.cancel(tx, evaluationKey(id));
  await deliveries.address(
    tx,
    {
      kind: 'evaluations.became',
      key: `${evaluationKey(id)}:submitted:${number}`,
      about: `${evaluationKey(id)}:submitted`,
      subject: { evaluation: id, number },
    },
    contributorsAudience(id, by),
  );
}

/** The broker set it apart, or took it back: those who look after the contract hear of it. `change` is its own. */
export const tellApart = (
  tx: Tx,
  deliveries: Deliveries,
  { id, contractId }: Pick<Evaluation, 'id' | 'contractId'>,
  change: string,
): Promise<void> =>
  deliveries.address(
    tx,
    {
      kind: 'evaluations.apart',
      key: `${evaluationKey(id)}:apart:${change}`,
      about: `${evaluationKey(id)}:apart`,
      subject: { evaluation: id },
    },
    followersAudience(contractId),
  );
