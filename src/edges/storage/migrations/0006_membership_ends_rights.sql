ALTER TABLE "acquisitions" ADD COLUMN "organization_id" uuid;
--> statement-breakpoint
CREATE INDEX "acquisitions_organization" ON "acquisitions" USING btree ("organization_id");
--> statement-breakpoint
-- The files that there are: they were made for the body of their owner, where it is confirmed.
UPDATE acquisitions a SET organization_id = m.organization_id
FROM acquisition_members o JOIN memberships m ON m.tenant_id = o.tenant_id AND m.object_id = o.object_id
WHERE o.acquisition_id = a.id AND o.role = 'owner' AND m.state = 'confirmed';
--> statement-breakpoint
CREATE VIEW "public"."people_acting" AS (
  select m.tenant_id, m.object_id, m.organization_id from memberships m where m.state = 'confirmed');
--> statement-breakpoint
CREATE VIEW "public"."contract_followers_now" AS (
  select f.contract_id, f.tenant_id, f.object_id
  from contract_followers f join contracts c on c.id = f.contract_id
  left join people_acting p on p.tenant_id = f.tenant_id and p.object_id = f.object_id
    and p.organization_id = c.organization_id
  where c.organization_id is null or p.organization_id is not null
  union all
  select c.id, p.tenant_id, p.object_id
  from contracts c join people_acting p on p.organization_id = c.organization_id
  where exists (select 1 from contract_followers f where f.contract_id = c.id)
    and not exists (select 1 from contract_followers f
      join people_acting g on g.tenant_id = f.tenant_id and g.object_id = f.object_id
      where f.contract_id = c.id and g.organization_id = c.organization_id));
--> statement-breakpoint
CREATE VIEW "public"."acquisition_members_now" AS (
  select m.acquisition_id, m.tenant_id, m.object_id, m.name,
    case when (m.tenant_id, m.object_id) = (select s.tenant_id, s.object_id from acquisition_members s
      where s.acquisition_id = a.id and (a.organization_id is null or exists (select 1 from people_acting p
    where p.tenant_id = s.tenant_id and p.object_id = s.object_id and p.organization_id = a.organization_id))
      order by s.role = 'owner' desc, s.added_at, s.tenant_id, s.object_id limit 1) then 'owner' else 'member' end as role,
    m.added_at
  from acquisition_members m join acquisitions a on a.id = m.acquisition_id
  where (a.organization_id is null or exists (select 1 from people_acting p
    where p.tenant_id = m.tenant_id and p.object_id = m.object_id and p.organization_id = a.organization_id))
  union all
  select a.id, p.tenant_id, p.object_id, coalesce(n.name, ''), 'owner', a.created_at
  from acquisitions a join people_acting p on p.organization_id = a.organization_id
  left join people n on n.tenant_id = p.tenant_id and n.object_id = p.object_id
  where not exists (select 1 from acquisition_members s where s.acquisition_id = a.id and (a.organization_id is null or exists (select 1 from people_acting p
    where p.tenant_id = s.tenant_id and p.object_id = s.object_id and p.organization_id = a.organization_id))));
