-- outside a transaction
drop index concurrently if exists deliveries_conversation;
--> statement-breakpoint
create index concurrently deliveries_conversation on deliveries (conversation_id) where conversation_id <> '';
--> statement-breakpoint
drop index concurrently if exists deliveries_named;
--> statement-breakpoint
create index concurrently deliveries_named on deliveries ((subject ->> 'objectId')) where (subject ->> 'objectId') is not null;
