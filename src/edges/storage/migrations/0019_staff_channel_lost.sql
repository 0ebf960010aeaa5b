ALTER TABLE "staff_channel" ADD COLUMN "lost_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "staff_channel" ADD COLUMN "admins" text[] DEFAULT '{}' NOT NULL;
