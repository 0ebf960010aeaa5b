CREATE TABLE "scenario_seals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"acquisition_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"record" jsonb NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "scenario_seals_file" ON "scenario_seals" USING btree ("acquisition_id","sealed_at");