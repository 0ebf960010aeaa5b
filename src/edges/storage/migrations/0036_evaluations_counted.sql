-- outside a transaction
drop index concurrently if exists evaluations_results;
--> statement-breakpoint
create index concurrently evaluations_results on evaluations (year, supplier_id, id, organization_id);
--> statement-breakpoint
drop index concurrently if exists evaluations_campaign;
--> statement-breakpoint
create index concurrently evaluations_campaign on evaluations (campaign_id, state, closes_on, opens_on);
--> statement-breakpoint
drop index concurrently if exists evaluations_pending;
