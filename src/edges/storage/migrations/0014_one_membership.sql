-- Of those whom two declarations at once left two memberships, the latest one stays.
DELETE FROM "memberships" AS older USING "memberships" AS newer
WHERE older.tenant_id = newer.tenant_id AND older.object_id = newer.object_id
  AND (older.requested_at, older.id) < (newer.requested_at, newer.id);--> statement-breakpoint
DROP INDEX "memberships_person";--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_person" ON "memberships" USING btree ("tenant_id","object_id");
