CREATE TABLE "catalogue_cancelled_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"supplier_id" text NOT NULL,
	"version" text NOT NULL,
	"content" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "catalogue_cancelled_versions" ADD CONSTRAINT "catalogue_cancelled_versions_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "catalogue_cancelled_versions_supplier" ON "catalogue_cancelled_versions" USING btree ("supplier_id","cancelled_at");
--> statement-breakpoint
-- A version that never took effect may be taken back, once it is kept apart with the reason.
CREATE OR REPLACE FUNCTION catalogue_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.announced_at IS NULL AND EXISTS (
    SELECT 1 FROM catalogue_cancelled_versions c
    WHERE c.supplier_id = OLD.supplier_id AND c.version = OLD.version AND c.published_at = OLD.published_at
      AND c.content = OLD.content
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'a published fiche never changes';
END $$;
