ALTER TABLE "escalation_askers" ADD COLUMN "claimed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "post_claimed_at" timestamp with time zone;