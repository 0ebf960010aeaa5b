CREATE TABLE "kickoff_mail_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kickoff_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"on" date NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"state" text,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "kickoff_mail_notes" ADD CONSTRAINT "kickoff_mail_notes_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "kickoff_mail_notes_meeting" ON "kickoff_mail_notes" USING btree ("kickoff_id","at");
