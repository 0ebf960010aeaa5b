CREATE TABLE "knowledge_bench" (
	"id" uuid PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"entry_id" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "knowledge_bench_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"good" integer NOT NULL,
	"total" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "knowledge_entry_versions" (
	"entry_id" text NOT NULL,
	"number" integer NOT NULL,
	"act" text NOT NULL,
	"restored_from" integer,
	"title" text NOT NULL,
	"alternates" text[] NOT NULL,
	"answer" text NOT NULL,
	"review" text NOT NULL,
	"author_tenant" text,
	"author_id" text,
	"author_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "knowledge_entry_versions_entry_id_number_pk" PRIMARY KEY("entry_id","number")
);
--> statement-breakpoint
CREATE TABLE "knowledge_improvements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"act" text NOT NULL,
	"entry_id" text,
	"text" text NOT NULL,
	"covers" uuid[] NOT NULL,
	"author_tenant" text,
	"author_id" text,
	"author_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "activity_id" text;
--> statement-breakpoint
ALTER TABLE "knowledge_entry_versions" ADD CONSTRAINT "knowledge_entry_versions_entry_id_knowledge_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."knowledge_entries"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "knowledge_improvements_at" ON "knowledge_improvements" USING btree ("at");
--> statement-breakpoint
-- What was published so far is the first version of each entry; what was withdrawn has a second.
INSERT INTO "knowledge_entry_versions" ("entry_id", "number", "act", "title", "alternates", "answer", "review", "author_name", "at")
SELECT "id", 1, 'publish', "title", "alternates", "answer", "review", "owner", "created_at" FROM "knowledge_entries";
--> statement-breakpoint
INSERT INTO "knowledge_entry_versions" ("entry_id", "number", "act", "title", "alternates", "answer", "review", "author_name", "at")
SELECT "id", 2, 'retire', "title", "alternates", "answer", "review", '', "retired_at" FROM "knowledge_entries" WHERE "retired_at" IS NOT NULL;
