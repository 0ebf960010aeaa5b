CREATE TABLE "broadcast_acknowledgements" (
	"broadcast_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_acknowledgements_broadcast_id_tenant_id_object_id_pk" PRIMARY KEY("broadcast_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"link" text DEFAULT '' NOT NULL,
	"link_title" text DEFAULT '' NOT NULL,
	"urgent" boolean DEFAULT false NOT NULL,
	"acknowledge" boolean DEFAULT false NOT NULL,
	"categories" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"suppliers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"audience" jsonb NOT NULL,
	"edition" integer DEFAULT 1 NOT NULL,
	"author_tenant" text NOT NULL,
	"author_id" text NOT NULL,
	"author_name" text NOT NULL,
	"approver_name" text,
	"scheduled_at" timestamp with time zone,
	"send_at" timestamp with time zone,
	"followed_in" text,
	"followed_as" text,
	"redrawn_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcasts_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "catalogue_digest_changes" (
	"day" text NOT NULL,
	"supplier_id" text NOT NULL,
	"previous" text,
	"version" text NOT NULL,
	CONSTRAINT "catalogue_digest_changes_day_supplier_id_pk" PRIMARY KEY("day","supplier_id")
);
--> statement-breakpoint
ALTER TABLE "broadcast_acknowledgements" ADD CONSTRAINT "broadcast_acknowledgements_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalogue_digest_changes" ADD CONSTRAINT "catalogue_digest_changes_supplier_id_catalogue_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."catalogue_suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "broadcasts_state" ON "broadcasts" USING btree ("state","updated_at");