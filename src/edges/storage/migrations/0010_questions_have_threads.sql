ALTER TABLE "questions" ADD COLUMN "root" text;
--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "depth" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "also_id" text;
