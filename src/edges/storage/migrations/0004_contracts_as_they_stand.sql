CREATE TABLE "contract_terminations" (
	"contract_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"notice_on" date NOT NULL,
	"effective_on" date NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"noted_on" date NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL
);

--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD COLUMN "asked_on" date;
--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD COLUMN "asked_tenant" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD COLUMN "asked_id" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD COLUMN "asked_by" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD COLUMN "validated_on" date;
--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD COLUMN "validated_by" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "contract_terminations" ADD CONSTRAINT "contract_terminations_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE VIEW "public"."contracts_now" AS (
  select c.id, c.number, c.revision, c.acquisition_id, c.organization_id, c.title, c.supplier_id, c.supplier_name,
    c.offers, c.signed_on, c.starts_on, coalesce(t.effective_on, term.ends_on) as ends_on, term.amount_cents, c.rcti,
    c.final_signed_on, c.feed, c.created_tenant, c.created_id, c.created_at, c.updated_at,
    term.ends_on as term_ends_on, t.effective_on as terminated_on, t.notice_on as termination_notice_on,
    t.noted_on as termination_noted_on
  from contracts c
  cross join lateral (select coalesce((select a.new_end from contract_amendments a
    where a.contract_id = c.id and a.signed_on is not null and a.new_end is not null
    order by a.signed_on desc, a.number desc limit 1), c.ends_on) as ends_on,
    coalesce((select a.new_amount_cents from contract_amendments a
    where a.contract_id = c.id and a.signed_on is not null and a.new_amount_cents is not null
    order by a.signed_on desc, a.number desc limit 1), c.amount_cents) as amount_cents) term
  left join contract_terminations t on t.contract_id = c.id);
