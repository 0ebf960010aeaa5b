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
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_campaign_id_evaluation_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."evaluation_campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_scores" ADD CONSTRAINT "evaluation_scores_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_sections" ADD CONSTRAINT "evaluation_sections_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_submissions" ADD CONSTRAINT "evaluation_submissions_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evaluation_campaigns_state" ON "evaluation_campaigns" USING btree ("state","closes_on");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluation_campaigns_final" ON "evaluation_campaigns" USING btree ("year") WHERE "evaluation_campaigns"."kind" = 'final';--> statement-breakpoint
CREATE INDEX "evaluation_channels_organization" ON "evaluation_channels" USING btree ("organization_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_once" ON "evaluations" USING btree ("campaign_id","contract_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluations_yearly" ON "evaluations" USING btree ("contract_id","year","final") WHERE "evaluations"."state" <> 'excluded';--> statement-breakpoint
CREATE INDEX "evaluations_pending" ON "evaluations" USING btree ("campaign_id","state","closes_on");--> statement-breakpoint
CREATE INDEX "evaluation_events_contract" ON "evaluation_events" USING btree ("contract_id","on");--> statement-breakpoint
CREATE INDEX "evaluation_scores_supplier" ON "evaluation_scores" USING btree ("supplier_id","year","criterion","score");--> statement-breakpoint
CREATE INDEX "evaluation_scores_criterion" ON "evaluation_scores" USING btree ("criterion","year","supplier_id","score");