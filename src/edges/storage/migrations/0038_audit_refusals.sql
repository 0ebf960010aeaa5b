-- outside a transaction
drop index concurrently if exists audit_refusals;
--> statement-breakpoint
create index concurrently audit_refusals on audit (object) where action in ('membership.refuse', 'membership.revoke');
