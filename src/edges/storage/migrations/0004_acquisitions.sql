CREATE TABLE "acquisition_facts" (
	"acquisition_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "acquisition_facts_acquisition_id_key_pk" PRIMARY KEY("acquisition_id","key")
);
--> statement-breakpoint
CREATE TABLE "acquisition_members" (
	"acquisition_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "acquisition_members_acquisition_id_tenant_id_object_id_pk" PRIMARY KEY("acquisition_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "acquisition_record" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"acquisition_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	"sentence" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "acquisitions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "acquisitions_number_unique" UNIQUE("number")
);
--> statement-breakpoint
ALTER TABLE "acquisition_facts" ADD CONSTRAINT "acquisition_facts_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acquisition_members" ADD CONSTRAINT "acquisition_members_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acquisition_record" ADD CONSTRAINT "acquisition_record_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acquisition_members_person" ON "acquisition_members" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "acquisition_record_file" ON "acquisition_record" USING btree ("acquisition_id","sequence");