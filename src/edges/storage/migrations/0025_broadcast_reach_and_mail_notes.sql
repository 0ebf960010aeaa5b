CREATE TABLE "kickoff_mail_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kickoff_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"on" date NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "broadcast_list_people" (
	"list_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"given" text DEFAULT '' NOT NULL,
	"problem" text,
	"same_as" integer,
	"email" text DEFAULT '' NOT NULL,
	"tenant_id" text DEFAULT '' NOT NULL,
	"object_id" text DEFAULT '' NOT NULL,
	CONSTRAINT "broadcast_list_people_list_id_line_pk" PRIMARY KEY("list_id","line")
);
--> statement-breakpoint
CREATE TABLE "broadcast_lists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"source" text NOT NULL,
	"name" text NOT NULL,
	"group_tenant" text DEFAULT '' NOT NULL,
	"group_id" text DEFAULT '' NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_lists_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "broadcast_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_templates_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "image" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "image_alt" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "broadcast_corrections" ADD COLUMN "image" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "broadcast_corrections" ADD COLUMN "image_alt" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "kickoff_mail_notes" ADD CONSTRAINT "kickoff_mail_notes_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "broadcast_list_people" ADD CONSTRAINT "broadcast_list_people_list_id_broadcast_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."broadcast_lists"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "kickoff_mail_notes_meeting" ON "kickoff_mail_notes" USING btree ("kickoff_id","at");
--> statement-breakpoint
CREATE INDEX "broadcast_list_people_person" ON "broadcast_list_people" USING btree ("tenant_id","object_id");
--> statement-breakpoint
CREATE INDEX "broadcast_lists_person" ON "broadcast_lists" USING btree ("tenant_id","object_id");
