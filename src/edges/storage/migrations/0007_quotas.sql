CREATE TABLE "quota_counts" (
	"act" text NOT NULL,
	"day" date NOT NULL,
	"scope" text NOT NULL,
	"who" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "quota_counts_act_day_scope_who_pk" PRIMARY KEY("act","day","scope","who")
);
--> statement-breakpoint
CREATE INDEX "quota_counts_who" ON "quota_counts" USING btree ("scope","who","day");
--> statement-breakpoint
CREATE INDEX "quota_counts_day" ON "quota_counts" USING btree ("day");
