CREATE TABLE "escalation_complements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"escalation_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"text" text NOT NULL,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "left_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "question" text;
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "follows" text;
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "outcome" text;
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "shown" text[];
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "file_id" uuid;
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD COLUMN "with_body" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "taken_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "answered_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "cancelled_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "escalation_complements" ADD CONSTRAINT "escalation_complements_asker" FOREIGN KEY ("escalation_id","tenant_id","object_id") REFERENCES "public"."escalation_askers"("escalation_id","tenant_id","object_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "escalation_complements_of" ON "escalation_complements" USING btree ("escalation_id","written_at");
--> statement-breakpoint
CREATE INDEX "escalation_complements_person" ON "escalation_complements" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "escalation_askers_person" ON "escalation_askers" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "escalations_answered" ON "escalations" USING btree ("answered_at");
