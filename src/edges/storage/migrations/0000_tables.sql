CREATE TABLE "acquisition_facts" (
	"acquisition_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "acquisition_facts_acquisition_id_key_pk" PRIMARY KEY("acquisition_id","key")
);
--> statement-breakpoint
CREATE TABLE "acquisition_members" (
	"acquisition_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "acquisition_members_acquisition_id_tenant_id_object_id_pk" PRIMARY KEY("acquisition_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "acquisition_record" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"acquisition_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	"sentence" text NOT NULL,
	"about" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "acquisitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "acquisitions_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "broadcast_acknowledgements" (
	"broadcast_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_acknowledgements_broadcast_id_tenant_id_object_id_pk" PRIMARY KEY("broadcast_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"link" text DEFAULT '' NOT NULL,
	"link_title" text DEFAULT '' NOT NULL,
	"urgent" boolean DEFAULT false NOT NULL,
	"acknowledge" boolean DEFAULT false NOT NULL,
	"categories" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"suppliers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"audience" jsonb NOT NULL,
	"edition" integer DEFAULT 1 NOT NULL,
	"author_tenant" text NOT NULL,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"approver_name" text,
	"scheduled_at" timestamp with time zone,
	"send_at" timestamp with time zone,
	"followed_in" text,
	"followed_as" text,
	"redrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcasts_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "broadcast_installs" (
	"broadcast_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_installs_broadcast_id_tenant_id_object_id_pk" PRIMARY KEY("broadcast_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "catalogue_digest_changes" (
	"day" text NOT NULL,
	"supplier_id" text NOT NULL,
	"previous" text,
	"version" text NOT NULL,
	CONSTRAINT "catalogue_digest_changes_day_supplier_id_pk" PRIMARY KEY("day","supplier_id")
);
--> statement-breakpoint
CREATE TABLE "catalogue_fiche_versions" (
	"supplier_id" text NOT NULL,
	"version" text NOT NULL,
	"sequence" serial NOT NULL,
	"content" jsonb NOT NULL,
	"fingerprint" text NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"origin" text NOT NULL,
	"announced_at" timestamp with time zone,
	CONSTRAINT "catalogue_fiche_versions_supplier_id_version_pk" PRIMARY KEY("supplier_id","version"),
	CONSTRAINT "catalogue_fiche_versions_sequence_unique" UNIQUE("sequence")
);
--> statement-breakpoint
CREATE TABLE "catalogue_offers" (
	"id" text PRIMARY KEY NOT NULL,
	"supplier_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogue_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"topic_kind" text NOT NULL,
	"topic" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogue_suppliers" (
	"id" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogue_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"files" jsonb NOT NULL,
	"refused" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_amendments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"new_end" date,
	"new_amount_cents" bigint,
	"signed_on" date,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"supplier_id" text DEFAULT '' NOT NULL,
	"contract_id" uuid,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"answer" text,
	"answered_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "contract_comments_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"acquisition_id" uuid,
	"organization_id" uuid,
	"title" text NOT NULL,
	"supplier_id" text NOT NULL,
	"supplier_name" text NOT NULL,
	"offers" text NOT NULL,
	"signed_on" date NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"amount_cents" bigint NOT NULL,
	"rcti" boolean NOT NULL,
	"final_signed_on" date,
	"feed" integer DEFAULT 1 NOT NULL,
	"created_tenant" text NOT NULL,
	"created_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contracts_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "contract_duties_done" (
	"contract_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"done_on" date NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "contract_duties_done_contract_id_duty_pk" PRIMARY KEY("contract_id","duty")
);
--> statement-breakpoint
CREATE TABLE "contract_followers" (
	"contract_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	CONSTRAINT "contract_followers_contract_id_tenant_id_object_id_pk" PRIMARY KEY("contract_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "contract_invoices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"paid_on" date NOT NULL,
	"amount_cents" bigint NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_references" (
	"contract_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"contact" text NOT NULL,
	"consented_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contract_references_contract_id_tenant_id_object_id_pk" PRIMARY KEY("contract_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "evaluation_campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"year" smallint NOT NULL,
	"form" text NOT NULL,
	"state" text NOT NULL,
	"opens_on" date NOT NULL,
	"closes_on" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "evaluation_campaigns_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "evaluation_channels" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"designated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"supplier_id" text NOT NULL,
	"organization_id" uuid,
	"year" smallint NOT NULL,
	"final" boolean NOT NULL,
	"form" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"opens_on" date NOT NULL,
	"closes_on" date NOT NULL,
	"responsible_tenant" text NOT NULL,
	"responsible_id" text NOT NULL,
	"responsible_name" text DEFAULT '' NOT NULL,
	"submitted_at" timestamp with time zone,
	"excluded_why" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"on" date NOT NULL,
	"good" boolean NOT NULL,
	"text" text NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation_releases" (
	"supplier_id" text NOT NULL,
	"year" smallint NOT NULL,
	"number" integer DEFAULT 1 NOT NULL,
	"active" boolean NOT NULL,
	"document" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "evaluation_releases_supplier_id_year_pk" PRIMARY KEY("supplier_id","year")
);
--> statement-breakpoint
CREATE TABLE "evaluation_scores" (
	"evaluation_id" uuid NOT NULL,
	"criterion" text NOT NULL,
	"supplier_id" text NOT NULL,
	"year" smallint NOT NULL,
	"score" smallint NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	CONSTRAINT "evaluation_scores_evaluation_id_criterion_pk" PRIMARY KEY("evaluation_id","criterion")
);
--> statement-breakpoint
CREATE TABLE "evaluation_sections" (
	"evaluation_id" uuid NOT NULL,
	"section" text NOT NULL,
	"answers" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "evaluation_sections_evaluation_id_section_pk" PRIMARY KEY("evaluation_id","section")
);
--> statement-breakpoint
CREATE TABLE "evaluation_submissions" (
	"evaluation_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"answers" jsonb NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "evaluation_submissions_evaluation_id_number_pk" PRIMARY KEY("evaluation_id","number")
);
--> statement-breakpoint
CREATE TABLE "kickoff_confirmations" (
	"kickoff_id" uuid NOT NULL,
	"step" smallint NOT NULL,
	"party" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"tenant_id" text DEFAULT '' NOT NULL,
	"object_id" text DEFAULT '' NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "kickoff_confirmations_kickoff_id_step_party_pk" PRIMARY KEY("kickoff_id","step","party")
);
--> statement-breakpoint
CREATE TABLE "kickoffs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"acquisition_id" uuid NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"supplier_id" text NOT NULL,
	"supplier_name" text NOT NULL,
	"rcti" boolean NOT NULL,
	"details" jsonb NOT NULL,
	"question" text DEFAULT '' NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"requester_tenant" text NOT NULL,
	"requester_id" text NOT NULL,
	"requester_name" text NOT NULL,
	"taken_tenant" text,
	"taken_id" text,
	"taken_name" text,
	"round" smallint DEFAULT 0 NOT NULL,
	"slot_id" uuid,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"event" text,
	"join_url" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "kickoffs_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "kickoff_slots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kickoff_id" uuid NOT NULL,
	"round" smallint NOT NULL,
	"state" text DEFAULT 'held' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"client" boolean,
	"supplier" boolean
);
--> statement-breakpoint
CREATE TABLE "escalation_askers" (
	"escalation_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"conversation_id" text NOT NULL,
	"text" text NOT NULL,
	"delivery" text DEFAULT 'waiting' NOT NULL,
	"claimed_at" timestamp with time zone,
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
	"answered_revision" integer,
	"post_conversation_id" text,
	"post_activity_id" text,
	"posted_revision" integer DEFAULT 0 NOT NULL,
	"post_claimed_at" timestamp with time zone,
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
	"kind" text,
	"rcti" boolean,
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
CREATE TABLE "signing_key" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
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
CREATE TABLE "scenario_seals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"acquisition_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"record" jsonb NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL
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
	"seen_at" timestamp with time zone NOT NULL,
	"blocked" text
);
--> statement-breakpoint
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
	"redraws" integer DEFAULT 0 NOT NULL,
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
CREATE TABLE "inbox" (
	"key" uuid PRIMARY KEY NOT NULL,
	"process" uuid NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"answer" text
);
--> statement-breakpoint
ALTER TABLE "acquisition_facts" ADD CONSTRAINT "acquisition_facts_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acquisition_members" ADD CONSTRAINT "acquisition_members_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acquisition_record" ADD CONSTRAINT "acquisition_record_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_acknowledgements" ADD CONSTRAINT "broadcast_acknowledgements_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_installs" ADD CONSTRAINT "broadcast_installs_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_digest_changes" ADD CONSTRAINT "catalogue_digest_changes_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_fiche_versions" ADD CONSTRAINT "catalogue_fiche_versions_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_offers" ADD CONSTRAINT "catalogue_offers_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD CONSTRAINT "contract_amendments_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_duties_done" ADD CONSTRAINT "contract_duties_done_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_followers" ADD CONSTRAINT "contract_followers_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_invoices" ADD CONSTRAINT "contract_invoices_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_references" ADD CONSTRAINT "contract_references_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_campaign_id_evaluation_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."evaluation_campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_scores" ADD CONSTRAINT "evaluation_scores_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_sections" ADD CONSTRAINT "evaluation_sections_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_submissions" ADD CONSTRAINT "evaluation_submissions_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kickoff_confirmations" ADD CONSTRAINT "kickoff_confirmations_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kickoffs" ADD CONSTRAINT "kickoffs_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kickoff_slots" ADD CONSTRAINT "kickoff_slots_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD CONSTRAINT "escalation_askers_escalation_id_escalations_id_fk" FOREIGN KEY ("escalation_id") REFERENCES "public"."escalations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_entries" ADD CONSTRAINT "knowledge_entries_escalation_id_escalations_id_fk" FOREIGN KEY ("escalation_id") REFERENCES "public"."escalations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "needs_delegations" ADD CONSTRAINT "needs_delegations_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_object_id_people_tenant_id_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "public"."people"("tenant_id","object_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_mappings" ADD CONSTRAINT "tenant_mappings_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scenario_seals" ADD CONSTRAINT "scenario_seals_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acquisition_members_person" ON "acquisition_members" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "acquisition_record_file" ON "acquisition_record" USING btree ("acquisition_id","sequence");--> statement-breakpoint
CREATE INDEX "broadcasts_state" ON "broadcasts" USING btree ("state","updated_at");--> statement-breakpoint
CREATE INDEX "catalogue_fiche_versions_effective" ON "catalogue_fiche_versions" USING btree ("supplier_id","effective_at");--> statement-breakpoint
CREATE INDEX "catalogue_fiche_versions_due" ON "catalogue_fiche_versions" USING btree ("effective_at") WHERE announced_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_subscriptions_person" ON "catalogue_subscriptions" USING btree ("tenant_id","object_id","topic_kind","topic") WHERE kind = 'person';--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_subscriptions_channel" ON "catalogue_subscriptions" USING btree ("conversation_id","topic_kind","topic") WHERE kind = 'channel';--> statement-breakpoint
CREATE INDEX "catalogue_subscriptions_topic" ON "catalogue_subscriptions" USING btree ("topic_kind","topic");--> statement-breakpoint
CREATE INDEX "catalogue_uploads_person" ON "catalogue_uploads" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_amendments_number" ON "contract_amendments" USING btree ("contract_id","number");--> statement-breakpoint
CREATE INDEX "contract_comments_person" ON "contract_comments" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "contract_comments_supplier" ON "contract_comments" USING btree ("supplier_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_file" ON "contracts" USING btree ("acquisition_id");--> statement-breakpoint
CREATE INDEX "contracts_organization" ON "contracts" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "contracts_end" ON "contracts" USING btree ("ends_on");--> statement-breakpoint
CREATE INDEX "contract_followers_person" ON "contract_followers" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "contract_invoices_contract" ON "contract_invoices" USING btree ("contract_id","paid_on");--> statement-breakpoint
CREATE INDEX "evaluation_campaigns_state" ON "evaluation_campaigns" USING btree ("state","closes_on");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluation_campaigns_final" ON "evaluation_campaigns" USING btree ("year") WHERE "evaluation_campaigns"."kind" = 'final';--> statement-breakpoint
CREATE INDEX "evaluation_channels_organization" ON "evaluation_channels" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_once" ON "evaluations" USING btree ("campaign_id","contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_yearly" ON "evaluations" USING btree ("contract_id","year","final") WHERE "evaluations"."state" <> 'excluded';--> statement-breakpoint
CREATE INDEX "evaluations_pending" ON "evaluations" USING btree ("campaign_id","state","closes_on");--> statement-breakpoint
CREATE INDEX "evaluation_events_contract" ON "evaluation_events" USING btree ("contract_id","on");--> statement-breakpoint
CREATE INDEX "evaluation_scores_supplier" ON "evaluation_scores" USING btree ("supplier_id","year","criterion","score");--> statement-breakpoint
CREATE INDEX "evaluation_scores_criterion" ON "evaluation_scores" USING btree ("criterion","year","supplier_id","score");--> statement-breakpoint
CREATE UNIQUE INDEX "kickoffs_under_way" ON "kickoffs" USING btree ("acquisition_id") WHERE state <> 'cancelled';--> statement-breakpoint
CREATE INDEX "kickoffs_state" ON "kickoffs" USING btree ("state","updated_at");--> statement-breakpoint
CREATE INDEX "kickoff_slots_round" ON "kickoff_slots" USING btree ("kickoff_id","round");--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_live" ON "escalations" USING btree ("fingerprint") WHERE status in ('open', 'taken');--> statement-breakpoint
CREATE INDEX "escalations_status" ON "escalations" USING btree ("status","number");--> statement-breakpoint
CREATE INDEX "questions_asked" ON "questions" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "questions_person" ON "questions" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "needs_delegations_person" ON "needs_delegations" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "needs_delegations_file" ON "needs_delegations" USING btree ("acquisition_id");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_person" ON "memberships" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "memberships_state" ON "memberships" USING btree ("state","requested_at");--> statement-breakpoint
CREATE INDEX "scenario_seals_file" ON "scenario_seals" USING btree ("acquisition_id","sealed_at");--> statement-breakpoint
CREATE INDEX "conversations_person" ON "conversations" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("tenant_id","priority","due_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_sending" ON "deliveries" USING btree ("leased_at") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "deliveries_state" ON "deliveries" USING btree ("notice","state");--> statement-breakpoint
CREATE INDEX "deliveries_about" ON "deliveries" USING btree ("about");--> statement-breakpoint
CREATE INDEX "deliveries_person" ON "deliveries" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "deliveries_changed" ON "deliveries" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "delivery_pauses_recent" ON "delivery_pauses" USING btree ("tenant_id","refused_at");--> statement-breakpoint
CREATE INDEX "delivery_posts_conversation" ON "delivery_posts" USING btree ("conversation_id","at");--> statement-breakpoint
CREATE INDEX "delivery_posts_at" ON "delivery_posts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "inbox_claimed" ON "inbox" USING btree ("claimed_at");