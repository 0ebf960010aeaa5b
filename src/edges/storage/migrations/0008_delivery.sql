CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"notice" text NOT NULL,
	"about" text NOT NULL,
	"kind" text NOT NULL,
	"subject" jsonb NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text DEFAULT '' NOT NULL,
	"conversation_id" text DEFAULT '' NOT NULL,
	"operation" text DEFAULT 'post' NOT NULL,
	"target" uuid,
	"priority" smallint NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"doubts" smallint DEFAULT 0 NOT NULL,
	"shrunk" boolean DEFAULT false NOT NULL,
	"reopened" boolean DEFAULT false NOT NULL,
	"lease" uuid,
	"leased_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL,
	"posted_in" text,
	"activity_id" text,
	"reason" text,
	CONSTRAINT "deliveries_once" UNIQUE("notice","tenant_id","object_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "delivery_lanes" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"paused_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "delivery_pauses" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"paused_until" timestamp with time zone NOT NULL,
	"refused_at" timestamp with time zone NOT NULL,
	"streak" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_posts" (
	"conversation_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delivery_preferences" (
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"paused_until" timestamp with time zone,
	"not_before" smallint,
	CONSTRAINT "delivery_preferences_tenant_id_object_id_pk" PRIMARY KEY("tenant_id","object_id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "blocked" text;--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("tenant_id","priority","due_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_sending" ON "deliveries" USING btree ("leased_at") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "deliveries_state" ON "deliveries" USING btree ("notice","state");--> statement-breakpoint
CREATE INDEX "deliveries_about" ON "deliveries" USING btree ("about");--> statement-breakpoint
CREATE INDEX "deliveries_person" ON "deliveries" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "deliveries_changed" ON "deliveries" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "delivery_pauses_recent" ON "delivery_pauses" USING btree ("tenant_id","refused_at");--> statement-breakpoint
CREATE INDEX "delivery_posts_conversation" ON "delivery_posts" USING btree ("conversation_id","at");--> statement-breakpoint
CREATE INDEX "delivery_posts_at" ON "delivery_posts" USING btree ("at");