-- The trail of who did what is added to, and purged after its retention; it is never changed.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '6 years' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
--> statement-breakpoint
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
--> statement-breakpoint
-- Two moments that are kept never overlap, whoever writes at the same time: the broker is in one meeting.
ALTER TABLE "kickoff_slots" ADD CONSTRAINT "kickoff_slots_apart" EXCLUDE USING gist (tstzrange("starts_at", "blocked_until") WITH &&) WHERE ("state" <> 'released');
