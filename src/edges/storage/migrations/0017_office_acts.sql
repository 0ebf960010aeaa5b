CREATE TABLE "office_absences" (
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"noted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "office_absences_tenant_id_object_id_pk" PRIMARY KEY("tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "office_acts" (
	"kind" text NOT NULL,
	"item" text NOT NULL,
	"revision" integer NOT NULL,
	"act" text NOT NULL,
	"owner_tenant" text,
	"owner_id" text,
	"until" date,
	"by_tenant" text NOT NULL,
	"by_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "office_acts_kind_item_revision_pk" PRIMARY KEY("kind","item","revision")
);
--> statement-breakpoint
CREATE INDEX "office_acts_owner" ON "office_acts" USING btree ("owner_tenant","owner_id");
--> statement-breakpoint
CREATE INDEX "office_acts_at" ON "office_acts" USING btree ("at");
