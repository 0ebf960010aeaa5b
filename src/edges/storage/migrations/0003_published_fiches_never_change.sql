-- A published version is never altered (rule 1 of publication), whoever holds the connection.
CREATE FUNCTION catalogue_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published fiche never changes';
END $$;
--> statement-breakpoint
CREATE TRIGGER catalogue_fiche_versions_keep BEFORE DELETE ON catalogue_fiche_versions
  FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
--> statement-breakpoint
CREATE TRIGGER catalogue_fiche_versions_never_change
  BEFORE UPDATE OF supplier_id, version, sequence, content, fingerprint, effective_at, published_at, origin
  ON catalogue_fiche_versions
  FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
