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
ALTER TABLE "catalogue_fiche_versions" ADD CONSTRAINT "catalogue_fiche_versions_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_offers" ADD CONSTRAINT "catalogue_offers_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "catalogue_fiche_versions_effective" ON "catalogue_fiche_versions" USING btree ("supplier_id","effective_at");--> statement-breakpoint
CREATE INDEX "catalogue_fiche_versions_due" ON "catalogue_fiche_versions" USING btree ("effective_at") WHERE announced_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_subscriptions_person" ON "catalogue_subscriptions" USING btree ("tenant_id","object_id","topic_kind","topic") WHERE kind = 'person';--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_subscriptions_channel" ON "catalogue_subscriptions" USING btree ("conversation_id","topic_kind","topic") WHERE kind = 'channel';--> statement-breakpoint
CREATE INDEX "catalogue_subscriptions_topic" ON "catalogue_subscriptions" USING btree ("topic_kind","topic");--> statement-breakpoint
CREATE INDEX "catalogue_uploads_person" ON "catalogue_uploads" USING btree ("tenant_id","object_id");