ALTER TABLE "escalations" ADD COLUMN "answered_revision" integer;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "redraws" integer DEFAULT 0 NOT NULL;