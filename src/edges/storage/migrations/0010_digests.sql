CREATE TABLE "catalogue_digest_changes" (
	"day" text NOT NULL,
	"supplier_id" text NOT NULL,
	"previous" text,
	"version" text NOT NULL,
	CONSTRAINT "catalogue_digest_changes_day_supplier_id_pk" PRIMARY KEY("day","supplier_id")
);
--> statement-breakpoint
ALTER TABLE "catalogue_digest_changes" ADD CONSTRAINT "catalogue_digest_changes_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;