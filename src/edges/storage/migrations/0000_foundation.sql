CREATE TABLE "escalation_askers" (
	"escalation_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"conversation_id" text NOT NULL,
	"text" text NOT NULL,
	"delivery" text DEFAULT 'waiting' NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "escalation_askers_escalation_id_tenant_id_object_id_pk" PRIMARY KEY("escalation_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "escalations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"fingerprint" text NOT NULL,
	"text" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"taken_by_tenant" text,
	"taken_by_id" text,
	"taken_by_name" text,
	"answer" text,
	"entry_id" text,
	"post_conversation_id" text,
	"post_activity_id" text,
	"posted_revision" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "escalations_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "knowledge_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"escalation_id" uuid,
	"title" text NOT NULL,
	"alternates" text[] NOT NULL,
	"answer" text NOT NULL,
	"owner" text NOT NULL,
	"review" text NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"text" text NOT NULL,
	"outcome" text NOT NULL,
	"entry_id" text,
	"score" real NOT NULL,
	"nearest" text[] NOT NULL,
	"rating" text,
	"reason" text,
	"comment" text,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"action" text NOT NULL,
	"object" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "download_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"state" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organizations_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text DEFAULT 'client' NOT NULL,
	"first_seen" timestamp with time zone NOT NULL,
	"last_seen" timestamp with time zone NOT NULL,
	CONSTRAINT "people_tenant_id_object_id_pk" PRIMARY KEY("tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "staff_channel" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"conversation_id" text NOT NULL,
	"designated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tenant_mappings" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"mapped_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"tenant_id" text NOT NULL,
	"team_id" text,
	"name" text,
	"person_id" text,
	"service_url" text NOT NULL,
	"bot_id" text NOT NULL,
	"bot_name" text NOT NULL,
	"welcomed_at" timestamp with time zone,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD CONSTRAINT "escalation_askers_escalation_id_escalations_id_fk" FOREIGN KEY ("escalation_id") REFERENCES "public"."escalations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_entries" ADD CONSTRAINT "knowledge_entries_escalation_id_escalations_id_fk" FOREIGN KEY ("escalation_id") REFERENCES "public"."escalations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_object_id_people_tenant_id_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "public"."people"("tenant_id","object_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_mappings" ADD CONSTRAINT "tenant_mappings_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_live" ON "escalations" USING btree ("fingerprint") WHERE status in ('open', 'taken');--> statement-breakpoint
CREATE INDEX "escalations_status" ON "escalations" USING btree ("status","number");--> statement-breakpoint
CREATE INDEX "questions_asked" ON "questions" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "questions_person" ON "questions" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "memberships_person" ON "memberships" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "memberships_state" ON "memberships" USING btree ("state","requested_at");--> statement-breakpoint
CREATE INDEX "conversations_person" ON "conversations" USING btree ("tenant_id","person_id");