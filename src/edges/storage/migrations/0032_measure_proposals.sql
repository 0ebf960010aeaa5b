CREATE TABLE "catalogue_measure_proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"supplier_id" text NOT NULL,
	"offer_id" text,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"from_day" date,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"reviewer_tenant" text DEFAULT '' NOT NULL,
	"reviewer_id" text DEFAULT '' NOT NULL,
	"reviewer_name" text DEFAULT '' NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "catalogue_measure_proposals" ADD CONSTRAINT "catalogue_measure_proposals_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "catalogue_measure_proposals_supplier" ON "catalogue_measure_proposals" USING btree ("supplier_id","state");
