-- Of those whom two declarations at once left two memberships, the latest one stays.
DELETE FROM "memberships" AS older USING "memberships" AS newer
WHERE older.tenant_id = newer.tenant_id AND older.object_id = newer.object_id
  AND (older.requested_at, older.id) < (newer.requested_at, newer.id);--> statement-breakpoint
CREATE TABLE "inbox" (
	"key" uuid PRIMARY KEY NOT NULL,
	"process" uuid NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"answer" text
);
--> statement-breakpoint
DROP INDEX "memberships_person";--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "claimed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "post_claimed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "inbox_claimed" ON "inbox" USING btree ("claimed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_person" ON "memberships" USING btree ("tenant_id","object_id");