CREATE TABLE "evaluation_sheet_orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"act" text NOT NULL,
	"state" text NOT NULL,
	"sheets" jsonb NOT NULL,
	"summary" text DEFAULT '' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"left" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"reviewer_tenant" text DEFAULT '' NOT NULL,
	"reviewer_id" text DEFAULT '' NOT NULL,
	"reviewer_name" text DEFAULT '' NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "evaluation_sheet_orders_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE INDEX "evaluation_sheet_orders_waiting" ON "evaluation_sheet_orders" USING btree ("created_at") WHERE state = 'proposed';
