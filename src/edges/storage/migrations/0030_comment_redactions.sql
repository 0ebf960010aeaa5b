CREATE TABLE "evaluation_redactions" (
	"evaluation_id" uuid NOT NULL,
	"criterion" text NOT NULL,
	"words" text,
	"read_as" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "evaluation_redactions_evaluation_id_criterion_pk" PRIMARY KEY("evaluation_id","criterion")
);
--> statement-breakpoint
ALTER TABLE "evaluation_releases" ADD COLUMN "comments" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "evaluation_redactions" ADD CONSTRAINT "evaluation_redactions_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE restrict ON UPDATE no action;
