CREATE TABLE "contract_amendments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"new_end" date,
	"new_amount_cents" bigint,
	"signed_on" date,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"supplier_id" text DEFAULT '' NOT NULL,
	"contract_id" uuid,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"answer" text,
	"answered_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	CONSTRAINT "contract_comments_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"acquisition_id" uuid,
	"organization_id" uuid,
	"title" text NOT NULL,
	"supplier_id" text NOT NULL,
	"supplier_name" text NOT NULL,
	"offers" text NOT NULL,
	"signed_on" date NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"amount_cents" bigint NOT NULL,
	"rcti" boolean NOT NULL,
	"final_signed_on" date,
	"feed" integer DEFAULT 1 NOT NULL,
	"created_tenant" text NOT NULL,
	"created_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contracts_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "contract_duties_done" (
	"contract_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"done_on" date NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "contract_duties_done_contract_id_duty_pk" PRIMARY KEY("contract_id","duty")
);
--> statement-breakpoint
CREATE TABLE "contract_followers" (
	"contract_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	CONSTRAINT "contract_followers_contract_id_tenant_id_object_id_pk" PRIMARY KEY("contract_id","tenant_id","object_id")
);
--> statement-breakpoint
CREATE TABLE "contract_invoices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid NOT NULL,
	"paid_on" date NOT NULL,
	"amount_cents" bigint NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contract_references" (
	"contract_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"contact" text NOT NULL,
	"consented_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contract_references_contract_id_tenant_id_object_id_pk" PRIMARY KEY("contract_id","tenant_id","object_id")
);
--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD CONSTRAINT "contract_amendments_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_duties_done" ADD CONSTRAINT "contract_duties_done_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_followers" ADD CONSTRAINT "contract_followers_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_invoices" ADD CONSTRAINT "contract_invoices_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_references" ADD CONSTRAINT "contract_references_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_amendments_number" ON "contract_amendments" USING btree ("contract_id","number");--> statement-breakpoint
CREATE INDEX "contract_comments_person" ON "contract_comments" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "contract_comments_supplier" ON "contract_comments" USING btree ("supplier_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_file" ON "contracts" USING btree ("acquisition_id");--> statement-breakpoint
CREATE INDEX "contracts_organization" ON "contracts" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "contracts_end" ON "contracts" USING btree ("ends_on");--> statement-breakpoint
CREATE INDEX "contract_followers_person" ON "contract_followers" USING btree ("tenant_id","object_id");--> statement-breakpoint
CREATE INDEX "contract_invoices_contract" ON "contract_invoices" USING btree ("contract_id","paid_on");