CREATE TABLE "reminders" (
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"thing" text NOT NULL,
	"step_on" date NOT NULL,
	"urgent" boolean NOT NULL,
	"waits" boolean NOT NULL,
	"card_on" date,
	"told_in" text,
	"told_at" timestamp with time zone,
	"first_on" date,
	"later_on" date,
	"stopped_at" timestamp with time zone,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reminders_tenant_id_object_id_thing_pk" PRIMARY KEY("tenant_id","object_id","thing")
);
--> statement-breakpoint
CREATE TABLE "contract_duties_wanted" (
	"contract_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"since" date NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "contract_duties_wanted_contract_id_duty_pk" PRIMARY KEY("contract_id","duty")
);
--> statement-breakpoint
ALTER TABLE "contract_duties_done" ADD COLUMN "undated" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "contract_duties_wanted" ADD CONSTRAINT "contract_duties_wanted_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "reminders_waiting" ON "reminders" USING btree ("card_on") WHERE waits;
--> statement-breakpoint
CREATE INDEX "reminders_changed" ON "reminders" USING btree ("changed_at");
