ALTER TABLE "catalogue_fiche_versions" ADD COLUMN "removed_at" timestamp with time zone;
