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
CREATE TABLE "signing_key" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "kickoff_confirmations" ADD CONSTRAINT "kickoff_confirmations_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kickoffs" ADD CONSTRAINT "kickoffs_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kickoff_slots" ADD CONSTRAINT "kickoff_slots_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "kickoffs_under_way" ON "kickoffs" USING btree ("acquisition_id") WHERE state <> 'cancelled';--> statement-breakpoint
CREATE INDEX "kickoffs_state" ON "kickoffs" USING btree ("state","updated_at");--> statement-breakpoint
CREATE INDEX "kickoff_slots_round" ON "kickoff_slots" USING btree ("kickoff_id","round");--> statement-breakpoint
-- Two moments that are kept never overlap, whoever writes at the same time: the broker is in one meeting.
ALTER TABLE "kickoff_slots" ADD CONSTRAINT "kickoff_slots_apart" EXCLUDE USING gist (tstzrange("starts_at", "blocked_until") WITH &&) WHERE ("state" <> 'released');
