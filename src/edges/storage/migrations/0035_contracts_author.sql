-- outside a transaction
drop index concurrently if exists evaluations_contract;
--> statement-breakpoint
create index concurrently evaluations_contract on evaluations (contract_id);
--> statement-breakpoint
drop index concurrently if exists contracts_author;
--> statement-breakpoint
create index concurrently contracts_author on contracts (created_tenant, created_id);
