CREATE TABLE "catalogue_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"supplier_id" text NOT NULL,
	"version" text NOT NULL,
	"basis" integer NOT NULL,
	"content" jsonb NOT NULL,
	"price" boolean NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"reviewer_tenant" text DEFAULT '' NOT NULL,
	"reviewer_id" text DEFAULT '' NOT NULL,
	"reviewer_name" text DEFAULT '' NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone,
	"made_on" text,
	"wave" text
);
--> statement-breakpoint
ALTER TABLE "catalogue_fiche_versions" ADD COLUMN "edition" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "catalogue_fiche_versions" ADD COLUMN "reason" text;
--> statement-breakpoint
ALTER TABLE "catalogue_fiche_versions" DROP CONSTRAINT "catalogue_fiche_versions_supplier_id_version_pk";
--> statement-breakpoint
ALTER TABLE "catalogue_fiche_versions" ADD CONSTRAINT "catalogue_fiche_versions_supplier_id_version_edition_pk" PRIMARY KEY("supplier_id","version","edition");
--> statement-breakpoint
ALTER TABLE "catalogue_corrections" ADD CONSTRAINT "catalogue_corrections_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "catalogue_corrections_supplier" ON "catalogue_corrections" USING btree ("supplier_id","version");
--> statement-breakpoint
CREATE INDEX "catalogue_corrections_day" ON "catalogue_corrections" USING btree ("made_on");
--> statement-breakpoint
CREATE INDEX "catalogue_corrections_wave" ON "catalogue_corrections" USING btree ("wave");
--> statement-breakpoint
CREATE INDEX "catalogue_corrections_waiting" ON "catalogue_corrections" USING btree ("created_at") WHERE state = 'proposed';
--> statement-breakpoint
-- An edition is written once, as the version that it stands beside.
CREATE OR REPLACE TRIGGER catalogue_fiche_versions_never_change
  BEFORE UPDATE OF supplier_id, version, edition, sequence, content, fingerprint, effective_at, published_at, origin, reason
  ON catalogue_fiche_versions
  FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
