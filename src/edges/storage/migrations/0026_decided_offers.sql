CREATE TABLE "catalogue_measures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"supplier_id" text NOT NULL,
	"offer_id" text,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_reason" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"made_on" text NOT NULL,
	"ended_on" text,
	"wave" text NOT NULL,
	"end_wave" text
);
--> statement-breakpoint
ALTER TABLE "catalogue_measures" ADD CONSTRAINT "catalogue_measures_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "catalogue_measures_supplier" ON "catalogue_measures" USING btree ("supplier_id");
--> statement-breakpoint
CREATE INDEX "catalogue_measures_day" ON "catalogue_measures" USING btree ("made_on");
--> statement-breakpoint
CREATE INDEX "catalogue_measures_end" ON "catalogue_measures" USING btree ("ended_on");
--> statement-breakpoint
CREATE INDEX "catalogue_measures_wave" ON "catalogue_measures" USING btree ("wave");
--> statement-breakpoint
CREATE INDEX "catalogue_measures_due" ON "catalogue_measures" USING btree ("starts_at") WHERE applied_at is null;
