CREATE TABLE "page_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"kind" text NOT NULL,
	"subject" jsonb NOT NULL,
	"tenant_id" text DEFAULT '' NOT NULL,
	"object_id" text DEFAULT '' NOT NULL,
	"made_tenant" text DEFAULT '' NOT NULL,
	"made_id" text DEFAULT '' NOT NULL,
	"made_by" text DEFAULT '' NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"used_on" date,
	"revoked_at" timestamp with time zone,
	"revoked_tenant" text,
	"revoked_id" text,
	"revoked_by" text,
	CONSTRAINT "page_links_number_unique" UNIQUE("number")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "warned_at" timestamp with time zone;
--> statement-breakpoint
CREATE INDEX "page_links_subject" ON "page_links" USING btree ("kind","subject");
--> statement-breakpoint
CREATE INDEX "page_links_person" ON "page_links" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "page_links_until" ON "page_links" USING btree ("until");
