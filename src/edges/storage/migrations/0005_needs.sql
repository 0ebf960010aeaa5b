CREATE TABLE "needs_delegations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"acquisition_id" uuid NOT NULL,
	"question" text NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"asker_tenant_id" text NOT NULL,
	"asker_object_id" text NOT NULL,
	"asker_name" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "kind" text;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "rcti" boolean;--> statement-breakpoint
CREATE INDEX "needs_delegations_person" ON "needs_delegations" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "needs_delegations_file" ON "needs_delegations" USING btree ("acquisition_id");