CREATE TABLE "audit_chain" (
	"position" bigint PRIMARY KEY NOT NULL,
	"audit_id" bigint NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_chain_audit_id_unique" UNIQUE("audit_id")
);
--> statement-breakpoint
-- What a link vouches for: its place, the link before it, and its row. Each part is told with its length in bytes.
CREATE FUNCTION audit_hash(place bigint, previous text, r audit) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(string_agg(octet_length(part) || ':' || part, '' ORDER BY n), 'UTF8')), 'hex')
  FROM unnest(ARRAY[place::text, previous, r.id::text, (extract(epoch FROM r.at) * 1000000)::bigint::text,
    r.tenant_id, r.object_id, r.action, r.object]) WITH ORDINALITY AS parts(part, n)
$$;
--> statement-breakpoint
-- One after the other: the lock is held to the end of the transaction, which has nothing left to do but to end.
CREATE FUNCTION audit_append(r audit) RETURNS void LANGUAGE plpgsql AS $$
DECLARE head audit_chain;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit_chain', 0));
  SELECT * INTO head FROM audit_chain ORDER BY position DESC LIMIT 1;
  head.position := coalesce(head.position, 0) + 1;
  head.previous := coalesce(head.hash, '');
  INSERT INTO audit_chain (position, audit_id, previous, hash)
  VALUES (head.position, r.id, head.previous, audit_hash(head.position, head.previous, r));
END
$$;
--> statement-breakpoint
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM audit_append(NEW);
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- The rows of before, in the order of their ids, while others may still write.
DO $$
DECLARE r audit;
BEGIN
  FOR r IN SELECT * FROM audit ORDER BY id LOOP PERFORM audit_append(r); END LOOP;
END
$$;
--> statement-breakpoint
-- From here on nobody writes until the migration has ended: those that came meanwhile are few.
CREATE CONSTRAINT TRIGGER audit_link AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit_link();
--> statement-breakpoint
ALTER TABLE "audit_chain" ADD CONSTRAINT "audit_chain_audit_id_audit_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "audit_object" ON "audit" USING btree ("object" text_pattern_ops);
--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");
--> statement-breakpoint
DO $$
DECLARE r audit;
BEGIN
  FOR r IN SELECT * FROM audit a WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.audit_id = a.id) ORDER BY id
  LOOP PERFORM audit_append(r); END LOOP;
END
$$;
--> statement-breakpoint
CREATE FUNCTION audit_chain_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND (SELECT at FROM audit WHERE id = OLD.audit_id) < now() - interval '6 years' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_chain_is_append_only BEFORE UPDATE OR DELETE ON audit_chain
  FOR EACH ROW EXECUTE FUNCTION audit_chain_is_append_only();
--> statement-breakpoint
CREATE FUNCTION audit_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_not_emptied();
--> statement-breakpoint
CREATE TRIGGER audit_chain_is_not_emptied BEFORE TRUNCATE ON audit_chain
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_not_emptied();
