CREATE TABLE "evaluation_signatures" (
	"evaluation_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"submission" smallint NOT NULL,
	"signed_on" date NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "evaluation_signatures_evaluation_id_number_pk" PRIMARY KEY("evaluation_id","number")
);
--> statement-breakpoint
ALTER TABLE "evaluation_sections" ADD COLUMN "contributor" uuid DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL;
--> statement-breakpoint
ALTER TABLE "evaluation_sections" DROP CONSTRAINT "evaluation_sections_evaluation_id_section_pk";
--> statement-breakpoint
ALTER TABLE "evaluation_sections" ADD CONSTRAINT "evaluation_sections_evaluation_id_section_contributor_pk" PRIMARY KEY("evaluation_id","section","contributor");
--> statement-breakpoint
ALTER TABLE "evaluations" ADD COLUMN "apart_side" text;
--> statement-breakpoint
ALTER TABLE "evaluation_events" ADD COLUMN "criterion" text;
--> statement-breakpoint
ALTER TABLE "evaluation_submissions" ADD COLUMN "ground" jsonb;
--> statement-breakpoint
ALTER TABLE "contract_duties_done" ADD COLUMN "why_not" text;
--> statement-breakpoint
ALTER TABLE "evaluation_signatures" ADD CONSTRAINT "evaluation_signatures_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "evaluation_sections_author" ON "evaluation_sections" USING btree ("evaluation_id","section","tenant_id","object_id") WHERE "evaluation_sections"."object_id" <> '';
--> statement-breakpoint
-- What was submitted is an official record: who is erased goes from it, its words do not change.
CREATE FUNCTION evaluation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a submitted evaluation never changes';
END $$;
--> statement-breakpoint
CREATE TRIGGER evaluation_submissions_never_change
  BEFORE UPDATE OF evaluation_id, number, answers, ground, at
  ON evaluation_submissions
  FOR EACH ROW EXECUTE FUNCTION evaluation_refuse_change();
