CREATE TABLE "acquisition_openings" (
	"acquisition_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "acquisition_openings_acquisition_id_tenant_id_object_id_pk" PRIMARY KEY("acquisition_id","tenant_id","object_id")
);
--> statement-breakpoint
ALTER TABLE "acquisitions" ADD COLUMN "ended" text;
--> statement-breakpoint
ALTER TABLE "acquisition_openings" ADD CONSTRAINT "acquisition_openings_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "acquisition_openings_person" ON "acquisition_openings" USING btree ("tenant_id","object_id");
