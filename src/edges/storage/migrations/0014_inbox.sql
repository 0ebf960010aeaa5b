CREATE TABLE "inbox" (
	"key" uuid PRIMARY KEY NOT NULL,
	"process" uuid NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"answer" text
);
--> statement-breakpoint
CREATE INDEX "inbox_claimed" ON "inbox" USING btree ("claimed_at");